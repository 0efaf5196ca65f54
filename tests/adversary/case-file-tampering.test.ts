import { describe, expect, it } from "vitest";
import { missedByShell } from "../support/case-file-shell.ts";
import { missedBitFlips, missedTamperings } from "../support/case-file-tamperings.ts";

describe("a long campaign of tampering with case files", () => {
  it.each(Array.from({ length: 10 }, (_, part) => part + 1))(
    "misses none of 1,000, part %i of 10",
    async (part) => {
      expect(await missedTamperings({ seed: part, count: 1000 })).toEqual([]);
    },
  );

  it("misses no flipped bit of 2,000", async () => {
    expect(await missedBitFlips({ seed: 11, count: 2000 })).toEqual([]);
  });

  it("misses none of 300 by the shell alone", async () => {
    expect(await missedByShell({ seed: 12, count: 300 })).toEqual([]);
  });
});
