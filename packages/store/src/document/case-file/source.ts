import type { Readable } from "node:stream";
import type { Signer } from "@jumpkit/tlog";

/** One entry of the incident's log as a case file carries it. */
export interface CaseFileEntry {
  /** The leaf's bytes exactly as the log stores them. */
  readonly leaf: Uint8Array;
  /** The disclosure texts that are handed out, the incident's own among them. Withheld ones are left out. */
  readonly disclosures: readonly string[];
  /** The leaf's place in the log, from 0. */
  readonly index: number;
  /** The inclusion proof against the case file's checkpoint. */
  readonly proof: readonly Buffer[];
}

/** One blob that the incident's evidence items claim, by the digest of its plaintext. */
export interface CaseFileBlob {
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The plaintext, read once and in order. */
  open(): Readable | Promise<Readable>;
}

/** Everything that goes into the case file of one incident. */
export interface CaseFileSource {
  /** The incident's code, which also names the folder: `JK-2026-0042`. */
  readonly code: string;
  readonly organisation: string;
  /** When the case file is made, as UTC text with milliseconds. */
  readonly now: string;
  /** All entries of the incident, oldest first; the last one is `incident.exported`. */
  readonly entries: AsyncIterable<CaseFileEntry>;
  /** The signed checkpoint that covers every entry, verbatim. */
  readonly checkpoint: string;
  /** Holds the log's key; it signs the seal. */
  readonly signer: Signer;
  /** Each blob once, whatever number of items claims it. */
  readonly evidence: readonly CaseFileBlob[];
  /** The report for people, as `renderReport` writes it. */
  readonly report: string;
  /** The shell verifier that the product ships. */
  readonly verifyScript: string;
}
