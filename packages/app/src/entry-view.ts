import type { AnyEntry } from "@jumpkit/core";
import * as z from "zod";

/** An entry as the log page shows it. Fields of `body` that were withheld or erased are absent. */
export const EntryView = z
  .object({
    seq: z.int(),
    incidentSeq: z.int(),
    type: z.string(),
    happenedAt: z.string().describe("RFC 3339 with the offset as said"),
    zone: z.string().nullable(),
    recordedAt: z.string().describe("UTC"),
    actor: z.object({ id: z.string(), name: z.string(), title: z.string(), phone: z.string() }).nullable(),
    authority: z.object({ policy: z.string(), rule: z.string() }).nullable(),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Entry" });

/** The entry as {@link EntryView} tells it. */
export function entryView(entry: AnyEntry) {
  return {
    seq: entry.seq,
    incidentSeq: entry.incidentSeq ?? 0,
    type: entry.type,
    happenedAt: entry.happenedAt,
    zone: entry.zone ?? null,
    recordedAt: entry.recordedAt,
    actor: entry.actor ?? null,
    authority: entry.authority ?? null,
    body: { ...entry.body },
  };
}
