import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

describe("signing in", () => {
  it("goes on to the page that was asked for", () => {
    expect(safeNext("/incidents/inc_1?x=1")).toBe("/incidents/inc_1?x=1");
  });

  it.each([
    undefined,
    "",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
  ])("never leaves this server for %s", (next) => {
    expect(safeNext(next)).toBe("/");
  });
});
