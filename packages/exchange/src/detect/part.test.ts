import { type Cursor, RECORD_MAX_BYTES, type SourceReading, START } from "@jumpkit/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPart } from "./part.ts";

const MAPPED: SourceReading = {
  kind: "json",
  zone: "UTC",
  clockOffsetSeconds: 0,
  host: "",
  mapping: {
    time: { from: "when", format: "unix_seconds" },
    kind: "indicator",
    entity: "host.name",
    fields: [
      { from: "what", to: "rule.name" },
      { from: "where", to: "host.name", role: "victim" },
      { from: "by.ip", to: "source.ip", role: "offender" },
      { from: "by.port", to: "source.port" },
    ],
    key: ["id"],
  },
};
const NO_LIMIT = { events: 1e9, records: 1e9 };
const ALERT = {
  id: "a1",
  when: 1_790_000_000,
  what: "Odd log-in",
  where: "www3",
  by: { ip: "203.0.113.9", port: 7 },
};

describe("a batch", () => {
  it("holds the same records however it is cut into windows", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("json", "csv", "web_access"),
        fc.array(
          fc.oneof(
            fc.jsonValue().map((value) => JSON.stringify(value)),
            fc.string({ maxLength: 30 }),
          ),
        ),
        fc.boolean(),
        fc.infiniteStream(fc.integer({ min: 1, max: 80 })),
        (kind, records, asArray, sizes) => {
          const text = asArray ? `[${records.join(",\n")}]` : records.join("\n");
          const source: SourceReading = { ...MAPPED, kind: kind as SourceReading["kind"] };
          const bytes = Buffer.from(text);

          expect(inWindows(source, bytes, sizes)).toEqual(inOne(source, bytes));
        },
      ),
    );
  });

  it("may be one object a line, or one array of them, and says the same", () => {
    const lines = Buffer.from(`${JSON.stringify(ALERT)}\n${JSON.stringify({ ...ALERT, id: "a2" })}\n`);
    const array = Buffer.from(JSON.stringify([ALERT, { ...ALERT, id: "a2" }], null, 2));

    const [one, other] = [inOne(MAPPED, lines), inOne(MAPPED, array)];

    expect(one.map(({ read }) => read)).toEqual(other.map(({ read }) => read));
    expect(one[0]?.read).toMatchObject({
      event: {
        key: ["a1"],
        rule: { id: "Odd log-in", name: "Odd log-in" },
        entity: "www3",
        addresses: [
          { value: "www3", role: "victim", port: null },
          { value: "203.0.113.9", role: "offender", port: 7 },
        ],
        extra: { id: "a1" },
      },
    });
  });

  it("may be a table whose cells hold commas, quotation marks and line ends", () => {
    const table = 'when;what;where\r\n1790000000;"Odd; ""log-in""\nagain";www3\r\n1790000000;short\r\n';
    const source: SourceReading = { ...MAPPED, kind: "csv", mapping: { ...mapping(), key: [] } };

    const records = inOne(source, Buffer.from(table));

    expect(records.map(({ number, read }) => [number, read.what])).toEqual([
      [2, "event"],
      [3, "bad"],
    ]);
    expect(records[0]?.read).toMatchObject({ event: { rule: { name: 'Odd; "log-in"\nagain' } } });
    expect(records[1]?.read).toEqual({ what: "bad", reason: "has 2 cells where 3 are due" });
  });

  it("loses one line, and no more, to a quotation mark that is never closed", () => {
    const row = "1790000000,Odd,www3\n";
    const table = `when,what,where\n1790000000,"Odd,www3\n${row.repeat(10_000)}`;
    const source: SourceReading = { ...MAPPED, kind: "csv", mapping: { ...mapping(), key: [] } };

    const records = inOne(source, Buffer.from(table));

    expect(records.filter(({ read }) => read.what === "bad").map(({ number }) => number)).toEqual([2]);
    expect(records).toHaveLength(10_001);
  });

  it("loses one line, and no more, to one that is too long", () => {
    const long = `{"a":"${"x".repeat(RECORD_MAX_BYTES * 3)}"}`;
    const bytes = Buffer.from(`${JSON.stringify(ALERT)}\n${long}\n${JSON.stringify(ALERT)}`);

    const records = inOne(MAPPED, bytes);

    expect(records.map(({ number, read }) => [number, read.what])).toEqual([
      [1, "event"],
      [2, "bad"],
      [3, "event"],
    ]);
  });

  it("tells by number which line is not as the mapping says, and why", () => {
    const bad = [
      "{",
      "7",
      JSON.stringify({ ...ALERT, when: "soon" }),
      JSON.stringify({ ...ALERT, what: "" }),
      JSON.stringify({ ...ALERT, where: null }),
      JSON.stringify({ ...ALERT, id: undefined }),
    ];

    const records = inOne(MAPPED, Buffer.from(bad.join("\n")));

    expect(records.map(({ number, read }) => [number, read.what === "bad" && read.reason])).toEqual([
      [1, "is not JSON: a name is missing at character 2"],
      [2, "is no JSON object"],
      [3, "its when is no time in the form that the mapping names"],
      [4, "names no rule"],
      [5, "has no host.name, which should tell what it is about"],
      [6, "lacks a field of its key"],
    ]);
  });
});

function mapping() {
  if (MAPPED.mapping === null) throw new Error("there is one");
  return { ...MAPPED.mapping, fields: MAPPED.mapping.fields.slice(0, 2) };
}

function inOne(source: SourceReading, bytes: Uint8Array) {
  const { records, isDone } = readPart({ source, cursor: START, bytes, isLast: true }, NO_LIMIT);
  expect(isDone).toBe(true);
  return records.map(({ number, start, end, read }) => ({ number, start, end, read }));
}

/** Reads with windows that grow by a few bytes when they are too small to hold a record. */
function inWindows(source: SourceReading, bytes: Uint8Array, sizes: Iterable<number>) {
  const all: ReturnType<typeof inOne>[number][] = [];
  let cursor: Cursor = START;
  let done = false;
  let wanted = 0;
  const size = sizes[Symbol.iterator]();
  while (!done) {
    const at = cursor.offset;
    wanted += size.next().value ?? 1;
    const window = bytes.subarray(at, at + wanted);
    const isLast = at + window.length >= bytes.length;
    const { records, next, isDone } = readPart(
      { source, cursor, bytes: window, isLast },
      { events: 2, records: 3 },
    );
    for (const record of records) all.push({ ...record, start: record.start + at, end: record.end + at });
    if (next.offset > at) wanted = 0;
    done = isDone;
    cursor = next;
  }
  return all;
}
