import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EvidenceId, IncidentId, PersonId } from "../../kernel/id.ts";
import { instantAt } from "../../kernel/time.ts";
import type { Actor, Entry } from "../log/entry.ts";
import {
  acceptHandOver,
  collect,
  type EvidenceFact,
  offerHandOver,
  readContent,
  refuseHandOver,
  release,
  seal,
  store,
  takeBack,
  withdrawHandOver,
} from "./custody.ts";
import { type EvidenceEntries, type EvidenceItem, Identification, projectItem } from "./item.ts";

const INCIDENT = "inc_00000000000000000000000000" as IncidentId;
const ITEM = "evd_00000000000000000000000000" as EvidenceId;
const STAMP = { at: "2026-11-22T10:41:00Z", zone: "UTC", precision: "second", said: "" } as const;
const PEOPLE = ["ana", "bo", "cy"].map(
  (name, index): Actor => ({
    id: `psn_0000000000000000000000000${index}` as PersonId,
    name,
    title: "handler",
    phone: "1",
  }),
);

/** A person of the cast, by place. */
const person = (index: number): Actor => PEOPLE[index] as Actor;

const entry = (fact: EvidenceFact, by: Actor, incidentSeq: number): Entry<EvidenceEntries> =>
  ({
    ...fact,
    v: 1,
    seq: incidentSeq,
    incidentSeq,
    happenedAt: fact.happened.at,
    zone: fact.happened.zone,
    recordedAt: instantAt(incidentSeq * 1000),
    actor: by,
    authority: undefined,
  }) as Entry<EvidenceEntries>;

const fresh = (): EvidenceItem => {
  const identification = Identification.parse({ what: "disk", kind: "device", foundAt: "rack 4" });
  const fact = collect(INCIDENT, STAMP, { id: ITEM, number: 1 }, identification, "safe", null);
  return projectItem(undefined, entry(fact, person(0), 1)) as EvidenceItem;
};

type Move = (item: EvidenceItem, by: Actor) => ReturnType<typeof seal>;

const moves = fc.oneof<fc.Arbitrary<Move>[]>(
  fc.nat(2).map(
    (to): Move =>
      (item, by) =>
        offerHandOver(item, by.id, STAMP, person(to), "analysis", "lab"),
  ),
  fc.nat(3).map(
    (skew): Move =>
      (item, by) => {
        const offer = (item.pending?.offer ?? 0) + (skew === 0 ? 1 : 0);
        return acceptHandOver(item, by.id, STAMP, { offer, condition: "intact", place: "lab", remarks: "" });
      },
  ),
  fc.constant<Move>((item, by) => refuseHandOver(item, by.id, STAMP, item.pending?.offer ?? 0, "no room")),
  fc.constant<Move>((item, by) =>
    withdrawHandOver(item, by.id, STAMP, item.pending?.offer ?? 0, "changed my mind"),
  ),
  fc.constant<Move>((item, by) => seal(item, by.id, STAMP, "S-1", "")),
  fc.constant<Move>((item, by) => store(item, by.id, STAMP, "shelf", "")),
  fc.constant<Move>((item, by) =>
    release(item, by.id, STAMP, {
      toName: "x",
      toTitle: "y",
      toPhone: "1",
      organisation: "police",
      purpose: "trial",
    }),
  ),
  fc.constant<Move>((item) => takeBack(item, STAMP, "safe", "intact", "")),
);

describe("chain of custody", () => {
  it("has exactly one custodian and one place at every moment, whatever people try", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(moves, fc.nat(2)), { maxLength: 40 }), (tries) => {
        let item = fresh();
        let seq = 1;
        for (const [move, by] of tries) {
          const before = item;
          const outcome = move(item, person(by));
          if (!outcome.ok) continue;
          item = projectItem(item, entry(outcome.value, person(by), ++seq)) as EvidenceItem;
          expect(PEOPLE.map((each) => each.id)).toContain(item.custodian.id);
          expect(item.place).not.toBe("");
          expect(item.state === "in_transit").toBe(item.pending !== null);
          const changedHands = item.custodian.id !== before.custodian.id;
          if (changedHands) expect(["handover.accepted", "evidence.returned"]).toContain(outcome.value.type);
          if (outcome.value.type === "handover.accepted") expect(before.pending?.to).toBe(item.custodian.id);
        }
        expect(item.chain).toHaveLength(seq);
      }),
    );
  });

  it("refuses a hand-over by someone who does not hold the item", () => {
    const outcome = offerHandOver(fresh(), person(1).id, STAMP, person(2), "analysis", "lab");

    expect(outcome).toEqual({ ok: false, refusal: { code: "custody.not_holder", holder: "ana" } });
  });

  it("leaves the giver custodian until the receiver accepts", () => {
    const offered = offerHandOver(fresh(), person(0).id, STAMP, person(1), "analysis", "lab");
    const item = offered.ok ? projectItem(fresh(), entry(offered.value, person(0), 2)) : undefined;

    expect(item?.custodian.name).toBe("ana");
    expect(item?.state).toBe("in_transit");
  });

  it("refuses an answer to an offer that was made anew meanwhile", () => {
    const offered = offerHandOver(fresh(), person(0).id, STAMP, person(1), "analysis", "lab");
    const item = offered.ok ? projectItem(fresh(), entry(offered.value, person(0), 9)) : undefined;
    const answer = { offer: 2, condition: "intact", place: "lab", remarks: "" } as const;

    expect(acceptHandOver(item as EvidenceItem, person(1).id, STAMP, answer)).toEqual({
      ok: false,
      refusal: { code: "handover.stale", current: 9 },
    });
  });

  it("has no content to read when the item is a thing", () => {
    expect(readContent(fresh(), STAMP, "curiosity")).toEqual({
      ok: false,
      refusal: { code: "evidence.no_content" },
    });
  });

  it("stays readable when fields were withheld", () => {
    const fact = collect(
      INCIDENT,
      STAMP,
      { id: ITEM, number: 1 },
      Identification.parse({ what: "disk", kind: "device", foundAt: "x" }),
      "safe",
      null,
    );
    const bare = {
      ...entry(fact, person(0), 1),
      actor: undefined,
      body: { item: ITEM },
    } as Entry<EvidenceEntries>;

    expect(projectItem(undefined, bare)).toMatchObject({
      custodian: { name: "(withheld)" },
      place: "(withheld)",
    });
  });
});
