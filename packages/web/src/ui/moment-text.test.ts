import { sizeText } from "@jumpkit/core";
import { describe, expect, it } from "vitest";
import { durationText, localText, utcText, zoneName } from "./moment-text.ts";

describe("a moment on the page", () => {
  it("is shown in UTC to the second, whatever offset it was said in", () => {
    expect(utcText("2026-11-22T11:41:07.250+01:00")).toBe("2026-11-22 10:41:07Z");
  });

  it("shows what it was given where that is no time", () => {
    expect(utcText("(withheld)")).toBe("(withheld)");
    expect(localText("(withheld)", "Europe/Berlin")).toBe("");
  });

  it("has the reader's clock beside it, with the offset", () => {
    expect(localText("2026-11-22T10:41:07.000Z", "Europe/Berlin")).toBe("11:41:07 GMT+1");
  });

  it("names the reader's day where it is another one than in UTC", () => {
    expect(localText("2026-11-22T23:41:07.000Z", "Asia/Tokyo")).toBe("2026-11-23 08:41:07 GMT+9");
  });

  it("names the zone in full for those who hear the page", () => {
    expect(zoneName("2026-11-22T10:41:07Z", "Europe/Berlin")).toBe("Central European Standard Time");
  });
});

describe("a duration on the page", () => {
  it.each([
    [45_000, "45 s"],
    [12 * 60_000, "12 min"],
    [(2 * 60 + 14) * 60_000, "2 h 14 min"],
    [(3 * 24 + 4) * 3_600_000, "3 d 4 h"],
    [-5, "0 s"],
  ])("%d ms reads %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe("a size on the page", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [4_404_019, "4.2 MiB"],
    [2 ** 31, "2.0 GiB"],
  ])("%d bytes read %s", (sizeBytes, text) => {
    expect(sizeText(sizeBytes)).toBe(text);
  });
});
