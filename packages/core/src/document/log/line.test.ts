import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLine } from "./line.ts";

describe("the grammar of a log line", () => {
  it("finds the time, the people, the assets and the kind", () => {
    const parsed = parseLine(
      "10:41 called J. Ortiz (ISP) +49 30 1234: they see no scan @okafor #www3 !decision",
    );

    expect(parsed.time).toEqual({ hour: 10, minute: 41, utc: false });
    expect(parsed.mentions).toEqual(["okafor"]);
    expect(parsed.assets).toEqual(["www3"]);
    expect(parsed.kind).toBe("decision");
  });

  it("takes addresses, mail and times in the middle for what they are: words", () => {
    const parsed = parseLine("mail from a@b.example at 10:41, ratio 1:2, look!");

    expect(parsed).toMatchObject({ time: undefined, mentions: [], assets: [], kind: "note", parts: [] });
  });

  it("never fails, and every part stands where it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        for (const part of parseLine(text).parts) expect(text.slice(part.from, part.to)).toBe(part.text);
      }),
    );
  });
});
