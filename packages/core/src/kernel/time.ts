import * as z from "zod";

/** A moment: UTC text with milliseconds, `2026-11-22T10:41:07.000Z`. It sorts as text. */
export type Instant = string & { readonly __instant: true };

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const RFC3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** The instant at `unixMs` milliseconds since 1970. */
export function instantAt(unixMs: number): Instant {
  return new Date(unixMs).toISOString() as Instant;
}

/** Milliseconds since 1970 of an instant. */
export function unixMsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant that an RFC 3339 text names, or `undefined` when it names none. */
export function parseInstant(text: string): Instant | undefined {
  if (!RFC3339.test(text)) return undefined;
  const unixMs = Date.parse(text);
  return Number.isNaN(unixMs) ? undefined : instantAt(unixMs);
}

export const Instant = z
  .string()
  .refine((text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)), {
    error: "is not a moment in UTC",
  })
  .meta({ format: "date-time" }) as unknown as z.ZodType<Instant, string>;

/** Whether `zone` is a time zone this platform knows, such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** An IANA time zone name. */
export const Zone = z
  .string()
  .min(1)
  .max(64)
  .refine(isZone, { error: "is not a time zone; write one such as Europe/Berlin or UTC" });

/** How exactly a person knows when something happened. */
export const Precision = z.enum(["second", "minute", "hour", "day"]);
export type Precision = z.infer<typeof Precision>;

/**
 * When something happened, as a person said it.
 *
 * `at` is RFC 3339 with the offset as entered, `zone` the IANA zone it was meant in, `said` the words
 * typed (empty when the moment is "now"). Sort by `instantOf`, never by `at`.
 */
export const Stamp = z.strictObject({
  at: z
    .string()
    .max(40)
    .refine((text) => parseInstant(text) !== undefined, {
      error: "is not a time with its offset; write it as 2026-11-22T10:41:00+01:00",
    }),
  zone: Zone,
  precision: Precision.default("second"),
  said: z.string().max(200).default(""),
});
export type Stamp = z.infer<typeof Stamp>;

/** The UTC moment of a stamp. */
export function instantOf(stamp: { readonly at: string }): Instant {
  const instant = parseInstant(stamp.at);
  if (instant === undefined) throw new RangeError(`Not a time: ${stamp.at}`);
  return instant;
}

/** The stamp of a moment seen on our own clock, told in `zone` with the offset in force there then. */
export function stampNow(now: Instant, zone: string): Stamp {
  return { at: withOffset(now, zone), zone, precision: "second", said: "" };
}

/** RFC 3339 text of `instant` with the offset that `zone` has then; UTC is written `Z`. */
export function withOffset(instant: Instant, zone: string): string {
  const minutes = Math.round(offsetMs(unixMsOf(instant), zone) / 60_000);
  if (minutes === 0) return instant;
  const sign = minutes < 0 ? "-" : "+";
  const part = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  const local = instantAt(unixMsOf(instant) + minutes * 60_000).slice(0, -1);
  return `${local}${sign}${part(Math.floor(size / 60))}:${part(size % 60)}`;
}

/** By how many milliseconds the clocks of `zone` were ahead of UTC at `unixMs`. */
export function offsetMs(unixMs: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(unixMs);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
  return wall - Math.floor(unixMs / 1000) * 1000;
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

/** How many zones' clocks are kept: one is dear to make, and a stranger may name them all. */
const CLOCKS_MAX = 64;

function clockOf(zone: string): Intl.DateTimeFormat {
  const kept = CLOCKS.get(zone);
  if (kept !== undefined) return kept;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (CLOCKS.size >= CLOCKS_MAX) CLOCKS.clear();
  CLOCKS.set(zone, clock);
  return clock;
}
