import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../document/log/entry.ts";
import type { IncidentId } from "../../kernel/id.ts";
import { type Instant, instantAt } from "../../kernel/time.ts";
import type { Sign, SignId } from "../sign/sign.ts";
import { rankCandidates } from "./candidate.ts";
import {
  acceptSigns,
  dismissSigns,
  type Looked,
  mergeSigns,
  rateSign,
  returnSigns,
  snoozeSigns,
  sortLooked,
  TRIAGE_TRANSITIONS,
  type TriageFact,
} from "./decide.ts";
import { incidentFrom, vectorGuess } from "./incident-from.ts";
import {
  projectTriage,
  type SignRating,
  type SignTriage,
  statusAt,
  TRIAGE_ENTRIES,
  TRIAGE_VERBS,
  UNRATED,
} from "./triage.ts";

const INCIDENT = { id: "inc_00000000000000000000000000" as IncidentId, code: "JK-2026-0007" };
const STAMP = { at: "2026-11-22T10:41:00Z", zone: "UTC", precision: "second", said: "" } as const;
const NOW = instantAt(Date.UTC(2026, 10, 22, 10, 41));
const LATER = { ...STAMP, at: "2026-11-23T08:00:00+01:00", zone: "Europe/Berlin" };

const sign = (about: Partial<Sign> = {}): Sign => ({
  id: "sgn_00000000000000000000000000" as SignId,
  source: null,
  kind: "indicator",
  rule: { id: "r1", name: "Probe" },
  title: "203.0.113.9 asked www3 for /x.php",
  entity: "www3",
  severity: "2",
  firstAt: "2026-11-22T09:00:00.000Z",
  lastAt: "2026-11-22T09:06:00.000Z",
  count: 214,
  repeats: 0,
  addresses: [],
  fields: {},
  extra: {},
  timeAsWritten: "",
  zoneAssumed: null,
  ...about,
});

const look = (triage: SignTriage | undefined, about: Partial<Sign> = {}): Looked => ({
  sign: sign(about),
  triage,
  seen: triage?.changedSeq ?? 0,
  seenCount: 214,
});

function after(
  before: SignTriage | undefined,
  facts: readonly TriageFact[],
  by = "Ana",
): SignTriage | undefined {
  return facts
    .filter((fact) => fact.type in TRIAGE_ENTRIES)
    .reduce<SignTriage | undefined>(
      (state, fact) =>
        projectTriage(state, { ...fact, actor: { name: by }, recordedAt: NOW } as unknown as Entry<
          typeof TRIAGE_ENTRIES
        >),
      before,
    );
}

const MOVES = {
  rate: (each: Looked) => [rateSign(each, STAMP, { ...UNRATED, functionalImpact: "low" })],
  accept: (each: Looked) => acceptSigns([each], INCIDENT, STAMP, "Bo"),
  merge: (each: Looked) => mergeSigns([each], INCIDENT, STAMP, ""),
  dismiss: (each: Looked) => dismissSigns([each], STAMP, "our scanner", ""),
  snooze: (each: Looked) => {
    const outcome = snoozeSigns([each], STAMP, LATER, NOW);
    return outcome.ok ? outcome.value : [];
  },
  return: (each: Looked) => {
    const outcome = returnSigns([each], new Map(), STAMP, "");
    return outcome.ok ? outcome.value : [];
  },
} as const;

