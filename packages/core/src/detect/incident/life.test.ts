import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../document/log/entry.ts";
import type { IncidentId, IsolationId, PersonId } from "../../kernel/id.ts";
import { type Instant, instantAt } from "../../kernel/time.ts";
import { INCIDENT_STATUSES, type Incident, projectIncident } from "./incident.ts";
import {
  assess,
  close,
  declare,
  dismiss,
  exportCaseFile,
  type IncidentFact,
  isOpen,
  nameLead,
  reopen,
  report,
  TRANSITIONS,
} from "./life.ts";

const ID = "inc_00000000000000000000000000" as IncidentId;
const LEAD = "psn_00000000000000000000000000" as PersonId;
const ISOLATION = "iso_00000000000000000000000000" as IsolationId;
const CUT = [{ kind: "isolation", what: "www3 is cut off and not lifted", isolation: ISOLATION }] as const;
const STAMP = { at: "2026-11-22T10:41:00Z", zone: "UTC", precision: "second", said: "" } as const;
const ASSESSMENT = {
  functionalImpact: "low",
  functionalImpactLikely: "low",
  informationImpact: ["none"],
  recoverability: "regular",
} as const;
const PENDING = [
  {
    item: "evd_00000000000000000000000000",
    number: 2,
    offer: 7,
    to: LEAD,
    toName: "Bo",
    purpose: "",
    place: "",
    at: "",
  },
] as never;

const entry = (fact: IncidentFact, incidentSeq: number): Entry =>
  ({
    ...fact,
    v: 1,
    seq: incidentSeq,
    incidentSeq,
    happenedAt: STAMP.at,
    zone: "UTC",
    recordedAt: instantAt(incidentSeq) as Instant,
    actor: undefined,
    authority: undefined,
  }) as never;

const after = (incident: Incident | undefined, fact: IncidentFact): Incident =>
  projectIncident(incident, entry(fact, (incident?.entryCount ?? 0) + 1)) as Incident;

const reported = (): Incident =>
  after(
    undefined,
    report(ID, STAMP, {
      code: "JK-2026-0001",
      title: "scan",
      description: "",
      ongoing: "yes",
      origin: "unknown",
      vector: "unknown",
      tlp: "TLP:AMBER",
      reportedBy: "ana",
    }),
  );

const MOVES = {
  declare: (incident: Incident) => declare(incident, STAMP, "", LEAD),
  dismiss: (incident: Incident) => dismiss(incident, STAMP, [], "a test", []),
  close: (incident: Incident) => close(incident, STAMP, [], "done"),
  reopen: (incident: Incident) => reopen(incident, STAMP, "it came back"),
  assess: (incident: Incident) =>
    assess(incident, STAMP, incident.changedSeq, { ...ASSESSMENT, informationImpact: ["none"] }, ""),
  lead: (incident: Incident) => nameLead(incident, STAMP, { id: LEAD, name: "Bo" }),
} as const;

describe("the life of an incident", () => {
  it("knows no other transitions than the table's, whatever is tried in whatever order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...(Object.keys(MOVES) as (keyof typeof MOVES)[])), { maxLength: 30 }),
        (names) => {
          let incident = reported();
          for (const name of names) {
            const outcome = MOVES[name](incident);
            if (!outcome.ok) continue;
            const from = incident.status;
            incident = after(incident, outcome.value);
            if (incident.status !== from)
              expect(TRANSITIONS[name as keyof typeof TRANSITIONS]).toContain(from);
            expect(INCIDENT_STATUSES).toContain(incident.status);
            expect(incident.closedAt === null).toBe(isOpen(incident));
          }
        },
      ),
    );
  });

  it("is not closed before it is rated, led, and every hand-over answered, and lists all that is open", () => {
    const declared = after(
      reported(),
      (declare(reported(), STAMP, "", null) as { value: IncidentFact }).value,
    );

    const outcome = close(declared, STAMP, PENDING, "done", CUT);

    expect(outcome).toMatchObject({ ok: false, refusal: { code: "incident.still_open" } });
    const open = outcome.ok || outcome.refusal.code !== "incident.still_open" ? [] : outcome.refusal.open;
    expect(open.map((question) => question.kind)).toEqual(["hand_over", "isolation", "unrated", "no_lead"]);
    expect(open[0]?.what).toBe("Evidence item 2 was offered to Bo and is not answered");
  });

  it("is not dismissed while something is cut off that is neither lifted nor kept for a reason", () => {
    const incident = reported();
    const kept = { what: "www3", now: "kept", reason: "it is being rebuilt", isolation: ISOLATION } as const;

    const unanswered = dismiss(incident, STAMP, [], "a test", [], CUT);
    const saidRestored = dismiss(incident, STAMP, [], "a test", [{ ...kept, now: "restored" }], CUT);
    const answered = dismiss(incident, STAMP, [], "a test", [kept], CUT);

    expect(unanswered).toMatchObject({ ok: false, refusal: { code: "incident.still_open", open: CUT } });
    expect(saidRestored).toMatchObject({ ok: false, refusal: { code: "incident.still_open" } });
    expect(answered.ok).toBe(true);
  });

  it("refuses a rating by somebody who has not seen the latest change", () => {
    const incident = reported();
    const rated = assess(
      incident,
      STAMP,
      incident.changedSeq - 1,
      { ...ASSESSMENT, informationImpact: ["none"] },
      "",
    );

    expect(rated).toEqual({ ok: false, refusal: { code: "incident.stale", current: 1 } });
  });

  it("keeps the first rating beside the latest, because their difference is a measure", () => {
    let incident = reported();
    for (const functionalImpact of ["low", "high"] as const) {
      const outcome = assess(
        incident,
        STAMP,
        incident.changedSeq,
        { ...ASSESSMENT, informationImpact: ["none"], functionalImpact },
        "",
      );
      if (outcome.ok) incident = after(incident, outcome.value);
    }

    expect([incident.firstRating?.priority, incident.rating?.priority]).toEqual(["medium", "critical"]);
  });

  it("goes back, when reopened, to the status it had", () => {
    let incident = reported();
    for (const move of [MOVES.dismiss, MOVES.reopen]) {
      const outcome = move(incident);
      if (outcome.ok) incident = after(incident, outcome.value);
    }

    expect(incident.status).toBe("reported");
  });

  it("says in its export how many entries a whole case file has", () => {
    expect(exportCaseFile(reported(), STAMP, "prosecutor", "trial").body).toMatchObject({ entries: 2 });
  });
});
