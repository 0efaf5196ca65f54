import { writeTable } from "@jumpkit/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTable } from "./table.ts";

const cell = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("=1+1", "'=x", "''@", "+49 30", '"', ',;\t"', "a\r\nb", "\u202etxt.exe", "  x ", "'", "-"),
);

const cellsOf = (text: string) => {
  const read = readTable(text, 1000);
  if (!read.ok) throw new Error(read.refusal.problem);
  return read.value.map((row) => [...row.cells.values()]);
};

describe("a table as text", () => {
  it("comes back character by character, whatever its cells hold", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), (rows) => {
        expect(cellsOf(writeTable(["name", "notes"], rows))).toEqual(rows);
      }),
    );
  });

  it("never holds a cell that a spreadsheet would run", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell), { minLength: 1, maxLength: 10 }), (rows) => {
        const body = writeTable(["name"], rows).slice("name\r\n".length);
        for (const line of body.split("\r\n")) expect(line).not.toMatch(/^"?[=+\-@]/);
      }),
    );
  });

  it("is read with commas, semicolons or tabs, with or without the mark of its byte order", () => {
    for (const separator of [",", ";", "\t"]) {
      const text = `\ufeffOther_Names${separator} KIND\r\n\r\nwww${separator}host\r\n`;
      const read = readTable(text, 10);

      expect(read.ok && read.value.map((row) => [row.line, Object.fromEntries(row.cells)])).toEqual([
        [3, { "other names": "www", kind: "host" }],
      ]);
    }
  });

  it("says in which line a file stops being a table, and why", () => {
    expect(readTable('name\n"never closed\n', 10)).toMatchObject({ ok: false, refusal: { line: 2 } });
    expect(readTable("", 10)).toEqual({ ok: false, refusal: { line: 1, problem: "is empty" } });
    expect(readTable("name,Name\nx,y\n", 10).ok).toBe(false);
    expect(readTable("name\na\nb\nc\n", 2)).toMatchObject({ ok: false });
  });

  it("reads any text at all or refuses it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        readTable(text, 100);
      }),
    );
  });
});
