import { describe, expect, it } from "vitest";
import { progressText } from "./progress.ts";

describe("progress of a long task", () => {
  it("says how much is done, how fast, and how long the rest takes", () => {
    const text = progressText({ entryCount: 1200, readBytes: 45_000_000 }, 9000, 2000);

    expect(text).toBe("1,200 of 9,000 entries, 45 MB, 600/s, 13 s left");
  });

  it("counts in minutes when it takes long, and nothing is left when more came than was counted", () => {
    expect(progressText({ entryCount: 100, readBytes: 0 }, 100_000, 1000)).toContain("17 min left");
    expect(progressText({ entryCount: 110, readBytes: 0 }, 100, 1000)).toContain("0 s left");
  });
});
