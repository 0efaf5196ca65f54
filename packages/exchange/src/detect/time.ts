import { type Instant, instantAt, offsetMs, type SourceReading, type TimeFormat } from "@jumpkit/core";

/** A time as an event needs it: in UTC, as it was written, and the zone that was assumed. */
export interface EventTime {
  readonly at: Instant;
  readonly timeAsWritten: string;
  readonly zoneAssumed: string | null;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|z|UTC|[+-]\d\d:?\d\d)?$/;
const WEB_SERVER = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;
const COUNT = /^-?\d{1,14}(?:\.\d{1,9})?$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Times outside of these years are mistakes of a clock or of a mapping. */
const EARLIEST_MS = Date.UTC(1990, 0);
const LATEST_MS = Date.UTC(2100, 0);

/**
 * The moment that a source wrote down, or `undefined` when it is none between 1990 and 2100.
 *
 * A time without an offset is read in the zone of the source. An hour that the clocks skipped or passed twice
 * is read as the later offset has it.
 */
export function readTime(
  written: string,
  format: TimeFormat,
  source: Pick<SourceReading, "zone" | "clockOffsetSeconds">,
): EventTime | undefined {
  const read = unixMs(written.trim(), format, source.zone);
  if (read === undefined) return undefined;
  const ms = Math.floor(read.ms - source.clockOffsetSeconds * 1000);
  if (!(ms >= EARLIEST_MS && ms < LATEST_MS)) return undefined;
  return { at: instantAt(ms), timeAsWritten: written, zoneAssumed: read.assumed ? source.zone : null };
}

function unixMs(text: string, format: TimeFormat, zone: string) {
  switch (format) {
    case "iso":
      return iso(text, zone);
    case "web_server":
      return webServer(text);
    case "unix_seconds":
      return COUNT.test(text) ? { ms: Number(text) * 1000, assumed: false } : undefined;
    case "unix_milliseconds":
      return COUNT.test(text) ? { ms: Number(text), assumed: false } : undefined;
  }
}

function iso(text: string, zone: string) {
  const [match, year, month, day, hour, minute, second = "0", fraction = "", offset] = ISO.exec(text) ?? [];
  if (match === undefined) return undefined;
  const date = wallMs(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (date === undefined) return undefined;
  const wall = date + Number(`0.${fraction}0`) * 1000;
  if (offset !== undefined) return { ms: wall - offsetOf(offset), assumed: false };
  return { ms: wall - zoneOffset(wall, zone), assumed: true };
}

function webServer(text: string) {
  const [match, day, month = "", year, hour, minute, second, offset = ""] = WEB_SERVER.exec(text) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (match === undefined || number === 0) return undefined;
  const wall = wallMs(Number(year), number, Number(day), Number(hour), Number(minute), Number(second));
  return wall === undefined ? undefined : { ms: wall - offsetOf(offset), assumed: false };
}

function wallMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function offsetOf(text: string): number {
  if (!/^[+-]/.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** The offset of a zone at a time of its own clocks; hours are remembered, since asking costs much. */
function zoneOffset(wall: number, zone: string): number {
  if (zone === "UTC") return 0;
  const hour = Math.floor(wall / 3_600_000);
  const name = `${zone} ${hour}`;
  const known = OFFSETS.get(name);
  if (known !== undefined) return known;
  const guess = wall - offsetMs(wall, zone);
  const offset = offsetMs(guess, zone);
  if (OFFSETS.size > 10_000) OFFSETS.clear();
  OFFSETS.set(name, offset);
  return offset;
}

const OFFSETS = new Map<string, number>();
