import type { Cursor, SourceReading } from "@jumpkit/core";
import { READERS } from "./codec.ts";
import { RECORD_MAX_BYTES, type Read } from "./record.ts";

/** Bytes of a batch from where its cursor stands. */
export interface Window {
  readonly source: SourceReading;
  readonly cursor: Cursor;
  readonly bytes: Uint8Array;
  /** Whether nothing follows these bytes. */
  readonly isLast: boolean;
}

/** One record, where it lies in the window, and what it is. */
export interface ReadPart {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly read: Read;
}

/** As much as is taken from a batch at once. */
export interface Limits {
  readonly events: number;
  readonly records: number;
}

/** A part of a batch, read. `next` is `null` at the end of the batch. */
export interface Part {
  readonly records: readonly ReadPart[];
  readonly next: Cursor | null;
}

/** Reads records from a window until it, or what may be taken at once, ends. */
export function readPart(window: Window, limits: Limits): Part {
  const { bytes, source, isLast } = window;
  const reader = READERS[source.kind];
  const records: ReadPart[] = [];
  let at = 0;
  let number = window.cursor.records;
  let events = 0;
  let passing = window.cursor.passing;
  const cursor = (): Cursor => ({ offset: window.cursor.offset + at, records: number, passing });
  while (at < bytes.length) {
    if (events >= limits.events || records.length >= limits.records) return { records, next: cursor() };
    const found = bytes.indexOf(NEWLINE, at);
    if (found < 0 && !isLast && bytes.length - at <= RECORD_MAX_BYTES && !passing) break;
    const end = found < 0 ? bytes.length : found;
    const after = found < 0 ? bytes.length : found + 1;
    if (passing) {
      passing = found < 0;
      at = after;
      continue;
    }
    const last = end > at && bytes[end - 1] === RETURN ? end - 1 : end;
    number++;
    if (last > at) {
      const read: Read =
        last - at > RECORD_MAX_BYTES
          ? { what: "bad", reason: `is longer than ${RECORD_MAX_BYTES / 1024} KiB` }
          : (reader?.(bytes.subarray(at, last), source) ?? { what: "bad", reason: "has no reader" });
      records.push({ number, start: at, end: Math.min(last, at + RECORD_MAX_BYTES), read });
      if (read.what === "event") events++;
    }
    passing = found < 0 && !isLast;
    at = after;
  }
  return { records, next: isLast && at >= bytes.length ? null : cursor() };
}

const NEWLINE = 10;
const RETURN = 13;
