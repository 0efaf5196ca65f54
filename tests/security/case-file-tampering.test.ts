import { describe, expect, it } from "vitest";
import { missedByShell } from "./case-file-shell.ts";
import { missedBitFlips, missedTamperings } from "./case-file-tamperings.ts";

describe("tampering with a case file", () => {
  it("is found 300 times of 300, each time at its place", async () => {
    expect(await missedTamperings({ seed: 2026, count: 300 })).toEqual([]);
  });

  it("is found when any single bit of the tar is flipped", async () => {
    expect(await missedBitFlips({ seed: 2027, count: 100 })).toEqual([]);
  });

  it("is found by the shell verifier as well", async () => {
    expect(await missedByShell({ seed: 2028, count: 12 })).toEqual([]);
  });
});
