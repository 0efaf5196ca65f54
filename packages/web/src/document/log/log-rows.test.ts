import { describe, expect, it } from "vitest";
import type { Entry } from "../../api/contract.ts";
import { lateMs, logRows } from "./log-rows.ts";

const anEntry = (incidentSeq: number, more: Partial<Entry> = {}): Entry => ({
  seq: incidentSeq,
  incidentSeq,
  type: "log.noted",
  happenedAt: `2026-11-22T10:0${incidentSeq}:00.000Z`,
  zone: "UTC",
  recordedAt: `2026-11-22T10:0${incidentSeq}:00.000Z`,
  actor: null,
  authority: null,
  body: {},
  ...more,
});

const places = (rows: ReturnType<typeof logRows>): number[] => rows.map(({ entry }) => entry.incidentSeq);

describe("the handling log on the page", () => {
  it("keeps a corrected line in its place, with the correction beside it and in a row of its own", () => {
    const entries = [anEntry(1), anEntry(2), anEntry(3, { type: "log.corrected", body: { corrects: 1 } })];

    const rows = logRows(entries, { shows: "all", order: "recorded" });

    expect(places(rows)).toEqual([1, 2, 3]);
    expect(rows[0]?.corrections.map(({ incidentSeq }) => incidentSeq)).toEqual([3]);
    expect(rows[1]?.corrections).toEqual([]);
  });

  it("is sorted by when things happened when that is asked for", () => {
    const entries = [anEntry(1), anEntry(2, { happenedAt: "2026-11-22T09:00:00.000+00:00" })];

    expect(places(logRows(entries, { shows: "all", order: "happened" }))).toEqual([2, 1]);
    expect(places(logRows(entries, { shows: "all", order: "recorded" }))).toEqual([1, 2]);
  });

  it("shows what people wrote apart from what the product recorded", () => {
    const entries = [anEntry(1, { type: "incident.reported" }), anEntry(2)];

    expect(places(logRows(entries, { shows: "lines", order: "recorded" }))).toEqual([2]);
    expect(places(logRows(entries, { shows: "product", order: "recorded" }))).toEqual([1]);
  });

  it("is searched by its words and by who wrote them", () => {
    const ana = { id: "psn_ana", name: "Ana", title: "", phone: "" };
    const entries = [
      anEntry(1, { body: { text: "Port 445 scan from www3" } }),
      anEntry(2, { actor: ana, body: { text: "Called the ISP" } }),
    ];

    expect(places(logRows(entries, { shows: "all", order: "recorded", text: "WWW3" }))).toEqual([1]);
    expect(places(logRows(entries, { shows: "all", order: "recorded", text: "ana" }))).toEqual([2]);
  });

  it("says how late a line was written, from a minute on", () => {
    expect(lateMs(anEntry(1))).toBeUndefined();
    expect(lateMs(anEntry(5, { happenedAt: "2026-11-22T10:00:00Z" }))).toBe(300_000);
  });
});
