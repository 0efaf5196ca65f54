import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestDisclosure, makeDisclosure, readDisclosure } from "./index.ts";

const MALFORMED = { ok: false, refusal: { code: "disclosure.malformed" } };

function encoded(json: string): string {
  return Buffer.from(json).toString("base64url");
}

describe("disclosed fields", () => {
  it("have the digest of the example in RFC 9901 §4.2.1 and §4.2.3", () => {
    const example = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";

    expect(digestDisclosure(example)).toBe("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
    expect(readDisclosure(example)).toEqual({
      ok: true,
      value: { salt: "_26bc4LT-ac6q2KI6cBW5es", name: "family_name", value: "Möbius" },
    });
  });

  it("read back what they were made from", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.jsonValue(), (salt, name, value) => {
        const disclosure = { salt, name, value: JSON.parse(JSON.stringify(value)) };

        expect(readDisclosure(makeDisclosure(disclosure))).toEqual({ ok: true, value: disclosure });
      }),
      { seed: 9901 },
    );
  });

  it("have another digest under another salt", () => {
    const one = makeDisclosure({ salt: "a", name: "phone", value: "+41 44 000 00 00" });
    const two = makeDisclosure({ salt: "b", name: "phone", value: "+41 44 000 00 00" });

    expect(digestDisclosure(one)).not.toBe(digestDisclosure(two));
  });

  it.each([
    ["nothing", ""],
    ["padding", `${encoded('["s","n",1]')}=`],
    ["another alphabet", "WyJzIiwibiIsIj8/Il0+"],
    ["no array", encoded('{"salt":"s"}')],
    ["two elements, as an array's disclosure has", encoded('["s",1]')],
    ["four elements", encoded('["s","n",1,2]')],
    ["a salt that is no text", encoded('[1,"n",1]')],
    ["a name that is no text", encoded('["s",null,1]')],
    ["a reserved name", encoded('["s","_sd",[]]')],
    ["broken JSON", encoded('["s","n",')],
    ["broken UTF-8", Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]).toString("base64url")],
    ["more than a mebibyte", encoded(`["s","n","${"x".repeat(1024 * 1024)}"]`)],
  ])("are malformed with %s", (_, text) => {
    expect(readDisclosure(text)).toEqual(MALFORMED);
  });

  it("cannot be made under a name that RFC 9901 reserves", () => {
    expect(() => makeDisclosure({ salt: "s", name: "...", value: 1 })).toThrow(RangeError);
  });
});
