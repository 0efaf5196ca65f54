import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantAt, instantOf, parseInstant, Stamp, stampNow, withOffset } from "./time.ts";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "America/St_Johns",
];
const moments = fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2099, 0) });

describe("times", () => {
  it("name the same moment in whatever zone they are told", () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), (unixMs, zone) => {
        const instant = instantAt(unixMs);
        expect(instantOf({ at: withOffset(instant, zone) })).toBe(instant);
      }),
    );
  });

  it("bear the offset that was in force then, summer and winter", () => {
    expect(stampNow(instantAt(Date.UTC(2026, 6, 1, 12)), "Europe/Berlin").at).toBe(
      "2026-07-01T14:00:00.000+02:00",
    );
    expect(stampNow(instantAt(Date.UTC(2026, 10, 22, 12)), "Europe/Berlin").at).toBe(
      "2026-11-22T13:00:00.000+01:00",
    );
  });

  it("sort as text in the order they happened", () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        expect(instantAt(a) < instantAt(b)).toBe(a < b);
      }),
    );
  });

  it("are refused without an offset, and with a zone that is none", () => {
    expect(parseInstant("2026-11-22T10:41:00")).toBeUndefined();
    expect(Stamp.safeParse({ at: "2026-11-22T10:41:00Z", zone: "Mars/Olympus" }).success).toBe(false);
    expect(Stamp.safeParse({ at: "yesterday", zone: "UTC" }).success).toBe(false);
  });
});
