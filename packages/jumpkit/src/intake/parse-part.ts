import { createHash } from "node:crypto";
import type { ParseRequest } from "@jumpkit/app";
import { type Cursor, PART_ITEMS_MAX, type SignEvent } from "@jumpkit/core";
import { readPart } from "@jumpkit/exchange";
import { leafHash } from "@jumpkit/tlog";

/** Records that one part takes at most: those that are no signs cost little, yet not nothing. */
const RECORDS_MAX = 50_000;

/** A parsed part as it crosses threads: the originals stand as places in the window. */
export interface ParsedPlaces {
  readonly items: readonly {
    readonly event: SignEvent;
    readonly key: string;
    readonly digest: Uint8Array;
    readonly start: number;
    readonly end: number;
  }[];
  readonly bad: readonly {
    readonly number: number;
    readonly reason: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly next: Cursor;
  readonly isDone: boolean;
}

/** Reads one part of a batch and says of each event what makes it the same again. */
export function parsePart(request: ParseRequest): ParsedPlaces {
  const { records, next, isDone } = readPart(request, { events: PART_ITEMS_MAX, records: RECORDS_MAX });
  const items: ParsedPlaces["items"][number][] = [];
  const bad: ParsedPlaces["bad"][number][] = [];
  const skipped = new Map<string, number>();
  for (const { number, start, end, read } of records) {
    if (read.what === "bad") bad.push({ number, reason: read.reason, start, end });
    else if (read.what === "skipped") skipped.set(read.why, (skipped.get(read.why) ?? 0) + 1);
    else {
      const digest = leafHash(request.bytes.subarray(start, end));
      items.push({ event: read.event, key: keyOf(read.event, digest), digest, start, end });
    }
  }
  return { items, bad, skipped: Object.fromEntries(skipped), next, isDone };
}

/** Digest of the natural key, else of the bytes; the two never meet. */
function keyOf(event: SignEvent, digest: Buffer): string {
  const hash = createHash("sha256");
  if (event.key === null) hash.update("bytes:").update(digest);
  else hash.update(`key:${JSON.stringify(event.key)}`);
  return hash.digest("base64url");
}
