import fc from "fast-check";
import { expect, it } from "vitest";
import { base64OfText, textOfBase64 } from "./base64.ts";

it("base64 gives every text back, and is what everybody else writes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
      const encoded = base64OfText(text);

      expect(encoded).toBe(Buffer.from(text, "utf8").toString("base64"));
      expect(textOfBase64(encoded.replaceAll(/.{10}/gu, "$&\r\n"))).toBe(text);
    }),
    { numRuns: 100 },
  );
});
