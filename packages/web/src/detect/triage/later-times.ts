import { isZone, offsetMs } from "@jumpkit/core";

const HOUR_MS = 3_600_000;

/** A time to come back at, with its words. */
export type LaterTime = { readonly id: string; readonly label: string; readonly unixMs: number };

/** The times that people mostly mean: soon, this shift, tomorrow morning, after the weekend. */
export function laterTimes(nowMs: number, zone: string): readonly LaterTime[] {
  return [
    { id: "1h", label: "In one hour", unixMs: nowMs + HOUR_MS },
    { id: "4h", label: "In four hours", unixMs: nowMs + 4 * HOUR_MS },
    { id: "tomorrow", label: "Tomorrow at 08:00", unixMs: morning(nowMs, zone, 1) },
    { id: "monday", label: "Next Monday at 08:00", unixMs: morning(nowMs, zone, daysToMonday(nowMs, zone)) },
  ];
}

/** Milliseconds since 1970 of `2026-11-23T08:00` on the wall of `zone`; `undefined` when it is no time there. */
export function timeInZone(typed: string, zone: string): number | undefined {
  const wall = Date.parse(`${typed}Z`);
  if (Number.isNaN(wall) || !isZone(zone)) return undefined;
  const guess = wall - offsetMs(wall, zone);
  // Once more with the offset in force at the guess: it may lie beyond a change of the clocks.
  return wall - offsetMs(guess, zone);
}

function morning(nowMs: number, zone: string, days: number): number {
  const wall = new Date(nowMs + offsetMs(nowMs, zone) + days * 24 * HOUR_MS);
  return timeInZone(`${wall.toISOString().slice(0, 10)}T08:00`, zone) ?? nowMs + days * 24 * HOUR_MS;
}

function daysToMonday(nowMs: number, zone: string): number {
  const day = new Date(nowMs + offsetMs(nowMs, zone)).getUTCDay();
  return (8 - day) % 7 || 7;
}
