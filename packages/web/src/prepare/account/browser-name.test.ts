import { describe, expect, it } from "vitest";
import { browserName } from "./browser-name.ts";

describe("the name of a browser", () => {
  it("is what its owner recognises", () => {
    for (const [agent, name] of [
      ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
      [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/147.0 Safari/537.36",
        "Chrome on Windows",
      ],
      [
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/147.0 Safari/537.36 Edg/147.0",
        "Edge on Windows",
      ],
      ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604", "Safari on iOS"],
      ["curl/8.14.1", "curl"],
      ["", "A program"],
    ] as const) {
      expect(browserName(agent)).toBe(name);
    }
  });
});
