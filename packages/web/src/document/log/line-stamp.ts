import { instantAt, offsetMs, type ParsedLine, withOffset } from "@jumpkit/core";

/** A moment as the record takes it: RFC 3339 with its offset, the zone meant, how exact, and the words typed. */
export type TypedStamp = {
  readonly at: string;
  readonly zone: string;
  readonly precision: "second" | "minute";
  readonly said: string;
};

const DAY_MS = 86_400_000;
/** How far ahead of the clock a typed time may lie before it is taken for yesterday's. */
const AHEAD_MS = 10 * 60_000;

/**
 * The moment that a time at the start of a line means: the latest one on the wall of `zone` that is not more
 * than ten minutes ahead of `nowMs`. `23:50` typed at 00:10 is yesterday's.
 *
 * A time with `Z` is meant in UTC.
 */
export function stampOfTyped(
  time: NonNullable<ParsedLine["time"]>,
  said: string,
  nowMs: number,
  zone: string,
): TypedStamp {
  const meant = time.utc ? "UTC" : zone;
  const wall = (time.hour * 60 + time.minute) * 60_000;
  const today = Math.floor((nowMs + offsetMs(nowMs, meant)) / DAY_MS) * DAY_MS;
  const candidates = [1, 0, -1].map((day) => instantOfWall(today + day * DAY_MS + wall, meant));
  const unixMs = candidates.find((candidate) => candidate <= nowMs + AHEAD_MS) ?? nowMs;
  return { at: withOffset(instantAt(unixMs), meant), zone: meant, precision: "minute", said };
}

/** The moment `unixMs` as somebody in `zone` sees it on our own clock. */
export function stampOfNow(unixMs: number, zone: string): TypedStamp {
  return { at: withOffset(instantAt(unixMs), zone), zone, precision: "second", said: "" };
}

/** Twice, because the offset at the guessed moment can differ from the one at the moment itself. */
function instantOfWall(wallMs: number, zone: string): number {
  const guess = wallMs - offsetMs(wallMs, zone);
  return wallMs - offsetMs(guess, zone);
}
