import type { BatchId, Source, SourceId } from "@jumpkit/core";
import type { Page } from "../reading.ts";
import type { BatchView } from "./source-queries.ts";

/** What came through a source so far. */
export interface SourceTraffic {
  readonly source: SourceId;
  readonly lastArrivalAt: string | null;
  readonly batches: number;
  readonly events: number;
  readonly repeats: number;
  readonly skipped: number;
  /** Records that could not be read. */
  readonly unread: number;
}

/** A record that could not be read. */
export interface UnreadRecord {
  readonly batch: BatchId;
  readonly batchName: string;
  /** Its place in the batch, counted from 1; for lines, the line. */
  readonly record: number;
  readonly reason: string;
  readonly sizeBytes: number;
  /** Its beginning, as far as it is text. */
  readonly text: string;
  /** All of it that was kept, base64. */
  readonly original: string;
}

/** What queries read about sources and their batches. */
export interface SourceReadings {
  /** The moment of the question, in milliseconds since 1970. */
  readonly nowMs: number;
  /** Active ones first, each by name. */
  sources(): Promise<readonly Source[]>;
  sourceTraffic(): Promise<readonly SourceTraffic[]>;
  batch(id: BatchId): Promise<BatchView | undefined>;
  unread(source: SourceId, after: string, limit: number): Promise<Page<UnreadRecord>>;
  batches(source: SourceId, after: string, limit: number): Promise<Page<BatchView>>;
}
