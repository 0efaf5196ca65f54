import { describe, expect, it } from "vitest";
import { laterTimes, timeInZone } from "./later-times.ts";

const at = (unixMs: number | undefined) => unixMs && new Date(unixMs).toISOString();

describe("times to come back at", () => {
  it("are mornings on one's own wall, also across a change of the clocks", () => {
    const saturday = Date.parse("2026-10-24T21:30:00Z");

    const times = laterTimes(saturday, "Europe/Berlin").map(({ id, unixMs }) => [id, at(unixMs)]);

    expect(times).toEqual([
      ["1h", "2026-10-24T22:30:00.000Z"],
      ["4h", "2026-10-25T01:30:00.000Z"],
      ["tomorrow", "2026-10-25T07:00:00.000Z"],
      ["monday", "2026-10-26T07:00:00.000Z"],
    ]);
  });

  it("are never today's morning, also on a Monday", () => {
    const monday = Date.parse("2026-11-23T06:00:00Z");

    expect(at(laterTimes(monday, "UTC").find(({ id }) => id === "monday")?.unixMs)).toBe(
      "2026-11-30T08:00:00.000Z",
    );
  });

  it("are read in the zone that is named, and in none that is not known", () => {
    expect(at(timeInZone("2026-11-23T08:00", "Asia/Kolkata"))).toBe("2026-11-23T02:30:00.000Z");
    expect(timeInZone("2026-11-23T08:00", "Mars/Olympus")).toBeUndefined();
    expect(timeInZone("soon", "UTC")).toBeUndefined();
  });
});
