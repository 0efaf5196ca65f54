import { describe, expect, it } from "vitest";
import { instantIn } from "./wall-clock.ts";

describe("a time on somebody's wall", () => {
  it("names one moment, summer and winter and in zones of half an hour", () => {
    expect(instantIn("2026-11-22T08:00", "Europe/Berlin")).toBe("2026-11-22T07:00:00.000Z");
    expect(instantIn("2026-07-01T08:00", "Europe/Berlin")).toBe("2026-07-01T06:00:00.000Z");
    expect(instantIn("2026-11-22T08:00", "Asia/Kolkata")).toBe("2026-11-22T02:30:00.000Z");
  });

  it("means the first of two when the clock goes back, and none that the clock leaps over", () => {
    expect(instantIn("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
    expect(instantIn("2026-03-29T02:30", "Europe/Berlin")).toBeUndefined();
  });

  it("is none in a zone that does not exist, or without its minutes", () => {
    expect(instantIn("2026-11-22T08:00", "Mars/Olympus")).toBeUndefined();
    expect(instantIn("2026-11-22", "UTC")).toBeUndefined();
  });
});
