import { describe, expect, it } from "vitest";
import { missedBitFlips, missedTamperings } from "../support/case-file-tamperings.ts";

describe("tampering with a case file", () => {
  it("is found 300 times of 300, each time at its place", async () => {
    expect(await missedTamperings({ seed: 2026, count: 300 })).toEqual([]);
  });

  it("is found when any single bit of the tar is flipped", async () => {
    expect(await missedBitFlips({ seed: 2027, count: 100 })).toEqual([]);
  });
});
