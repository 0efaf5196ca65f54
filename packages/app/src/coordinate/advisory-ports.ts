import type { Advisory, AdvisoryId, Contact, KnownBad, Letterhead } from "@jumpkit/core";

/** What an advisory's audience and letter follow from. */
export interface AdvisorySources {
  /** Active contacts, in the order in which they are called; at most 5,000. */
  directory(): Promise<readonly Contact[]>;
  /** What any incident knows of addresses that must not be written to. */
  knownAnywhere(): Promise<KnownBad>;
  letterhead(): Promise<Letterhead | undefined>;
  /** An advisory that was sent in words with this digest, other than `except`. */
  sentAs(saying: string, except: AdvisoryId): Promise<Advisory | undefined>;
}

/** What rules ask about advisories. */
export interface AdvisoryRecords extends AdvisorySources {
  /** The advisory, its row locked until the transaction ends. */
  advisory(id: AdvisoryId): Promise<Advisory | undefined>;
}

/** What queries read of advisories. */
export interface AdvisoryReading extends AdvisorySources {
  sha256(text: string): string;
  advisory(id: AdvisoryId): Promise<Advisory | undefined>;
  /** Advisories, the one that changed last first; at most 500. */
  all(): Promise<readonly Advisory[]>;
}
