import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import { instantAt } from "../../kernel/time.ts";
import type { SignEvent } from "./event.ts";
import { type Arrival, GAP_MS, type KnownSign, rollUp, STOP_MS } from "./roll-up.ts";
import type { SignId, SourceId } from "./sign.ts";

const SOURCE = idFrom("src", 0, new Uint8Array(10)) as SourceId;
const BEGIN = Date.UTC(2026, 10, 22);

/** Arrivals close enough to join, far enough to part, and some that come twice. */
const arrivals = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 3 * 24 * 60 }),
      rule: fc.constantFrom("one", "two"),
      entity: fc.constantFrom("www3", "www4"),
      twin: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 60 },
  )
  .map((list) => list.map(({ minute, rule, entity, twin }) => anArrival(minute, rule, entity, twin)));

describe("rolling events up", () => {
  it("gives the same signs in whatever order the events of a batch stand", () => {
    fc.assert(
      fc.property(arrivals, fc.infiniteStream(fc.nat()), (list, random) => {
        expect(shape(inBatches([shuffled(list, random)]))).toEqual(shape(inBatches([list])));
      }),
    );
  });

  it("gives the same signs and counts however a stream is cut into batches", () => {
    fc.assert(
      fc.property(arrivals, fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), (list, cuts) => {
        const stream = [...list].sort((a, b) => (a.event.at < b.event.at ? -1 : 1));

        expect(shape(inBatches(cut(stream, cuts)))).toEqual(shape(inBatches([stream])));
      }),
    );
  });

  it("counts every event once, whatever comes late or twice", () => {
    fc.assert(
      fc.property(fc.array(arrivals, { maxLength: 5 }), (batches) => {
        const { signs, items } = inBatches(batches);
        const all = batches.flat();

        const keys = new Set(all.map((each) => each.key));
        expect(sum(signs.map((sign) => sign.count))).toBe(keys.size);
        expect(sum(signs.map((sign) => sign.repeats))).toBe(all.length - keys.size);
        expect(items).toBe(keys.size);
      }),
    );
  });

  it("never makes a sign that covers more than a day", () => {
    fc.assert(
      fc.property(fc.array(arrivals, { maxLength: 3 }), (batches) => {
        for (const sign of inBatches(batches).signs) {
          expect(Date.parse(sign.lastAt) - Date.parse(sign.firstAt)).toBeLessThanOrEqual(STOP_MS);
        }
      }),
    );
  });

  it("joins what lies five minutes apart, and parts what lies further", () => {
    const near = inBatches([[anArrival(0), anArrival(GAP_MS / 60_000)]]);
    const far = inBatches([[anArrival(0), anArrival(GAP_MS / 60_000 + 1)]]);

    expect(near.signs.map((sign) => sign.count)).toEqual([2]);
    expect(far.signs.map((sign) => sign.count)).toEqual([1, 1]);
  });

  it("does not reopen a sign that was decided on: a new one points back to it", () => {
    const first = inBatches([[anArrival(0)]]).signs[0];
    if (first === undefined) throw new Error("there is one");
    const decided = [{ sign: first, decided: true }];

    const { signs } = rollUp(SOURCE, [anArrival(1), anArrival(2)], new Map(), decided, ids());

    expect(signs).toMatchObject([{ isNew: true, sign: { count: 2, previous: first.id } }]);
  });

  it("lets a decided sign count what arrives again, and nothing else", () => {
    const arrival = anArrival(0);
    const first = inBatches([[arrival]]).signs[0];
    if (first === undefined) throw new Error("there is one");

    const { signs, items, repeats } = rollUp(
      SOURCE,
      [arrival],
      new Map([[arrival.key, first.id]]),
      [{ sign: first, decided: true }],
      ids(),
    );

    expect({ items, repeats }).toEqual({ items: [], repeats: 1 });
    expect(signs).toMatchObject([{ isNew: false, sign: { count: 1, repeats: 1 } }]);
  });
});

function anArrival(minute: number, rule = "one", entity = "www3", twin = 0): Arrival {
  const event: SignEvent = {
    kind: "indicator",
    rule: { id: rule, name: rule },
    title: rule,
    entity,
    severity: "",
    at: instantAt(BEGIN + minute * 60_000),
    timeAsWritten: String(minute),
    zoneAssumed: null,
    addresses: [{ value: `203.0.113.${minute % 250}`, role: "offender", port: null }],
    fields: {},
    extra: {},
    key: null,
  };
  return { event, key: `${minute} ${rule} ${entity} ${twin}` };
}

/** Rolls batches up one after the other, each finding what those before it left. */
function inBatches(batches: readonly (readonly Arrival[])[]) {
  const known = new Map<SignId, KnownSign>();
  const counted = new Map<string, SignId>();
  const newId = ids();
  for (const batch of batches) {
    const outcome = rollUp(SOURCE, batch, counted, [...known.values()], newId);
    for (const { sign } of outcome.signs) known.set(sign.id, { sign, decided: false });
    for (const { arrival, sign } of outcome.items) counted.set(arrival.key, sign);
  }
  return { signs: [...known.values()].map(({ sign }) => sign), items: counted.size };
}

/** What of the signs does not depend on the order in which their ids were made. */
function shape({ signs }: ReturnType<typeof inBatches>) {
  return signs
    .map(({ rule, entity, firstAt, lastAt, count, repeats }) =>
      [rule.id, entity, firstAt, lastAt, count, repeats].join(" "),
    )
    .sort();
}

function cut(stream: readonly Arrival[], cuts: readonly number[]): Arrival[][] {
  const places = [
    0,
    ...cuts.map((place) => Math.min(place, stream.length)).sort((a, b) => a - b),
    stream.length,
  ];
  return places.slice(1).map((end, at) => stream.slice(places[at], end));
}

function shuffled(list: readonly Arrival[], random: Iterable<number>): Arrival[] {
  const source = random[Symbol.iterator]();
  return list
    .map((each) => ({ each, at: source.next().value ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}

function ids(): () => SignId {
  let next = 0;
  return () => idFrom("sgn", next++, new Uint8Array(10)) as SignId;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
