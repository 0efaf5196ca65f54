import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import { type Instant, instantAt, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { type Asset, AssetDetails } from "../../prepare/register/asset.ts";
import { instructionCard } from "./card.ts";
import { careOf } from "./care.ts";
import { ContainmentDecision } from "./decision.ts";
import {
  approveIsolation,
  changeIsolation,
  endIsolationsOf,
  ISOLATION_STEPS,
  type IsolationFact,
  liftIsolation,
  openIsolations,
  recordIsolation,
  refuseIsolation,
  requestIsolation,
  verifyIsolation,
  withdrawIsolation,
} from "./isolate.ts";
import { ISOLATION_KINDS, type Isolation, isCut, projectIsolation } from "./isolation.ts";
import { consequencesOf, isolatingAction } from "./weigh.ts";

const id = <const Prefix extends string>(prefix: Prefix) => idFrom(prefix, 1, new Uint8Array(10));
const INCIDENT = { id: id("inc"), status: "reported" } as Incident;
const NOW = "2026-11-22T10:00:00.000Z" as Instant;
const LATER = "2026-11-22T14:00:00.000Z" as Instant;
const STAMP: Stamp = { at: NOW, zone: "UTC", precision: "second", said: "" };
const OWNER = { owner: id("psn"), ownerName: "Bo" };
const REQUEST = {
  isolation: id("iso"),
  target: { kind: "host" as const, name: "www3", asset: id("ast"), segment: null, addresses: ["192.0.2.33"] },
  why: "it scans",
  consequences: ["Tell its owner: Dana."],
  consequence: "",
  alternative: { considered: "none_will_do" as const, spare: null, text: "" },
  decision: ContainmentDecision.parse({ damage: "high" }),
  undo: "open the port",
  reviewAt: LATER,
  ...OWNER,
};

const told = (before: Isolation | undefined, fact: IsolationFact): Isolation => {
  const after = projectIsolation(before, {
    ...fact,
    happenedAt: fact.happened.at,
    actor: { id: id("psn"), name: "Bo" },
    authority: { policy: "d", rule: "host.isolate/handler" },
  } as never);
  if (after === undefined) throw new Error("Nothing was projected");
  return after;
};
const value = <Value>(outcome: { readonly ok: boolean; readonly value?: Value }): Value => {
  if (!outcome.ok || outcome.value === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const requested = () => told(undefined, value(requestIsolation(INCIDENT, STAMP, NOW, [], REQUEST)));
const production = { under: "host.isolate_production" } as const;
const STEPS = {
  approve: (it: Isolation) => approveIsolation(INCIDENT, it, STAMP, { ...production, condition: "" }),
  refuse: (it: Isolation) => refuseIsolation(it, STAMP, "no"),
  withdraw: (it: Isolation) => withdrawIsolation(it, STAMP, "not needed"),
  record: (it: Isolation) => recordIsolation(it, STAMP, NOW, { connector: null, note: "" }),
  verify: (it: Isolation) => verifyIsolation(it, STAMP, { how: "no ping", evidence: null }),
  change: (it: Isolation) =>
    changeIsolation(it, STAMP, NOW, { reviewAt: LATER, reason: "still needed", ...OWNER }),
  lift: (it: Isolation) => liftIsolation(it, STAMP, false, { reason: "clean", how: "" }),
} as const;
type Step = keyof typeof STEPS;

describe("the life of an isolation", () => {
  it("never says that something is cut off which nobody had the authority to cut, whatever is tried", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...(Object.keys(STEPS) as Step[])), { maxLength: 12 }),
        (names) => {
          let isolation = requested();
          for (const name of names) {
            const from = isolation.state;
            const outcome = STEPS[name](isolation);
            expect(outcome.ok).toBe((ISOLATION_STEPS[name] as readonly string[]).includes(from));
            if (outcome.ok) isolation = told(isolation, outcome.value);
            const approved = isolation.history.some((step) => step.state === "approved");
            if (isCut(isolation)) expect(approved && isolation.under !== null).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("begins before an incident is declared, and not once it is over", () => {
    const closed = { ...INCIDENT, status: "closed" } as Incident;

    expect(requestIsolation(INCIDENT, STAMP, NOW, [], REQUEST).ok).toBe(true);
    expect(requestIsolation(closed, STAMP, NOW, [], REQUEST)).toMatchObject({
      refusal: { code: "incident.wrong_status" },
    });
  });

  it("is asked for once: the same target waits or is cut off, until that ended", () => {
    const standing = requested();
    const other = { ...REQUEST, target: { ...REQUEST.target, name: "WWW3", asset: null } };
    const refused = told(standing, value(STEPS.refuse(standing)));

    expect(requestIsolation(INCIDENT, STAMP, NOW, [standing], other)).toMatchObject({
      refusal: { code: "isolation.already", isolation: standing.id },
    });
    expect(requestIsolation(INCIDENT, STAMP, NOW, [refused], other).ok).toBe(true);
  });

  it("is not written down as done before it was authorised, nor in the future", () => {
    const approved = told(requested(), value(STEPS.approve(requested())));
    const at = (text: string, precision: Stamp["precision"] = "second") =>
      recordIsolation(approved, { ...STAMP, at: text, precision }, LATER, { connector: null, note: "" });

    expect(at("2026-11-22T09:59:00Z")).toMatchObject({ refusal: { code: "isolation.before_authority" } });
    expect(at("2026-11-22T09:59:30Z", "minute").ok).toBe(true);
    expect(at("2026-11-22T15:00:00Z")).toMatchObject({ refusal: { code: "isolation.in_future" } });
    expect(at("2026-11-22T10:05:00Z").ok).toBe(true);
  });

  it("of a host in recovery ends at its gates, not by being lifted", () => {
    const approved = told(requested(), value(STEPS.approve(requested())));
    const done = told(approved, value(STEPS.record(approved)));

    expect(liftIsolation(done, STAMP, true, { reason: "clean", how: "" })).toMatchObject({
      refusal: { code: "isolation.through_gates" },
    });
    expect(openIsolations([done])).toMatchObject([{ kind: "isolation", isolation: done.id }]);
    const lifted = told(done, value(STEPS.lift(done)));
    expect(openIsolations([lifted])).toEqual([]);
    expect(lifted.history.map((step) => step.state)).toEqual(["requested", "approved", "done", "lifted"]);
  });

  it("ends when its host is put back on the network through its gates", () => {
    const host = { name: "WWW3", asset: null };
    const approved = told(requested(), value(STEPS.approve(requested())));
    const done = told(approved, value(STEPS.record(approved)));
    const types = (isolation: Isolation, back = host) =>
      endIsolationsOf(back, [isolation], STAMP).map(({ type }) => type);

    expect(types(done)).toEqual(["isolation.lifted"]);
    expect(types(approved)).toEqual(["isolation.withdrawn"]);
    expect(types(done, { ...host, name: "db1" })).toEqual([]);
    expect(types(told(done, value(STEPS.lift(done))))).toEqual([]);
  });

  it("has to be looked at again at a time ahead, within a year", () => {
    for (const reviewAt of [NOW, "2028-11-22T10:00:00.000Z" as Instant]) {
      expect(requestIsolation(INCIDENT, STAMP, NOW, [], { ...REQUEST, reviewAt })).toMatchObject({
        refusal: { code: "isolation.review_time" },
      });
    }
  });

  it("is forgotten when nobody owns it, when nobody is to look at it, or a day after its review was due", () => {
    const { owner, reviewAt } = requested();
    const after = (hours: number) => instantAt(unixMsOf(LATER) + hours * 3_600_000);

    expect(careOf({ owner, reviewAt }, true, NOW)).toBe("in_time");
    expect(careOf({ owner, reviewAt }, true, after(1))).toBe("review_due");
    expect(careOf({ owner, reviewAt }, true, after(25))).toBe("forgotten");
    expect(careOf({ owner, reviewAt }, false, NOW)).toBe("forgotten");
    expect(careOf({ owner: null, reviewAt }, true, NOW)).toBe("forgotten");
    expect(careOf({ owner, reviewAt: null }, true, NOW)).toBe("forgotten");
  });

  it("still stands, owned by nobody, when its words were withheld", () => {
    const bare = told(undefined, {
      ...value(requestIsolation(INCIDENT, STAMP, NOW, [], REQUEST)),
      body: { isolation: id("iso") },
    } as never);

    expect(bare).toMatchObject({
      state: "requested",
      owner: null,
      reviewAt: null,
      target: { name: "(withheld)" },
    });
  });
});

describe("what an isolation falls under", () => {
  const asset = (said: object) =>
    ({ ...AssetDetails.parse({ name: "h", ...said }), id: id("ast"), status: "active" }) as unknown as Asset;

  it("is the workstation's action only for a host that the register knows as nothing more", () => {
    const ofHost = (known: Asset | undefined) => isolatingAction({ kind: "host", asset: known });

    expect(ofHost(asset({}))).toBe("host.isolate");
    for (const stricter of [
      undefined,
      asset({ production: true }),
      asset({ criticality: "critical" }),
      asset({ kind: "network_device" }),
      asset({ kind: "service" }),
      { ...asset({}), status: "retired" as const },
    ]) {
      expect(ofHost(stricter)).toBe("host.isolate_production");
    }
    expect(isolatingAction({ kind: "segment", asset: undefined })).toBe("segment.isolate");
    expect(isolatingAction({ kind: "account", asset: undefined })).toBe("account.disable");
  });

  it("comes with what stands still, and says so when nobody knows", () => {
    const known = { kind: "host", segment: undefined, assetCount: 0 } as const;
    const payroll = asset({ dependents: "payroll tonight", production: true, criticality: "high" });

    expect(consequencesOf({ ...known, asset: payroll }, "Dana")).toEqual([
      "Stands still without it: payroll tonight.",
      "Criticality high, in production.",
      "Tell its owner: Dana.",
    ]);
    expect(consequencesOf({ ...known, asset: undefined }, "")[0]).toContain("does not know it");
  });

  it("tells whoever does it to keep the host running, to prove it, and to write it down", () => {
    for (const kind of ISOLATION_KINDS) {
      const card = instructionCard({ ...REQUEST.target, kind });

      expect(card.length).toBeGreaterThan(4);
      expect(card.at(-1)?.text).toContain("Write down");
    }
    expect(instructionCard(REQUEST.target).flatMap((step) => step.copy)).toContain("ping -c 3 192.0.2.33");
  });
});
