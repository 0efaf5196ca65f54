import {
  type AnyEntry,
  BACKUP_ENTRIES,
  type Backup,
  foldName,
  type PasswordReset,
  projectBackup,
  projectReset,
  projectRestoring,
  RESET_ENTRIES,
  RESTORE_POINT_ENTRIES,
  type Restoring,
} from "@jumpkit/core";
import type pg from "pg";

/** The tables of bringing hosts back, with the columns of each key beside the organisation. */
export const RETURNING_TABLES = { backup: ["id"], restoring: ["incident"], password_reset: ["id"] } as const;

/** Brings backups, restore points and resets up to date with one more entry; leaves other nouns alone. */
export async function projectReturning(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (entry.type in BACKUP_ENTRIES) {
    await projectBackups(client, organisation, entry as BackupEntry);
  } else if (entry.type in RESTORE_POINT_ENTRIES) {
    await projectRestorings(client, organisation, entry as RestorePointEntry);
  } else if (entry.type in RESET_ENTRIES) {
    await projectResets(client, organisation, entry as ResetEntry);
  }
}

type BackupEntry = Extract<AnyEntry, { type: keyof typeof BACKUP_ENTRIES }>;
type RestorePointEntry = Extract<AnyEntry, { type: keyof typeof RESTORE_POINT_ENTRIES }>;
type ResetEntry = Extract<AnyEntry, { type: keyof typeof RESET_ENTRIES }>;

async function projectBackups(client: pg.ClientBase, organisation: string, entry: BackupEntry) {
  const { rows } = await client.query<{ state: Backup }>(
    "SELECT state FROM backup WHERE organisation = $1 AND id = $2",
    [organisation, entry.body.backup],
  );
  const after = projectBackup(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-backup",
    text: `INSERT INTO backup (organisation, id, folded, active, state) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (organisation, id) DO UPDATE SET folded = $3, active = $4, state = $5`,
    values: [organisation, after.id, foldName(after.name), after.status === "active", JSON.stringify(after)],
  });
}

async function projectRestorings(client: pg.ClientBase, organisation: string, entry: RestorePointEntry) {
  const { rows } = await client.query<{ state: Restoring }>(
    "SELECT state FROM restoring WHERE organisation = $1 AND incident = $2",
    [organisation, entry.incident],
  );
  const after = projectRestoring(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-restoring",
    text: `INSERT INTO restoring (organisation, incident, state) VALUES ($1, $2, $3)
      ON CONFLICT (organisation, incident) DO UPDATE SET state = $3`,
    values: [organisation, after.incident, JSON.stringify(after)],
  });
}

async function projectResets(client: pg.ClientBase, organisation: string, entry: ResetEntry) {
  const { rows } = await client.query<{ state: PasswordReset }>(
    "SELECT state FROM password_reset WHERE organisation = $1 AND id = $2",
    [organisation, entry.body.reset],
  );
  const after = projectReset(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-reset",
    text: `INSERT INTO password_reset (organisation, id, incident, state) VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation, id) DO UPDATE SET state = $4`,
    values: [organisation, after.id, after.incident, JSON.stringify(after)],
  });
}
