import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Course, MEASURED_STAGES, type Measure, measureOf, measureTable, metricsOf } from "./measure.ts";

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
      ...{ reportedAt: at("10:00"), declaredAt: at("10:05"), closedAt: at("18:00") },
      ...{ rating: { priority: "high" }, firstRating: { priority: "low" }, ...about },
    },
    beganAt: at("08:30"),
    isolations: [{ state: "lifted", history: [{ state: "done", at: "2026-11-22T13:00:00+02:00" }] }],
    hosts: [{ end: { at: at("16:00") } }, { end: { at: at("15:00") } }],
    ...more,
  }) as unknown as Course;
const measure = (...words: Parameters<typeof course>) => measureOf(course(...words)) as Measure;

describe("the measures of an incident", () => {
  it("follow from its record: to detect since it began, to all else since it was reported", () => {
    expect(measure().minutes).toEqual({ detect: 90, declare: 5, contain: 60, recover: 360, close: 480 });
  });

  it("leave out what nobody knows, and what is not so yet", () => {
    const { minutes } = measure(
      { beganAt: null, isolations: [], hosts: [{ end: null }] },
      { closedAt: null },
    );
    expect(minutes).toEqual({ detect: null, declare: 5, contain: null, recover: null, close: null });
  });

  it("are of incidents only: not of what was dismissed or never declared", () => {
    expect(measureOf(course({}, { status: "dismissed" }))).toBeUndefined();
    expect(measureOf(course({}, { status: "reported", declaredAt: null }))).toBeUndefined();
  });

  it("go to a spreadsheet that runs nothing of them", () => {
    expect(measureTable([measure()])).toContain("JK-2026-0001,'=scan,web,low,high,");
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
      .map(({ month, vector, close }) => ({
        ...measure({}, { vector, reportedAt: `2026-${String(month).padStart(2, "0")}-05T00:00:00.000Z` }),
        minutes: { detect: null, declare: 1, contain: null, recover: null, close },
      })),
    { maxLength: 20 },
  );

  it("count every incident once in each view, whatever their order", () => {
    fc.assert(
      fc.property(some, (measures) => {
        const metrics = metricsOf(measures);
        for (const counts of [metrics.byVector, metrics.byPriority, metrics.byMonth]) {
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(measures.length);
        }
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
});
