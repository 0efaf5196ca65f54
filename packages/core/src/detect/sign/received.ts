import * as z from "zod";
import type { Fact } from "../../document/log/entry.ts";
import { type Id, idSchema } from "../../kernel/id.ts";
import type { Stamp } from "../../kernel/time.ts";
import { SourceId } from "./sign.ts";

export type BatchId = Id<"bat">;
export const BatchId = idSchema("bat");

/** How many items one entry commits to at most. */
export const PART_ITEMS_MAX = 5000;

const Received = z.object({
  batch: BatchId,
  /** Parts of a batch are counted from 1. */
  part: z.int(),
  source: SourceId,
  sourceName: z.string(),
  /** Of the whole batch's bytes, which all of its parts share. */
  sha256: z.string(),
  sizeBytes: z.int(),
  /** Events counted here, each with its digest kept. */
  count: z.int(),
  /** Events that had been counted before. */
  repeats: z.int(),
  /** Sound records that are no signs. */
  skipped: z.int(),
  /** Records that could not be read; they are kept. */
  unread: z.int(),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  /** RFC 6962 root over the items' bytes in their order, base64url. */
  root: z.string(),
  /** The policy and its rule that let the batch in. */
  sentUnder: z.object({ policy: z.string(), rule: z.string() }),
});

/** Bulk signs: one entry tells of thousands of items and commits to every one. */
export const SIGNS_ENTRIES = { "signs.received": Received };

export type Received = z.output<typeof Received>;

/** The entry that tells of one part of a batch. */
export function received(happened: Stamp, body: Received): Fact<typeof SIGNS_ENTRIES> {
  return { type: "signs.received", incident: null, happened, body };
}
