import type { MasterCopy, MasterCopyId } from "@jumpkit/core";

/** What rules ask about master copies; whatever is asked for by id is locked until the transaction ends. */
export interface MasterCopyRecords {
  masterCopy(id: MasterCopyId): Promise<MasterCopy | undefined>;
  /** The highest version that was registered for a host of this name; 0 for none. */
  newestVersion(name: string): Promise<number>;
}

/** What queries read of master copies. */
export interface MasterCopyReading {
  /** Those that are not retired, by name, the newest version of each host first; at most 500. */
  masterCopies(): Promise<readonly MasterCopy[]>;
}
