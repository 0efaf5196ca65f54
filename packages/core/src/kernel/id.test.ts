import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IncidentId, idFrom, isId } from "./id.ts";

const moments = fc.integer({ min: 0, max: 2 ** 47 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe("ids", () => {
  it("are accepted by the schema of their own noun and of no other", () => {
    fc.assert(
      fc.property(moments, random, (unixMs, bytes) => {
        const id = idFrom("inc", unixMs, bytes);
        expect(IncidentId.parse(id)).toBe(id);
        expect(isId("evd", id)).toBe(false);
      }),
    );
  });

  it("sort by the time they were made", () => {
    fc.assert(
      fc.property(moments, moments, random, random, (a, b, one, other) => {
        fc.pre(a !== b);
        expect(idFrom("inc", a, one) < idFrom("inc", b, other)).toBe(a < b);
      }),
    );
  });

  it("carry the version and variant of a UUIDv7", () => {
    fc.assert(
      fc.property(moments, random, (unixMs, bytes) => {
        const value = bitsOf(idFrom("inc", unixMs, bytes));

        expect(value >> 80n).toBe(BigInt(unixMs));
        expect((value >> 76n) & 0xfn).toBe(7n);
        expect((value >> 62n) & 3n).toBe(2n);
      }),
    );
  });

  it("refuse what only looks like one", () => {
    for (const text of [
      "inc_",
      "inc_8zzzzzzzzzzzzzzzzzzzzzzzzz",
      "inc_0000000000000000000000000i",
      "INC_00000000000000000000000000",
    ]) {
      expect(IncidentId.safeParse(text).success).toBe(false);
    }
  });
});

/** The 128 bits that an id's 26 digits stand for. */
function bitsOf(id: string): bigint {
  const digits = "0123456789abcdefghjkmnpqrstvwxyz";
  return [...id.slice(4)].reduce((value, digit) => (value << 5n) | BigInt(digits.indexOf(digit)), 0n);
}
