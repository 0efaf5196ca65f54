import type { SignEvent, SourceReading } from "@jumpkit/core";

/**
 * What one record of a source turned out to be.
 *
 * `skipped` is sound and no sign, such as the record of a mere connection; `bad` could not be read and says why.
 */
export type Read =
  | { readonly what: "event"; readonly event: SignEvent }
  | { readonly what: "skipped"; readonly why: string }
  | { readonly what: "bad"; readonly reason: string };

/**
 * Reads one record's bytes. Never throws, whatever they are.
 *
 * @param header  the first record of a table, which names the columns
 */
export type ReadRecord = (record: Uint8Array, source: SourceReading, header: string | null) => Read;

/** The record could not be read. */
export function bad(reason: string): Read {
  return { what: "bad", reason };
}

/** The record is sound and no sign. */
export function skipped(why: string): Read {
  return { what: "skipped", why };
}

/** The text of a record, or `undefined` when it is not UTF-8. A byte order mark at the start is left out. */
export function textOf(record: Uint8Array): string | undefined {
  try {
    return DECODER.decode(record);
  } catch {
    return undefined;
  }
}

const DECODER = new TextDecoder("utf-8", { fatal: true });
