import { describe, expect, it } from "vitest";
import { readLeaf } from "./leaf.ts";

const DIGEST = "A".repeat(43);

function aLeaf(change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    v: 1,
    seq: 417,
    type: "evidence.collected",
    tv: 1,
    at: "2026-11-22T10:15:30.123+01:00",
    rx: "2026-11-22T09:15:30.130Z",
    incident: DIGEST,
    incidentSeq: 12,
    incidentPrev: DIGEST,
    _sd_alg: "sha-256",
    _sd: [DIGEST, "B".repeat(43)],
    ...change,
  });
}

function read(text: string) {
  return readLeaf(Buffer.from(text));
}

describe("the header of an entry", () => {
  it("is read from the one form in which the log writes it", () => {
    expect(read(aLeaf())).toEqual({
      seq: 417,
      type: "evidence.collected",
      rx: "2026-11-22T09:15:30.130Z",
      incident: DIGEST,
      incidentSeq: 12,
      incidentPrev: DIGEST,
      sd: [DIGEST, "B".repeat(43)],
    });
  });

  it.each([
    ["the first entry of an incident", { incidentPrev: null }],
    ["a moment in UTC", { at: "2026-11-22T09:15:30Z" }],
    ["no field at all", { _sd: [] }],
    ["a type of several words", { type: "incident.lead_named" }],
  ])("is read with %s", (_, change) => {
    expect(read(aLeaf(change))).toBeDefined();
  });

  it.each([
    ["a space", aLeaf().replace(",", ", ")],
    ["a line end after it", `${aLeaf()}\n`],
    ["a byte order mark", `\ufeff${aLeaf()}`],
    ["fields in another order", JSON.stringify({ seq: 1, v: 1 })],
    ["a field of its own", aLeaf({ note: "x" })],
    ["the same field twice", aLeaf().replace('"seq":417', '"seq":417,"seq":418')],
    ["another version", aLeaf({ v: 2 })],
    ["another hash", aLeaf({ _sd_alg: "sha-512" })],
    ["a number with a leading zero", aLeaf().replace("417", "0417")],
    ["a number beyond exact numbers", aLeaf().replace("417", "9007199254740993")],
    ["a short digest", aLeaf({ incident: "A".repeat(42) })],
    ["no incident", aLeaf({ incident: null, incidentSeq: null, incidentPrev: null })],
    ["an escaped character", aLeaf().replace("evidence", "evidenc\\u0065")],
    ["nothing", ""],
  ])("is not read with %s", (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});
