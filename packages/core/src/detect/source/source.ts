import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { SourceId } from "../sign/sign.ts";
import { SourceReading } from "./reading.ts";

/** What is said of a source when it is set up: its name, how it is read, and how often it is heard of. */
export const SourceDetails = z.strictObject({
  name: line(100),
  reading: SourceReading,
  /** Hours after which its silence is a finding; `null` when it may be silent. */
  expectedEveryHours: z.int().min(1).max(8760).nullable(),
});
export type SourceDetails = z.infer<typeof SourceDetails>;

export const SOURCE_ENTRIES = {
  "source.added": z.object({ source: SourceId, ...SourceDetails.shape }),
  "source.changed": z.object({ source: SourceId, ...SourceDetails.shape }),
  "source.retired": z.object({ source: SourceId, name: z.string(), reason: z.string() }),
};

/** A source of signs as the log says it is now. */
export interface Source extends SourceDetails {
  readonly id: SourceId;
  readonly status: "active" | "retired";
  /** Sequence of the entry that last changed it; what a change must have seen. */
  readonly changedSeq: number;
  /** When that entry was recorded. */
  readonly changedAt: string;
}

/** The source after one more entry; `undefined` in, for the entry that adds it. */
export function projectSource(
  before: Source | undefined,
  entry: Entry<typeof SOURCE_ENTRIES>,
): Source | undefined {
  const { source } = entry.body;
  if (source === undefined) return before;
  const changed = { changedSeq: entry.seq, changedAt: entry.recordedAt };
  if (entry.type === "source.retired") {
    return before && { ...before, status: "retired", ...changed };
  }
  const { name, reading, expectedEveryHours } = entry.body;
  return {
    id: source,
    status: before?.status ?? "active",
    ...changed,
    name: name ?? before?.name ?? "(withheld)",
    reading: reading ?? before?.reading ?? WITHHELD,
    expectedEveryHours: expectedEveryHours ?? null,
  };
}

const WITHHELD: SourceReading = {
  kind: "json",
  zone: "UTC",
  clockOffsetSeconds: 0,
  host: "",
  mapping: null,
};

export type SourceRefusal =
  | { readonly code: "source.name_taken"; readonly name: string }
  | { readonly code: "source.stale"; readonly current: number }
  | { readonly code: "source.retired" }
  | { readonly code: "source.other_kind"; readonly kind: string }
  | { readonly code: "source.needs_mapping"; readonly kind: string }
  | { readonly code: "source.takes_no_mapping"; readonly kind: string };

/** The entry that adds a source, or why it cannot be. */
export function addSource(
  id: SourceId,
  happened: Stamp,
  nameTaken: boolean,
  said: SourceDetails,
): Result<Fact<typeof SOURCE_ENTRIES>, SourceRefusal> {
  const fault = faultOf(said, nameTaken);
  if (fault !== undefined) return refuse(fault);
  return accept({ type: "source.added", incident: null, happened, body: { source: id, ...said } });
}

/** The entry that changes a source; its kind stays, because what came in was read by it. */
export function changeSource(
  source: Source,
  happened: Stamp,
  seen: number,
  nameTaken: boolean,
  said: SourceDetails,
): Result<Fact<typeof SOURCE_ENTRIES>, SourceRefusal> {
  if (source.status === "retired") return refuse({ code: "source.retired" });
  if (source.changedSeq !== seen) return refuse({ code: "source.stale", current: source.changedSeq });
  if (source.reading.kind !== said.reading.kind) {
    return refuse({ code: "source.other_kind", kind: source.reading.kind });
  }
  const fault = faultOf(said, nameTaken);
  if (fault !== undefined) return refuse(fault);
  return accept({
    type: "source.changed",
    incident: null,
    happened,
    body: { source: source.id, ...said },
  });
}

/** The entry that retires a source: nothing more is taken from it, and what came stays. */
export function retireSource(
  source: Source,
  happened: Stamp,
  reason: string,
): Result<Fact<typeof SOURCE_ENTRIES>, SourceRefusal> {
  if (source.status === "retired") return refuse({ code: "source.retired" });
  const body = { source: source.id, name: source.name, reason };
  return accept({ type: "source.retired", incident: null, happened, body });
}

function faultOf({ name, reading }: SourceDetails, nameTaken: boolean): SourceRefusal | undefined {
  if (nameTaken) return { code: "source.name_taken", name };
  const { kind, mapping } = reading;
  const mapped = kind === "json" || kind === "csv";
  if (mapped && mapping === null) return { code: "source.needs_mapping", kind };
  return !mapped && mapping !== null ? { code: "source.takes_no_mapping", kind } : undefined;
}

/** For how many hours a source has been silent beyond what is expected of it; `undefined` while it is healthy. */
export function silentForHours(
  source: Pick<Source, "expectedEveryHours" | "status">,
  lastHeardAtMs: number,
  nowMs: number,
): number | undefined {
  const hours = Math.floor((nowMs - lastHeardAtMs) / 3_600_000);
  const expected = source.expectedEveryHours;
  return source.status === "active" && expected !== null && hours >= expected ? hours : undefined;
}
