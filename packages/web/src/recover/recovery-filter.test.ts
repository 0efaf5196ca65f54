import { describe, expect, it } from "vitest";
import { moved } from "./matrix-cursor.ts";
import { phasesOf, recoverySearchFrom, rowsShown } from "./recovery-filter.ts";
import type { Matrix, MatrixRow } from "./recovery-queries.ts";
import { openBetween } from "./recovery-rows.ts";

const row = (name: string, order: number | null, state: "open" | "proven", connected = "none") =>
  ({
    id: name,
    name,
    phase: order === null ? null : { order, name: `Phase ${order}` },
    targetOn: order === null ? null : `2026-12-0${order}`,
    stage: connected === "none" ? "affected" : "reconnected_inside",
    connected,
    missing: state === "open" ? ["Logging"] : [],
    cells: [{ state, by: "", until: "" }],
  }) as unknown as MatrixRow;

const MATRIX = {
  gates: [{ id: "logging" }],
  items: [
    row("lab-10", 2, "open"),
    row("lab-2", 2, "proven", "inside"),
    row("www", 1, "open"),
    row("x", null, "open"),
  ],
} as unknown as Matrix;

describe("the recovery matrix", () => {
  it("stands in the order of its phases, then of its hosts' names and numbers", () => {
    expect(rowsShown(MATRIX, {}).map(({ name }) => name)).toEqual(["www", "lab-2", "lab-10", "x"]);
  });

  it("shows what the address asks for, and nothing that it does not understand", () => {
    expect(rowsShown(MATRIX, { text: "LAB", open: "yes" }).map(({ name }) => name)).toEqual(["lab-10"]);
    expect(rowsShown(MATRIX, { gate: "logging" }).map(({ name }) => name)).toEqual(["www", "lab-10", "x"]);
    expect(rowsShown(MATRIX, { phase: "none" }).map(({ name }) => name)).toEqual(["x"]);
    expect(recoverySearchFrom({ gate: "Gâteau!", proof: "logging", open: 1, act: "x" })).toEqual({
      proof: "logging",
    });
  });

  it("tells how far each phase has come, and by when", () => {
    expect(
      phasesOf(MATRIX.items).map(({ key, back, hosts, targetOn }) => [key, back, hosts, targetOn]),
    ).toEqual([
      ["1", 0, 1, "2026-12-01"],
      ["2", 1, 2, "2026-12-02"],
      ["none", 0, 1, ""],
    ]);
  });

  it("gives, of the rows that are marked from either end, those whose gate is open", () => {
    const rows = rowsShown(MATRIX, {});
    const [www, , lab10] = rows;
    const between = (from: string | undefined, to: string | undefined) =>
      openBetween(rows, MATRIX.gates, { from, to: to ?? "", gate: "logging" }).map(({ name }) => name);

    expect(between(www?.id, lab10?.id)).toEqual(["www", "lab-10"]);
    expect(between(lab10?.id, www?.id)).toEqual(["www", "lab-10"]);
    expect(between(undefined, lab10?.id)).toEqual(["lab-10"]);
  });

  it("is walked by arrows, and never past its edges", () => {
    expect(moved({ row: 0, column: 0 }, "ArrowUp", 3, 15)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 0, column: 14 }, "ArrowRight", 3, 15)).toEqual({ row: 0, column: 14 });
    expect(moved({ row: 1, column: 4 }, "End", 3, 15, true)).toEqual({ row: 2, column: 14 });
    expect(moved({ row: 1, column: 4 }, "PageDown", 3, 15)).toEqual({ row: 2, column: 4 });
    expect(moved({ row: 1, column: 4 }, "x", 3, 15)).toBeUndefined();
  });
});
