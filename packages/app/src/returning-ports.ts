import type { Backup, BackupId, IncidentId, PasswordReset, ResetId, Restoring } from "@jumpkit/core";

/** What rules and queries both ask about bringing hosts back: backups, restore points, new passwords. */
export interface ReturningSeen {
  /** What an incident says of restoring; nothing yet while nobody said anything. */
  restoring(incident: IncidentId): Promise<Restoring>;
  resetsOf(incident: IncidentId): Promise<readonly PasswordReset[]>;
  /** When the earliest sign of an incident was seen, as text; `null` when it has none. */
  earliestSignAt(incident: IncidentId): Promise<string | null>;
}

/** What rules ask; whatever is asked for by id is locked until the transaction ends. */
export interface ReturningRecords extends ReturningSeen {
  backup(id: BackupId): Promise<Backup | undefined>;
  /** The reset, its incident's row locked before its own. */
  reset(id: ResetId): Promise<PasswordReset | undefined>;
}

/** What queries read. */
export interface ReturningReading extends ReturningSeen {
  /** Backups that are not retired, by name; at most 500. */
  backups(): Promise<readonly Backup[]>;
}
