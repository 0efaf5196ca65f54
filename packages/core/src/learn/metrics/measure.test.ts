import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVERY_MEASURE, MEASURED_STAGES, type MeasureName, MeasureName as Name } from "./collected.ts";
import type { Course } from "./course.ts";
import { type Measure, measureOf } from "./measure.ts";
import { metricsOf } from "./metrics.ts";
import { measureTable, shownMeasure, shownMetrics } from "./shown.ts";

const at = (time: string) => `2026-11-22T${time}:00.000Z`;
const course = (more: object = {}, about: object = {}): Course =>
  ({
    incident: {
      ...{
        id: "inc_1",
        code: "JK-2026-0001",
        title: "=scan",
        vector: "web",
        status: "closed",
        entryCount: 9,
      },
      ...{
        reportedAt: at("10:00"),
        declaredAt: at("10:05"),
        closedAt: at("18:00"),
        rating: { priority: "high" },
      },
      firstRating: {
        ...{ priority: "low", functionalImpact: "none", informationImpact: ["none"], ratedAt: at("10:20") },
      },
      ...about,
    },
    saidBeganAt: at("08:30"),
    signs: [],
    reports: [{ receivedAt: at("09:50"), answeredAt: at("10:20") }],
    isolations: [{ state: "lifted", history: [{ state: "done", at: "2026-11-22T13:00:00+02:00" }] }],
    hosts: [
      { end: { at: at("16:00") }, eradicated: { vulnerability: { found: "removed" } } },
      { end: { at: at("15:00") }, eradicated: {} },
    ],
    ...{ toldAt: at("12:00"), earlier: null, ledger: null, review: null, improvements: ["open", "done"] },
    stretches: [
      { person: "per_1", from: at("10:00"), to: at("10:40") },
      { person: "per_1", from: at("12:00"), to: at("12:00") },
      { person: "per_2", from: at("12:00"), to: at("12:30") },
    ],
    ...more,
  }) as unknown as Course;
const measure = (...words: Parameters<typeof course>) => measureOf(course(...words)) as Measure;
const cost = (kind: string, minutes: number, likely: string, reversed: object | null = null) => ({
  ...{ kind, reversed, minutes: { low: 0, likely: minutes, high: minutes } },
  amount: { low: likely, likely, high: likely },
});

describe("the measures of an incident", () => {
  it("follow from its record: to detect since it began, to all else since it was reported", () => {
    expect(measure().minutes).toEqual({
      ...{ detect: 90, answer: 30, assess: 20, declare: 5, tell: 120 },
      ...{ contain: 60, recover: 360, close: 480 },
    });
  });

  it("leave out what nobody knows, and what is not so yet", () => {
    const nothing = { saidBeganAt: null, reports: [], toldAt: null, isolations: [] };
    const { minutes, cause, harm } = measure(
      { ...nothing, hosts: [{ end: null, eradicated: {} }] },
      { closedAt: null, firstRating: null, vector: "unknown" },
    );
    expect(Object.values(minutes).filter((each) => each !== null)).toEqual([5]);
    expect([cause, harm]).toEqual(["unknown", "unknown"]);
  });

  it("take the beginning from the first indicator, never from a precursor", () => {
    const signs = [
      { kind: "precursor", firstAt: at("07:00"), decidedAt: at("09:45") },
      { kind: "indicator", firstAt: at("09:30"), decidedAt: at("09:40") },
    ];
    const found = measure({ saidBeganAt: null, signs });
    expect(found.minutes.detect).toBe(30);
    expect(found.precursors).toEqual({ count: 1, unheeded: 1 });
    expect(measure({ saidBeganAt: null, signs: signs.slice(0, 1) }).minutes.detect).toBeNull();
  });

  it("count people's time as the log suggests it and as the ledger has it, without what was taken back", () => {
    const costs = [
      cost("people", 60, "100.00"),
      cost("people", 99, "7.00", { reason: "twice" }),
      cost("downtime", 30, "0.50"),
    ];
    const found = measure({ ledger: { currency: "EUR", costs } });
    expect(found.hours).toEqual({ peopleCount: 2, logMinutes: 75, bookedMinutes: 60, downtimeMinutes: 30 });
    expect(found.cost).toEqual({ currency: "EUR", likely: "100.50" });
  });

  it("say whether the way in was found, what it harmed by its first rating, and whether it came back", () => {
    expect(measure({ earlier: "JK-2026-0000" })).toMatchObject({
      ...{ cause: "found", harm: "not_harmed", recurrenceOf: "JK-2026-0000" },
    });
    const rating = { functionalImpact: "low", informationImpact: ["none"], ratedAt: at("10:20") };
    expect(measure({ hosts: [] }, { firstRating: rating })).toMatchObject({
      cause: "vector_only",
      harm: "harmed",
    });
  });

  it("have the times that TheHive counts, in milliseconds and worked out as there", () => {
    const signs = [{ kind: "indicator", firstAt: at("09:30"), decidedAt: at("09:40") }];
    const minute = 60_000;
    expect(measure({ signs })).toMatchObject({
      timeToDetect: 90 * minute,
      timeToTriage: 5 * minute,
      timeToQualify: 10 * minute,
      timeToAcknowledge: 95 * minute,
      timeToResolve: 500 * minute,
      handlingDuration: 475 * minute,
    });
    expect(measure({}, { closedAt: null })).toMatchObject({ timeToResolve: null, timeToQualify: null });
  });

  it("are of incidents only: not of what was dismissed or never declared", () => {
    expect(measureOf(course({}, { status: "dismissed" }))).toBeUndefined();
    expect(measureOf(course({}, { status: "reported", declaredAt: null }))).toBeUndefined();
  });

  it("go to a spreadsheet that runs nothing of them", () => {
    const csv = measureTable([measure()], EVERY_MEASURE.measures);
    expect(csv).toContain("JK-2026-0001,'=scan,web,low,high,");
    expect(csv.split("\r\n")[0]).toContain("timeToDetect,timeToTriage");
  });
});

