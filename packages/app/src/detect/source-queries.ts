import { BatchId, type Source, SourceDetails, SourceId, silentForHours } from "@jumpkit/core";
import * as z from "zod";
import { Paging, pageOf } from "../list.ts";
import { query } from "../query.ts";
import type { SourceTraffic } from "./source-reading.ts";

const SourceView = z
  .object({
    id: SourceId,
    ...SourceDetails.shape,
    status: z.enum(["active", "retired"]),
    changedSeq: z.int().describe("what a change must have seen"),
    lastArrivalAt: z.string().nullable(),
    silentForHours: z.int().nullable().describe("beyond what is expected of it; null while it is healthy"),
    batches: z.int(),
    events: z.int(),
    repeats: z.int(),
    skipped: z.int(),
    unread: z.int().describe("records that could not be read"),
  })
  .meta({ id: "Source" });

/** A batch on its way from the spool to the queue. */
export const BatchView = z
  .object({
    id: BatchId,
    source: SourceId,
    name: z.string(),
    status: z.enum(["waiting", "done", "set_aside"]),
    receivedAt: z.string(),
    doneAt: z.string().nullable(),
    sha256: z.string(),
    sizeBytes: z.int(),
    doneBytes: z.int(),
    records: z.int(),
    events: z.int(),
    repeats: z.int(),
    signs: z.int().describe("signs that are new"),
    skipped: z.record(z.string(), z.int()),
    unread: z.int(),
    problem: z.string(),
  })
  .meta({ id: "Batch" });
export type BatchView = z.output<typeof BatchView>;

export const listSources = query({
  name: "source.list",
  phase: "detect",
  summary: "Every source of signs, how it is read, and whether it is silent",
  action: "sign.read",
  path: "/v1/source",
  input: z.strictObject({}),
  output: z.object({ items: z.array(SourceView) }),
  run: async (_input, reading) => {
    const traffic = new Map((await reading.sourceTraffic()).map((each) => [each.source, each]));
    const items = (await reading.sources()).map((source) =>
      sourceView(source, traffic.get(source.id), reading.nowMs),
    );
    return { items };
  },
});

export const showBatch = query({
  name: "batch.show",
  phase: "detect",
  summary: "A batch that was sent in: how far it is, and what became of its records",
  action: "sign.read",
  path: "/v1/batch/{batch}",
  input: z.strictObject({ batch: BatchId }),
  output: BatchView,
  run: (input, reading) => reading.batch(input.batch),
});

export const listBatches = query({
  name: "batch.list",
  phase: "detect",
  summary: "What was sent in through a source, newest first",
  action: "sign.read",
  path: "/v1/source/{source}/batch",
  input: z.strictObject({ source: SourceId, ...Paging }),
  output: pageOf(BatchView),
  run: async (input, reading) => {
    if (!(await reading.sources()).some((source) => source.id === input.source)) return undefined;
    const { items, next } = await reading.batches(input.source, input.after, input.limit);
    return { items: [...items], next };
  },
});

const UnreadView = z
  .object({
    batch: BatchId,
    batchName: z.string(),
    record: z.int().describe("its place in the batch, counted from 1; for lines, the line"),
    reason: z.string(),
    sizeBytes: z.int(),
    text: z.string().describe("its beginning, as far as it is text"),
    original: z.string().describe("all of it that was kept, base64"),
  })
  .meta({ id: "UnreadRecord" });

export const listUnread = query({
  name: "source.unread",
  phase: "detect",
  summary: "Records of a source that could not be read, each with its place and the reason",
  action: "sign.read",
  path: "/v1/source/{source}/unread",
  input: z.strictObject({ source: SourceId, ...Paging }),
  output: pageOf(UnreadView),
  run: async (input, reading) => {
    if (!(await reading.sources()).some((source) => source.id === input.source)) return undefined;
    const { items, next } = await reading.unread(input.source, input.after, input.limit);
    return { items: [...items], next };
  },
});

function sourceView(
  source: Source,
  traffic: SourceTraffic | undefined,
  nowMs: number,
): z.input<typeof SourceView> {
  const heardMs = Date.parse(traffic?.lastArrivalAt ?? source.changedAt);
  return {
    ...source,
    lastArrivalAt: traffic?.lastArrivalAt ?? null,
    silentForHours: silentForHours(source, heardMs, nowMs) ?? null,
    batches: traffic?.batches ?? 0,
    events: traffic?.events ?? 0,
    repeats: traffic?.repeats ?? 0,
    skipped: traffic?.skipped ?? 0,
    unread: traffic?.unread ?? 0,
  };
}
