/** Why a backup is not made or not restored. */
export type BackupRefusalCode =
  | "backup.target_exists"
  | "backup.not_a_backup"
  | "backup.incomplete"
  | "backup.tampered"
  | "backup.of_newer_version"
  | "backup.does_not_fit"
  | "restore.target_not_empty"
  | "restore.keys_missing";

/** A backup cannot be made there, or must not be restored. The message names the file or folder and the way out. */
export class BackupRefused extends Error {
  readonly code: BackupRefusalCode;

  constructor(code: BackupRefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BackupRefused";
    this.code = code;
  }
}
