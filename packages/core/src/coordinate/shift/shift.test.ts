import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import type { Actor, Entry } from "../../document/log/entry.ts";
import { idFrom } from "../../kernel/id.ts";
import { instantAt, stampNow } from "../../kernel/time.ts";
import type { Duty } from "../../prepare/duty/duty.ts";
import {
  BRIEFING_FRESH_MS,
  type CardWord,
  isFresh,
  offerShift,
  projectShift,
  type SHIFT_ENTRIES,
  type Shift,
  sayOfCard,
  takeShift,
  withdrawShift,
} from "./shift.ts";

const NOW = instantAt(1_790_000_000_000);
const HAPPENED = stampNow(NOW, "UTC");
const psn = (n: number) => idFrom("psn", 0, new Uint8Array(10).fill(n));
const inc = (n: number) => idFrom("inc", 0, new Uint8Array(10).fill(n));
const SHIFT = idFrom("shf", 0, new Uint8Array(10).fill(1));
const ADA = { id: psn(1), name: "Ada" };
const BO = { id: psn(2), name: "Bo" };

const incident = (n: number, lead = ADA.id): Incident =>
  ({ id: inc(n), code: `JK-${n}`, lead, status: "declared" }) as Incident;
const briefing = (agoMs = 0) => ({
  ...{ incident: inc(1), hypothesis: "A scanner", nextStep: "Read the log", owner: null, ownerName: "" },
  ...{ by: "Ada", at: instantAt(1_790_000_000_000 - agoMs) },
});
const OFFER = { id: SHIFT, happened: HAPPENED, now: NOW, from: ADA, to: BO, movesDuty: true, note: "" };

const told = (fact: { type: string; body: object; incident?: unknown }) =>
  ({
    ...{ incident: null, ...fact, v: 1, seq: 1, recordedAt: NOW },
    actor: { name: "Bo" } as Actor,
  }) as unknown as Entry<typeof SHIFT_ENTRIES>;

function offered(count: number): Shift {
  const open = Array.from({ length: count }, (_, n) => ({ incident: incident(n + 1), briefing: briefing() }));
  const offer = offerShift(OFFER, open, undefined);
  const shift = offer.ok ? projectShift(undefined, told(offer.value)) : undefined;
  if (shift === undefined) throw new Error("was not offered");
  return shift;
}

function after(shift: Shift, n: number, by: typeof ADA, word: CardWord): Shift {
  const outcome = sayOfCard(shift, inc(n), by.id, HAPPENED, word);
  const next = outcome.ok ? projectShift(shift, told(outcome.value)) : undefined;
  if (next === undefined) throw new Error("was refused");
  return next;
}

const take = (shift: Shift, incidents: readonly Incident[], roster: readonly Duty[] = [], by = BO) =>
  takeShift(shift, by, { happened: HAPPENED, now: NOW, zone: "UTC" }, { incidents, roster }, () =>
    idFrom("dty", 0, new Uint8Array(10).fill(9)),
  );

describe("a shift", () => {
  it("is offered only with a hypothesis and a next step of the last twelve hours for each open incident", () => {
    expect(isFresh(briefing(BRIEFING_FRESH_MS), NOW)).toBe(true);
    expect(isFresh(briefing(BRIEFING_FRESH_MS + 1), NOW)).toBe(false);
    expect(isFresh({ ...briefing(), nextStep: " " }, NOW)).toBe(false);
    const open = [
      { incident: incident(1), briefing: briefing() },
      { incident: incident(2), briefing: undefined },
    ];
    expect(offerShift(OFFER, open, undefined)).toMatchObject({
      refusal: { code: "shift.not_briefed", incidents: ["JK-2"] },
    });
  });

  it("is not offered to oneself, nor twice", () => {
    expect(offerShift({ ...OFFER, to: ADA }, [], undefined)).toMatchObject({
      refusal: { code: "shift.to_oneself" },
    });
    expect(offerShift(OFFER, [], offered(0))).toMatchObject({ refusal: { code: "shift.offered_already" } });
  });

  it("is taken over by whom it is offered to alone, and only once every card is understood", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), (understood) => {
        const incidents = understood.map((_, n) => incident(n + 1));
        const gone = understood.reduce(
          (shift, yes, n) => (yes ? after(shift, n + 1, BO, { kind: "understood" }) : shift),
          offered(understood.length),
        );
        expect(take(gone, incidents).ok).toBe(understood.every(Boolean));
        expect(take(gone, incidents, [], ADA)).toMatchObject({ refusal: { code: "shift.not_yours" } });
      }),
      { numRuns: 50 },
    );
  });

  it("asks again for what was asked about after it was understood, and forgets what was closed", () => {
    const understood = after(offered(1), 1, BO, { kind: "understood" });
    const asked = after(understood, 1, BO, { kind: "asked", question: "Who has the disk?" });
    expect(take(asked, [incident(1)])).toMatchObject({ refusal: { code: "shift.not_understood" } });
    expect(take(asked, []).ok).toBe(true);

    const replied = after(asked, 1, ADA, { kind: "replied", reply: "Cy" });
    expect(replied.cards[0]).toMatchObject({
      state: "open",
      talk: [{ text: "Who has the disk?" }, { text: "Cy" }],
    });
    expect(sayOfCard(replied, inc(1), ADA.id, HAPPENED, { kind: "understood" }).ok).toBe(false);
    expect(sayOfCard(replied, inc(7), BO.id, HAPPENED, { kind: "understood" }).ok).toBe(false);
  });

  it("moves the lead of what was led, and the duty until it would have ended, at that second", () => {
    const until = instantAt(1_790_003_600_000);
    const duty = {
      id: "dty_x",
      person: ADA.id,
      duty: "lead",
      from: NOW,
      until,
      override: false,
      status: "planned",
    };
    const shift = after(after(offered(2), 1, BO, { kind: "understood" }), 2, BO, { kind: "understood" });
    const taken = take(shift, [incident(1), incident(2, psn(3))], [duty as unknown as Duty]);

    expect(taken.ok && taken.value.map(({ type, incident: of }) => [type, of])).toEqual([
      ["shift.taken_over", null],
      ["incident.lead_named", inc(1)],
      ["duty.assigned", null],
    ]);
    expect(taken.ok && taken.value.at(-1)?.body).toMatchObject({
      person: BO.id,
      from: NOW,
      until,
      override: true,
    });
    const stays = take({ ...shift, movesDuty: false }, [], [duty as unknown as Duty]);
    expect(stays.ok && stays.value).toHaveLength(1);
  });

  it("is ended by either of the two, once", () => {
    const shift = offered(1);
    expect(withdrawShift(shift, psn(9), HAPPENED, "").ok).toBe(false);
    const outcome = withdrawShift(shift, BO.id, HAPPENED, "Ill");
    const over = outcome.ok ? projectShift(shift, told(outcome.value)) : undefined;
    expect(over?.state).toBe("withdrawn");
    expect(over && withdrawShift(over, ADA.id, HAPPENED, "").ok).toBe(false);
    expect(over && take(over, []).ok).toBe(false);
  });
});
