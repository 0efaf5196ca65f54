import type {
  EvidenceId,
  Instant,
  MasterCopy,
  MasterCopyId,
  Result,
  SealedRefusal,
  Signed,
  SignedRefusal,
} from "@jumpkit/core";

/** What rules ask about master copies; whatever is asked for by id is locked until the transaction ends. */
export interface MasterCopyRecords {
  masterCopy(id: MasterCopyId): Promise<MasterCopy | undefined>;
  /** The highest version that was registered for a host of this name; 0 for none. Others who ask wait for this one. */
  newestVersion(name: string): Promise<number>;
  /** The master copy that has a sealed check which is this item of evidence. */
  ofItem(item: EvidenceId): Promise<MasterCopy | undefined>;
  /**
   * The text that a sealed check holds, and the name of the key that signed it; `mastercopy.unknown_key` when none
   * of these did.
   */
  opened(
    sealed: string,
    keys: readonly string[],
  ): Result<{ readonly statement: unknown; readonly sealedBy: string }, SealedRefusal>;
  /** What an envelope of signatures says, and which of these keys signed it; `mastercopy.envelope_broken`. */
  signed(envelope: string, keys: readonly string[]): Result<Signed, SignedRefusal>;
  /** How many entries the manifest has that was sent and read for this copy; `undefined` when none was. */
  readEntryCount(id: MasterCopyId): Promise<number | undefined>;
}

/** What queries read of master copies. */
export interface MasterCopyReading {
  /** Those that are not retired, by name, the newest version of each host first; at most 500. */
  masterCopies(): Promise<readonly MasterCopy[]>;
  masterCopy(id: MasterCopyId): Promise<MasterCopy | undefined>;
  /** Who asked for a master copy and why, newest first; at most 50. */
  fetches(id: MasterCopyId): Promise<readonly CopyFetch[]>;
  /** In which kept manifests files of these digests stand; a digest that stands in none is left out. */
  standings(digests: readonly string[]): Promise<readonly DigestStanding[]>;
  /** How many kept manifests were not read yet: what they hold is not known. */
  unreadCount(): Promise<number>;
}

/** One asking for a master copy. */
export interface CopyFetch {
  readonly by: string;
  readonly at: Instant;
  readonly purpose: string;
}

/** Where files of one digest stand. */
export interface DigestStanding {
  readonly sha256: string;
  /** When the first master copy was registered that a file of this digest stands in, retired ones too. */
  readonly firstAt: Instant;
  /** The master copies, by name, the newest version of each first, without the retired ones. */
  readonly copies: readonly StandingCopy[];
}

/** A master copy that a file stands in. */
export interface StandingCopy {
  readonly id: MasterCopyId;
  readonly name: string;
  readonly version: number;
  readonly isApproved: boolean;
}