describe("what is collected", () => {
  const CHOSEN = fc.subarray<MeasureName>([...Name.options]);

  it("alone is shown and exported, and the number of incidents always is", () => {
    const all = measure();
    fc.assert(
      fc.property(CHOSEN, (chosen) => {
        const one = shownMeasure(all, chosen);
        const many = shownMetrics(metricsOf([all, all]), chosen);
        const [head = ""] = measureTable([all], chosen).split("\r\n");
        expect(Object.keys(one.minutes)).toEqual(MEASURED_STAGES.filter((stage) => chosen.includes(stage)));
        expect(many.stages.map(({ stage }) => stage)).toEqual(Object.keys(one.minutes));
        expect("hours" in one && "hours" in many).toBe(chosen.includes("hours"));
        expect("lessons" in one || "lessons" in many).toBe(chosen.includes("lessons"));
        expect(head.includes("minutes booked")).toBe(chosen.includes("hours"));
        expect(many.count).toBe(2);
      }),
      { numRuns: 40 },
    );
    expect(shownMeasure(all, Name.options)).toEqual(all);
  });
});

describe("the metrics of many incidents", () => {
  const some = fc.array(
    fc
      .record({
        month: fc.integer({ min: 1, max: 12 }),
        vector: fc.constantFrom("web", "email", "other"),
        close: fc.option(fc.integer({ min: 0, max: 9999 })),
      })
      .map(({ month, vector, close }) => {
        const one = measure(
          {},
          { vector, reportedAt: `2026-${String(month).padStart(2, "0")}-05T00:00:00.000Z` },
        );
        return { ...one, minutes: { ...one.minutes, close } };
      }),
    { maxLength: 20 },
  );

  it("count every incident once in each view, whatever their order", () => {
    fc.assert(
      fc.property(some, (measures) => {
        const metrics = metricsOf(measures);
        const { byVector, byPriority, byMonth, byCause, byHarm } = metrics;
        for (const counts of [byVector, byPriority, byMonth, byCause, byHarm]) {
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(measures.length);
        }
        const { logMinutes, byVector: parts } = metrics.hours;
        expect(parts.reduce((sum, part) => sum + part.logMinutes, 0)).toBe(logMinutes);
        expect(metricsOf(measures.toReversed())).toEqual(metrics);
      }),
      { numRuns: 50 },
    );
  });

  it("tell the median and the longest of each stage, and of how many they are", () => {
    const closing = (close: number | null) => ({ ...measure(), minutes: { ...measure().minutes, close } });
    const { stages } = metricsOf([closing(10), closing(40), closing(20), closing(null)]);
    expect(stages.map(({ stage }) => stage)).toEqual(MEASURED_STAGES);
    expect(stages.at(-1)).toEqual({ stage: "close", count: 3, medianMinutes: 20, longestMinutes: 40 });
    expect(metricsOf([]).stages[0]).toMatchObject({ count: 0, medianMinutes: null });
  });

  it("leave no month out, and tell how ratings changed", () => {
    const of = (reportedAt: string, about: object = {}) => measure({}, { reportedAt, ...about });
    const metrics = metricsOf([
      of("2026-02-01T00:00:00.000Z", { rating: { priority: "low" } }),
      of("2025-11-01T00:00:00.000Z"),
    ]);
    expect(metrics.byMonth.map(({ key, count }) => [key, count])).toEqual([
      ["2025-11", 1],
      ["2025-12", 0],
      ["2026-01", 0],
      ["2026-02", 1],
    ]);
    expect(metrics.ratings).toEqual({ same: 1, raised: 1, lowered: 0 });
  });

  it("never mix currencies, and tell the latest answers of each question first", () => {
    const ledger = (currency: string) => ({ ledger: { currency, costs: [cost("people", 60, "10.00")] } });
    const review = (text: string) => ({ held: {}, answers: [{ question: "watch", text }] });
    const metrics = metricsOf([
      measure({ ...ledger("USD"), review: review("older") }),
      measure({ ...ledger("EUR"), review: review("newer") }, { reportedAt: at("11:00") }),
      measure(ledger("EUR")),
    ]);
    expect(metrics.cost).toEqual([
      { currency: "EUR", likely: "20.00", count: 2 },
      { currency: "USD", likely: "10.00", count: 1 },
    ]);
    expect(metrics.lessons).toMatchObject({ heldCount: 2, improvements: { open: 3, done: 3, dropped: 0 } });
    const watch = metrics.lessons.questions.find(({ question }) => question === "watch");
    expect(watch?.latest.map(({ text }) => text)).toEqual(["newer", "older"]);
  });
});
