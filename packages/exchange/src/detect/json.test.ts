import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "./json.ts";

const accepted = (text: string): unknown => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
};

describe("JSON of other people", () => {
  it("means what JSON.parse says, wherever both take it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, spaced) => {
        const text = JSON.stringify(value, null, spaced ? 2 : 0);
        fc.pre(!/\d{16}/.test(text));
        expect(JSON.stringify(accepted(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it("is refused wherever JSON.parse refuses it, and never breaks the reader", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.jsonValue(), fc.nat(), (noise, value, at) => {
        const text = JSON.stringify(value);
        const broken = text.slice(0, at % (text.length + 1)) + noise + text.slice(at % (text.length + 1));
        if (parseJson(broken).ok) expect(() => JSON.parse(broken)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  // Kinds of cases of nst/JSONTestSuite, test_parsing: n_ must be refused.
  it.each([
    "",
    " ",
    "[1,]",
    "[,1]",
    "[1 2]",
    '["a"',
    '{"a":1,}',
    "{a:1}",
    "{'a':1}",
    '{"a" 1}',
    '{"a":1 "b":2}',
    "[1]x",
    "[-]",
    "[+1]",
    "[01]",
    "[1.]",
    "[.5]",
    "[1e]",
    "[0x1]",
    "[NaN]",
    "[Infinity]",
    "nul",
    "True",
    '["\\x"]',
    '["\\u12"]',
    '["\t"]',
    '["\n"]',
    "[\u00a01]",
    "// no\n1",
    "]",
    "}",
    '"',
    "\u0000",
  ])("is refused with a reason: %j", (text) => {
    expect(parseJson(text)).toMatchObject({ ok: false, reason: expect.any(String) });
  });

  it("is refused when it names one thing twice, because two readers would read two things", () => {
    expect(parseJson('{"a":1,"a":2}')).toMatchObject({ ok: false, reason: 'names "a" twice in one object' });
    expect(parseJson('{"a":1,"\\u0061":2}').ok).toBe(false);
    expect(parseJson('{"__proto__":1,"__proto__":2}').ok).toBe(false);
  });

  it("is refused when it is nested a hundred thousand deep, at once", () => {
    expect(parseJson("[".repeat(100_000))).toMatchObject({ ok: false });
    expect(parseJson('{"a":'.repeat(100_000)).ok).toBe(false);
  });

  it("keeps numbers that a double cannot hold as they were written", () => {
    expect(accepted("[12345678901234567890, 1e999, 9007199254740991, -0, 1.5]")).toEqual([
      "12345678901234567890",
      "1e999",
      9007199254740991,
      -0,
      1.5,
    ]);
  });

  it("takes __proto__ and constructor for names like any other", () => {
    const value = accepted('{"__proto__":{"polluted":true},"constructor":1}') as object;

    expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});