describe("a sign in triage", () => {
  it("knows no other transitions than the table's, whatever is tried in whatever order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TRIAGE_VERBS), { maxLength: 30 }), (verbs) => {
        let triage: SignTriage | undefined;
        for (const verb of verbs) {
          const from = statusAt(triage, NOW);
          const { fresh } = sortLooked(verb, [look(triage)], NOW);
          expect(fresh.length === 1).toBe((TRIAGE_TRANSITIONS[verb] as readonly string[]).includes(from));
          if (fresh[0] === undefined) continue;
          const changed = triage?.changedSeq ?? 0;
          triage = after(triage, MOVES[verb](fresh[0]));
          expect(triage?.changedSeq).toBe(changed + 1);
        }
      }),
    );
  });

  it("is not decided on by who has not seen the last decision, and tells who made it", () => {
    const taken = after(undefined, MOVES.accept(look(undefined)), "Bo");

    const { fresh, refused } = sortLooked("dismiss", [{ ...look(taken), seen: 0 }], NOW);

    expect(fresh).toEqual([]);
    expect(refused[0]).toMatchObject({
      code: "sign.stale",
      current: 1,
      status: "accepted",
      verb: "accept",
      by: "Bo",
      incident: INCIDENT.id,
    });
  });

  it("comes back by itself when its snooze is over", () => {
    const snoozed = after(undefined, MOVES.snooze(look(undefined)));

    expect(statusAt(snoozed, "2026-11-23T06:59:59.999Z" as Instant)).toBe("snoozed");
    expect(statusAt(snoozed, "2026-11-23T07:00:00.000Z" as Instant)).toBe("waiting");
    expect(snoozed?.decision).toMatchObject({
      until: "2026-11-23T07:00:00.000Z",
      untilZone: "Europe/Berlin",
    });
  });

  it("cannot be put off into the past, or for years", () => {
    for (const at of ["2026-11-22T10:41:00Z", "2028-11-22T10:41:00Z"]) {
      expect(snoozeSigns([look(undefined)], STAMP, { ...STAMP, at }, NOW)).toMatchObject({
        ok: false,
        refusal: { code: "sign.snooze_time", until: at },
      });
    }
  });

  it("has no priority until all three scales are rated", () => {
    const scales: SignRating = {
      functionalImpact: "high",
      informationImpact: ["privacy_breach"],
      recoverability: "regular",
    };
    fc.assert(
      fc.property(
        fc.subarray(["functionalImpact", "informationImpact", "recoverability"] as const),
        (known) => {
          const rating = { ...UNRATED, ...Object.fromEntries(known.map((name) => [name, scales[name]])) };
          const triage = after(undefined, [rateSign(look(undefined), STAMP, rating)]);
          expect(triage?.priority).toBe(known.length === 3 ? "critical" : null);
        },
      ),
    );
  });

  it("remembers how many events were seen, so that those that came after are told", () => {
    const dismissed = after(
      undefined,
      dismissSigns([{ ...look(undefined), seenCount: 3 }], STAMP, "noise", ""),
    );

    expect(dismissed?.decision?.count).toBe(3);
  });
});

describe("an incident that begins with signs", () => {
  it("begins with the report and the sign, and carries the highest rating over", () => {
    const rated = after(undefined, [
      rateSign(look(undefined), STAMP, {
        functionalImpact: "high",
        informationImpact: ["none"],
        recoverability: "regular",
      }),
    ]);

    const facts = acceptSigns([look(undefined), look(rated)], INCIDENT, STAMP, "Bo");

    expect(facts.map(({ type }) => type)).toEqual([
      "incident.reported",
      "sign.accepted",
      "sign.merged",
      "incident.assessed",
    ]);
    expect(facts.every(({ incident }) => incident === INCIDENT.id)).toBe(true);
    expect(facts[3]?.body).toMatchObject({ functionalImpactLikely: "high", priority: "critical" });
  });

  it("guesses how it got in by the words of the rule, and says unknown where they do not tell", () => {
    const guess = (name: string) => vectorGuess(sign({ rule: { id: "1", name }, title: "" }));

    expect(
      [
        "ET SCAN sqlmap SQL Injection",
        "crowdsecurity/ssh-bf",
        "Phishing mail",
        "USB storage",
        "GPL ICMP",
      ].map(guess),
    ).toEqual(["web", "attrition", "email", "removable_media", "unknown"]);
  });

  it("gets a title that can be stored, whatever the sign says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (title) => {
        const { title: named } = incidentFrom([sign({ title })]);
        expect(named.trim()).not.toBe("");
        expect(named.length).toBeLessThanOrEqual(300);
        expect(named.isWellFormed()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("is offered for a sign that shares a value before one that shares only the rule", () => {
    const shared = {
      incident: INCIDENT.id,
      title: "x",
      values: [],
      entity: false,
      rule: false,
      lastEntryAt: "1",
    };
    const ranked = rankCandidates(
      [
        { ...shared, code: "rule", rule: true },
        { ...shared, code: "nothing" },
        { ...shared, code: "value", values: ["203.0.113.9", "evil.example"] },
        { ...shared, code: "host", entity: true },
      ],
      "www3",
    );

    expect(ranked.map(({ code, because }) => [code, because])).toEqual([
      ["value", "shares 203.0.113.9 and 1 more"],
      ["host", "is about www3 too"],
      ["rule", "has signs of the same rule"],
    ]);
  });
});
