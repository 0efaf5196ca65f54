import { RECORD_MAX_BYTES } from "@jumpkit/core";

/**
 * Where a record lies and where the next begins.
 *
 * `over` is one that is longer than any may be: `after` is where its rest begins, or where reading can go on.
 * `more` needs bytes that are not there yet; `end` is the end of the records.
 */
export type Found =
  | { readonly what: "record"; readonly start: number; readonly end: number; readonly after: number }
  | { readonly what: "over"; readonly after: number; readonly reason: string; readonly passing: boolean }
  | { readonly what: "more" }
  | { readonly what: "end" };

/** Finds the record that begins at `at`. */
export type FindRecord = (bytes: Uint8Array, at: number, isLast: boolean) => Found;

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

const TOO_LONG = `is longer than ${RECORD_MAX_BYTES / 1024} KiB`;

/** A record is a line. */
export function findLine(bytes: Uint8Array, at: number, isLast: boolean): Found {
  const found = bytes.indexOf(NEWLINE, at);
  if (found < 0 && !isLast && bytes.length - at <= RECORD_MAX_BYTES + 1) return { what: "more" };
  const end = found < 0 ? bytes.length : found;
  if (end - at > RECORD_MAX_BYTES + 1) {
    const passing = found < 0;
    return { what: "over", after: passing ? bytes.length : found + 1, reason: TOO_LONG, passing };
  }
  return {
    what: "record",
    start: at,
    end: end > at && bytes[end - 1] === RETURN ? end - 1 : end,
    after: found < 0 ? bytes.length : found + 1,
  };
}

/** A record is a row of a table: a line end between quotation marks belongs to the row. */
export function findRow(bytes: Uint8Array, at: number, isLast: boolean): Found {
  let quoted = false;
  const limit = Math.min(bytes.length, at + RECORD_MAX_BYTES);
  for (let place = at; place < limit; place++) {
    const byte = bytes[place];
    if (byte === QUOTE) quoted = !quoted;
    if (byte === NEWLINE && !quoted) {
      const end = place > at && bytes[place - 1] === RETURN ? place - 1 : place;
      return { what: "record", start: at, end, after: place + 1 };
    }
  }
  if (limit < bytes.length || !isLast) {
    if (limit === bytes.length && limit - at < RECORD_MAX_BYTES) return { what: "more" };
    return brokenRow(bytes, at, quoted);
  }
  return quoted ? brokenRow(bytes, at, quoted) : { what: "record", start: at, end: limit, after: limit };
}

/** A quotation mark that nobody closes spoils its own line and not the rest of the table. */
function brokenRow(bytes: Uint8Array, at: number, quoted: boolean): Found {
  const lineEnd = bytes.indexOf(NEWLINE, at);
  const after = lineEnd < 0 ? bytes.length : lineEnd + 1;
  const reason = quoted ? "opens a quotation mark and never closes it" : TOO_LONG;
  return { what: "over", after, reason, passing: lineEnd < 0 };
}

/** A record is an element of a JSON array, whose opening bracket lies behind `at` or at it. */
export function findElement(bytes: Uint8Array, at: number, isLast: boolean): Found {
  let start = at;
  while (start < bytes.length && isBetween(bytes[start] ?? 0)) start++;
  if (start === bytes.length) return isLast ? { what: "end" } : { what: "more" };
  if (bytes[start] === CLOSE_LIST) return { what: "end" };
  let depth = 0;
  let quoted = false;
  const limit = Math.min(bytes.length, start + RECORD_MAX_BYTES);
  for (let place = start; place < limit; place++) {
    const byte = bytes[place] ?? 0;
    if (quoted) {
      if (byte === BACKSLASH) place++;
      else if (byte === QUOTE) quoted = false;
      continue;
    }
    if (byte === QUOTE) quoted = true;
    else if (byte === OPEN_LIST || byte === OPEN_MAP) depth++;
    else if (depth === 0 && (byte === COMMA || byte === CLOSE_LIST)) {
      return { what: "record", start, end: place, after: place };
    } else if (byte === CLOSE_LIST || byte === CLOSE_MAP) {
      depth--;
      if (depth === 0) return { what: "record", start, end: place + 1, after: place + 1 };
    }
  }
  if (limit === bytes.length && !isLast && limit - start < RECORD_MAX_BYTES) return { what: "more" };
  // Where the next element begins cannot be told any more.
  const reason = isLast && limit === bytes.length ? "ends too early" : TOO_LONG;
  return {
    what: "over",
    after: Number.POSITIVE_INFINITY,
    reason: `${reason}; nothing behind it was read`,
    passing: false,
  };
}

/** Whether a byte is white space, or a comma between two elements. */
function isBetween(byte: number): boolean {
  return byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB || byte === COMMA;
}

/** Where the array's elements begin, when the bytes are a JSON array; `undefined` when they are not. */
export function arrayBegins(bytes: Uint8Array): number | undefined {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && isBetween(bytes[at] ?? 0)) at++;
  return bytes[at] === OPEN_LIST ? at + 1 : undefined;
}
