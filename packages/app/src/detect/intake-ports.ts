import type {
  Arrival,
  BatchId,
  Cursor,
  Instant,
  KnownSign,
  Result,
  RolledUp,
  SignEvent,
  SignId,
  Source,
  SourceId,
  SourceReading,
} from "@jumpkit/core";
import type { Viewer } from "../ports.ts";
import type { Refusal } from "../refusals.ts";

/** An item of a batch: an event, its key, and the bytes it was read from with their digest. */
export interface Item extends Arrival {
  /** RFC 6962 leaf hash of `original`. */
  readonly digest: Uint8Array;
  readonly original: Uint8Array;
}

/** A record that could not be read. */
export interface BadRecord {
  /** Its place in the batch, counted from 1. */
  readonly number: number;
  readonly reason: string;
  readonly original: Uint8Array;
}

/** One part of a batch as the parser gives it back. */
export interface ParsedPart {
  readonly items: readonly Item[];
  readonly bad: readonly BadRecord[];
  /** Why records were skipped, and how many for each reason. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly next: Cursor;
  /** Whether nothing of the batch is left. */
  readonly isDone: boolean;
}

/** A batch whose bytes are safe and not yet all worked off. */
export interface PendingBatch {
  readonly id: BatchId;
  readonly source: SourceId;
  /** The person who sent it, as they were then. */
  readonly sender: Viewer;
  /** The policy and rule that let it in. */
  readonly sentUnder: { readonly policy: string; readonly rule: string };
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly cursor: Cursor;
  /** Parts worked off so far. */
  readonly parts: number;
}

/** What rules ask about sources and signs. */
export interface IntakeRecords {
  /** The source, its row locked. */
  source(id: SourceId): Promise<Source | undefined>;
  /** Whether another active source than `except` has this name. */
  sourceNameTaken(name: string, except?: SourceId): Promise<boolean>;
  /** The batch, its row locked, unless nothing of it is left to do. */
  pendingBatch(id: BatchId): Promise<PendingBatch | undefined>;
  /** The signs of those keys that were counted before. */
  countedKeys(source: SourceId, keys: readonly string[]): Promise<ReadonlyMap<string, SignId>>;
  /** The signs with these ids, and those that events of these rules and entities may belong to; locked. */
  signsFor(
    source: SourceId,
    ids: readonly SignId[],
    events: readonly SignEvent[],
  ): Promise<readonly KnownSign[]>;
  /** Batches of a source with records that may be read again, oldest first. */
  unreadBatches(source: SourceId): Promise<readonly UnreadBatch[]>;
  /** RFC 6962 root of leaves with these hashes, base64url. */
  rootOf(leaves: readonly Uint8Array[]): string;
}

/** How many records of a batch may be read again. */
export interface UnreadBatch {
  readonly batch: BatchId;
  readonly count: number;
}

/** What intake changes beside the log. */
export type IntakeEffect = PartStored | UnreadAgain;

/** The unread records of one batch go back into the spool as another. */
export interface UnreadAgain {
  readonly kind: "unread_again";
  readonly from: BatchId;
  readonly as: BatchId;
  readonly sender: Viewer;
  readonly now: Instant;
}

/** One part of a batch is worked off. */
export interface PartStored {
  readonly kind: "part_stored";
  readonly batch: PendingBatch;
  readonly rolledUp: RolledUp<Item>;
  readonly part: ParsedPart;
  readonly now: Instant;
}

/** A window of a batch's bytes, to be parsed where it can be stopped. */
export interface ParseRequest {
  readonly source: SourceReading;
  readonly cursor: Cursor;
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** Parses foreign bytes where a fault, or endless work, harms nobody else. */
export interface Parser {
  /** Rejects when the bytes could not be parsed in the time there is. */
  parse(request: ParseRequest): Promise<ParsedPart>;
  close(): Promise<void>;
}

/** A batch that is waiting for its next part to be worked off. */
export interface NextWork {
  readonly batch: PendingBatch;
  readonly request: ParseRequest;
}

/** Why a batch was not taken in. */
export type SpoolRefusal = Extract<Refusal, { readonly code: `batch.${string}` }>;

/** Where batches wait: their bytes are safe before anybody is told so. */
export interface Spool {
  /**
   * Takes a batch in. When this resolves its bytes are committed.
   *
   * @param compressed  whether the bytes are packed with gzip
   */
  receive(
    sender: Viewer,
    sentUnder: PendingBatch["sentUnder"],
    batch: { readonly source: SourceId; readonly name: string; readonly compressed: boolean },
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<Result<BatchId, SpoolRefusal>>;
  /** Whether this process is the one that works batches off; one at a time is, and another when it ends. */
  leads(): Promise<boolean>;
  /** The next part to work off, of each organisation in its turn; `undefined` when nothing waits. */
  next(): Promise<NextWork | undefined>;
  /** Sets a batch aside that cannot be worked off; its bytes stay. */
  setAside(batch: PendingBatch, reason: string): Promise<void>;
  close(): Promise<void>;
}
