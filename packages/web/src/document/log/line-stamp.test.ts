import { Stamp } from "@jumpkit/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stampOfNow, stampOfTyped } from "./line-stamp.ts";

const typed = (hour: number, minute: number, utc = false) => ({ hour, minute, utc });
const at = (now: string, hour: number, minute: number, zone: string, utc = false): string =>
  stampOfTyped(typed(hour, minute, utc), "", Date.parse(now), zone).at;

describe("a time typed at the start of a line", () => {
  it("is meant on the writer's own wall", () => {
    expect(at("2026-11-22T10:00:00Z", 10, 41, "Europe/Berlin")).toBe("2026-11-22T10:41:00.000+01:00");
  });

  it("is meant in UTC when it ends in Z", () => {
    expect(at("2026-11-22T11:00:00Z", 10, 41, "Europe/Berlin", true)).toBe("2026-11-22T10:41:00.000Z");
  });

  it("is yesterday's when it would lie more than ten minutes ahead", () => {
    expect(at("2026-11-22T00:10:00Z", 23, 50, "UTC")).toBe("2026-11-21T23:50:00.000Z");
    expect(at("2026-11-22T10:35:00Z", 10, 44, "UTC")).toBe("2026-11-22T10:44:00.000Z");
  });

  it("is tomorrow's on the wall when the writer's day has already turned over", () => {
    expect(at("2026-11-21T23:55:00Z", 0, 2, "UTC")).toBe("2026-11-22T00:02:00.000Z");
  });

  it("knows the clock change", () => {
    expect(at("2026-03-29T04:00:00Z", 5, 30, "Europe/Berlin")).toBe("2026-03-29T05:30:00.000+02:00");
    expect(at("2026-03-29T04:00:00Z", 1, 30, "Europe/Berlin")).toBe("2026-03-29T01:30:00.000+01:00");
  });

  it("never lies ahead by more than ten minutes nor back by more than a day and the clock change", () => {
    const zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati"];
    const moment = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom(...zones),
        (now, hour, minute, zone) => {
          const stamp = stampOfTyped(typed(hour, minute), "", now, zone);
          const back = now - Date.parse(stamp.at);

          expect(back).toBeGreaterThanOrEqual(-10 * 60_000);
          expect(back).toBeLessThan(25 * 3_600_000);
          expect(Stamp.safeParse(stamp).success).toBe(true);
        },
      ),
      { seed: 22, numRuns: 300 },
    );
  });
});

describe("a line without a time", () => {
  it("happened when Enter was pressed, told with the writer's offset", () => {
    expect(stampOfNow(Date.parse("2026-11-22T10:41:07.250Z"), "America/St_Johns").at).toBe(
      "2026-11-22T07:11:07.250-03:30",
    );
  });
});
