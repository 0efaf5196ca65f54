import type { EvidenceId, MasterCopy, MasterCopyId, Result, SealedRefusal } from "@jumpkit/core";

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
}

/** What queries read of master copies. */
export interface MasterCopyReading {
  /** Those that are not retired, by name, the newest version of each host first; at most 500. */
  masterCopies(): Promise<readonly MasterCopy[]>;
}
