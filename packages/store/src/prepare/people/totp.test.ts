import { describe, expect, it } from "vitest";
import { base32, codeAt, matchingStep, otpauthUri, stepAt } from "./totp.ts";

const SECRET = Buffer.from("12345678901234567890");

describe("codes of an authenticator", () => {
  it("are those of RFC 6238, appendix B", () => {
    for (const [seconds, code] of [
      [59, "94287082"],
      [1111111109, "07081804"],
      [1111111111, "14050471"],
      [1234567890, "89005924"],
      [2000000000, "69279037"],
      [20000000000, "65353130"],
    ] as const) {
      expect(codeAt(SECRET, stepAt(seconds * 1000), 8)).toBe(code);
    }
  });

  it("hold for their own half minute and the one to each side, and for no other", () => {
    const now = 1_800_000_000_000;
    const accepted = [-2, -1, 0, 1, 2].map(
      (apart) => matchingStep(SECRET, codeAt(SECRET, stepAt(now) + apart), now, 0) !== undefined,
    );

    expect(accepted).toEqual([false, true, true, true, false]);
  });

  it("work once: after one was used, neither it nor an earlier one opens anything", () => {
    const now = 1_800_000_000_000;
    const code = codeAt(SECRET, stepAt(now));
    const used = matchingStep(SECRET, code, now, 0) ?? 0;

    expect(matchingStep(SECRET, code, now + 1000, used)).toBeUndefined();
    expect(matchingStep(SECRET, codeAt(SECRET, used - 1), now, used)).toBeUndefined();
    expect(matchingStep(SECRET, codeAt(SECRET, used + 1), now, used)).toBe(used + 1);
  });

  it("are digits and nothing else", () => {
    for (const code of ["", "12345", "1234567", "12 456", "١٢٣٤٥٦", "12345a"]) {
      expect(matchingStep(SECRET, code, 0, -9)).toBeUndefined();
    }
  });

  it("come from a secret that authenticators can read", () => {
    expect(base32(SECRET)).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(otpauthUri(SECRET, "Harbour CSIRT", "ada")).toBe(
      "otpauth://totp/Harbour%20CSIRT:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Harbour%20CSIRT&algorithm=SHA1&digits=6&period=30",
    );
  });
});
