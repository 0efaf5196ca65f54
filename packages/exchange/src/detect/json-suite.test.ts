import { readFileSync } from "node:fs";
import { type Cursor, type SourceReading, START } from "@jumpkit/core";
import { describe, expect, it } from "vitest";
import { parseJson } from "./json.ts";
import { readPart } from "./part.ts";

const SUITE: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("./samples/json-test-suite.json", import.meta.url), "utf8"),
);
const FILES: ReadonlyArray<readonly [string, Buffer]> = [
  ...Object.entries(SUITE).map(([name, base64]) => [name, Buffer.from(base64, "base64")] as const),
  ["n_structure_100000_opening_arrays.json", Buffer.from("[".repeat(100_000))],
  ["n_structure_open_array_object.json", Buffer.from('[{"":'.repeat(50_000))],
];

/** Two readers of one name twice would read two things, so we take neither. */
const STRICTER = /^y_object_duplicated_key/;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a file, or `undefined` where it is none in UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const READING: SourceReading = {
  kind: "json",
  zone: "UTC",
  clockOffsetSeconds: 0,
  host: "",
  mapping: {
    time: { from: "at", format: "iso" },
    kind: "indicator",
    entity: "host.name",
    fields: [{ from: "rule", to: "rule.name" }],
    key: [],
  },
};

describe("the corner cases of JSON", () => {
  it("that have to be taken are taken, but for a name that stands twice", () => {
    for (const [name, bytes] of FILES.filter(([name]) => name.startsWith("y_"))) {
      const parsed = parseJson(textOf(bytes) ?? "");
      expect([name, parsed.ok]).toEqual([name, !STRICTER.test(name)]);
    }
  });

  it("that have to be refused are refused with a reason", () => {
    for (const [name, bytes] of FILES.filter(([name]) => name.startsWith("n_"))) {
      const text = textOf(bytes);
      const parsed = text === undefined ? { ok: false, reason: "not UTF-8" } : parseJson(text);
      expect([name, parsed.ok]).toEqual([name, false]);
      expect((parsed as { reason: string }).reason).not.toBe("");
    }
  });

  it("about which readers differ get one answer, the same as JSON.parse where both take them", () => {
    const taken = FILES.filter(([name]) => name.startsWith("i_")).flatMap(([name, bytes]) => {
      const text = textOf(bytes);
      const parsed = text === undefined ? undefined : parseJson(text);
      return parsed?.ok ? [[name, text ?? "", parsed.value] as const] : [];
    });

    expect(taken.length).toBeGreaterThan(0);
    for (const [name, text, value] of taken) {
      // A number that a double cannot hold stays as it is written.
      if (!/number|exponent|exp|double|int/.test(name))
        expect([name, value]).toEqual([name, JSON.parse(text)]);
    }
  });

  it("become records as a sensor's file: each is an event, or is set aside with its reason", () => {
    for (const [name, bytes] of FILES) {
      let cursor: Cursor = START;
      for (let rounds = 0, done = false; !done; rounds++) {
        const window = { source: READING, cursor, bytes: bytes.subarray(cursor.offset), isLast: true };
        const part = readPart(window, { events: 1000, records: 1000 });
        for (const { read } of part.records) if (read.what === "bad") expect(read.reason).not.toBe("");
        expect([name, rounds < 100]).toEqual([name, true]);
        cursor = part.next;
        done = part.isDone;
      }
    }
  });
});
