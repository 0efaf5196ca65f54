import { type Cursor, RECORD_MAX_BYTES, type SourceReading } from "@jumpkit/core";
import { CODECS } from "./codec.ts";
import { bad, type Read, textOf } from "./record.ts";
import { arrayBegins, type Found, findElement } from "./split.ts";

/** Bytes of a batch from where its cursor stands. */
export interface Window {
  readonly source: SourceReading;
  readonly cursor: Cursor;
  /** More than two of the longest records, or all there is. */
  readonly bytes: Uint8Array;
  /** Whether nothing follows these bytes. */
  readonly isLast: boolean;
}

/** One record, where it lies in the window, and what it is. */
export interface ReadPart {
  /** Its place in the batch, counted from 1; for lines, the line. */
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

/** A part of a batch, read, and where the reading stands then. */
export interface Part {
  readonly records: readonly ReadPart[];
  readonly next: Cursor;
  /** Whether nothing of the batch is left. */
  readonly isDone: boolean;
}

/**
 * Reads records from a window until it, or what may be taken at once, ends.
 *
 * However a batch is cut into windows, the same records come out.
 */
export function readPart(window: Window, limits: Limits): Part {
  const walk = new Walk(window);
  let events = 0;
  while (events < limits.events && walk.records.length < limits.records) {
    const read = walk.step();
    if (read === undefined) break;
    if (read === "event") events++;
  }
  return { records: walk.records, next: walk.cursor(), isDone: walk.isDone() };
}

const NEWLINE = 10;

class Walk {
  readonly records: ReadPart[] = [];
  readonly #window: Window;
  #at = 0;
  #number: number;
  #passing: boolean;
  #array: boolean;
  #header: string | null;
  #ended = false;

  constructor(window: Window) {
    this.#window = window;
    const { cursor, source, bytes } = window;
    ({ records: this.#number, passing: this.#passing, array: this.#array, header: this.#header } = cursor);
    const begins = source.kind === "json" && cursor.offset === 0 ? arrayBegins(bytes) : undefined;
    if (begins === undefined) return;
    this.#array = true;
    this.#at = begins;
  }

  isDone(): boolean {
    const { bytes, isLast } = this.#window;
    return this.#ended || (isLast && this.#at >= bytes.length);
  }

  cursor(): Cursor {
    return {
      offset: this.#window.cursor.offset + this.#at,
      records: this.#number,
      passing: this.#passing,
      array: this.#array,
      header: this.#header,
    };
  }

  /** What the next record was, or `undefined` when these bytes hold no further whole one. */
  step(): Read["what"] | "nothing" | undefined {
    const { bytes, isLast, source } = this.#window;
    if (this.#ended || this.#at >= bytes.length) return undefined;
    if (this.#passing) return this.#pass();
    const found = (this.#array ? findElement : CODECS[source.kind].find)(bytes, this.#at, isLast);
    if (found.what === "more") return undefined;
    if (found.what === "end") {
      this.#ended = true;
      return undefined;
    }
    return found.what === "over" ? this.#leave(found) : this.#take(found);
  }

  /** Passes over the rest of a line that was too long. */
  #pass(): "nothing" {
    const end = this.#window.bytes.indexOf(NEWLINE, this.#at);
    this.#passing = end < 0;
    this.#at = end < 0 ? this.#window.bytes.length : end + 1;
    return "nothing";
  }

  #leave(found: Extract<Found, { what: "over" }>): "bad" {
    const { bytes } = this.#window;
    const after = Math.min(found.after, bytes.length);
    this.#number++;
    this.records.push({
      number: this.#number,
      start: this.#at,
      end: Math.min(after, this.#at + RECORD_MAX_BYTES),
      read: bad(found.reason),
    });
    this.#at = after;
    this.#passing = found.passing && !this.#window.isLast;
    if (found.after === Number.POSITIVE_INFINITY) this.#ended = true;
    return "bad";
  }

  #take({ start, end, after }: Extract<Found, { what: "record" }>): Read["what"] | "nothing" {
    const { bytes, source } = this.#window;
    const record = bytes.subarray(start, end);
    this.#at = after;
    this.#number++;
    if (end === start) return "nothing";
    if (source.kind === "csv" && this.#header === null) {
      const header = textOf(record);
      if (header !== undefined) {
        this.#header = header;
        return "nothing";
      }
    }
    const read = CODECS[source.kind].read(record, source, this.#header);
    this.records.push({ number: this.#number, start, end, read });
    return read.what;
  }
}
