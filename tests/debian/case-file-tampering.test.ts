import { describe, expect, it } from "vitest";
import { missedByShell } from "../support/case-file-shell.ts";

describe("tampering with a case file", () => {
  it("is found by the shell verifier, which has never heard of us", async () => {
    expect(await missedByShell({ seed: 2028, count: 40 })).toEqual([]);
  });
});
