import { describe, expect, it } from "vitest";
import { type Instant, parseInstant } from "../../kernel/time.ts";
import { isStale } from "./contact.ts";
import { ALWAYS, isOpenAt } from "./hours.ts";

const at = (text: string): Instant => parseInstant(text) ?? ("" as Instant);
const OFFICE = { days: [1, 2, 3, 4, 5], from: "09:00", until: "17:30" };
const NIGHT = { days: [5], from: "22:00", until: "06:00" };

describe("whether somebody answers now", () => {
  it("is told by the clock where they are, not by ours", () => {
    // Monday, 23 November 2026, 04:00 UTC is 09:30 in Kolkata and 23:00 on Sunday in New York.
    expect(isOpenAt(OFFICE, "Asia/Kolkata", at("2026-11-23T04:00:00Z"))).toBe(true);
    expect(isOpenAt(OFFICE, "America/New_York", at("2026-11-23T04:00:00Z"))).toBe(false);
  });

  it("ends at the minute that it ends, and never with those who always answer", () => {
    expect(isOpenAt(OFFICE, "UTC", at("2026-11-23T17:29:59Z"))).toBe(true);
    expect(isOpenAt(OFFICE, "UTC", at("2026-11-23T17:30:00Z"))).toBe(false);
    expect(isOpenAt(ALWAYS, "UTC", at("2026-11-22T23:59:59Z"))).toBe(true);
  });

  it("goes on into the next day where hours end before they begin", () => {
    expect(isOpenAt(NIGHT, "UTC", at("2026-11-27T23:00:00Z"))).toBe(true);
    expect(isOpenAt(NIGHT, "UTC", at("2026-11-28T05:59:00Z"))).toBe(true);
    expect(isOpenAt(NIGHT, "UTC", at("2026-11-27T05:00:00Z"))).toBe(false);
  });
});

describe("whether a contact can be relied on", () => {
  const verified = { at: "2026-06-01T00:00:00Z", by: "Ada", how: "called" };

  it("ends half a year after it was verified, and when what they published expires", () => {
    const now = at("2026-11-01T00:00:00Z");
    expect(isStale({ verified, validUntil: null }, now)).toBe(false);
    expect(isStale({ verified, validUntil: null }, at("2026-12-01T00:00:00Z"))).toBe(true);
    expect(isStale({ verified, validUntil: at("2026-10-31T00:00:00Z") }, now)).toBe(true);
    expect(isStale({ verified: null, validUntil: null }, now)).toBe(true);
  });
});
