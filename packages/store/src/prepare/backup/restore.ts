import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { dataFolder } from "../../database/data-folder.ts";
import { isDiskFull, type Log, messageOf, StorageFull } from "../../database/faults.ts";
import { assertUnchanged, type Migration, migrateWithin, readMigrations } from "../../database/migrate.ts";
import { openDatabase } from "../../database/open.ts";
import { withOwnerTransaction } from "../../database/transaction.ts";
import { BackupRefused } from "./backup-faults.ts";
import {
  copyTarget,
  quoted,
  readForeignKeys,
  readTables,
  readTriggers,
  speakPlainly,
  type Table,
} from "./catalogue.ts";
import { copyHashed, syncFolder, syncTree } from "./hashed-file.ts";
import { type BackupManifest, verifyBackup } from "./manifest.ts";

/** What to restore, and into what. */
export type RestoreOptions = {
  readonly from: string;
  /** Must be empty, apart from a folder `keys` when the backup holds none; made if needed. */
  readonly dataDir: string;
  /** An empty database of the operator's own; without it the embedded one is made in the data folder. */
  readonly databaseUrl?: string | undefined;
  /** The folder of this Jumpkit's migrations. */
  readonly migrations: string;
  readonly log: Log;
};

/** What was restored: the facts of the backup, from which the log's owner sees what it has to say. */
export type Restored = BackupManifest;

/**
 * Brings back a backup, row for row and byte for byte, into an empty data folder and an empty database.
 *
 * Every file is checked before anything is touched. The database takes all or nothing; files take their
 * place when it has. Works across versions of PostgreSQL, between the embedded database and one's own, and
 * brings a backup of an older Jumpkit up to date.
 *
 * @throws BackupRefused  the backup is damaged, does not fit, or the target is not empty; nothing is changed
 * @throws CannotStart    the database cannot be started or reached
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { from, migrations: migrationsFolder, log } = options;
  const dataDir = resolve(options.dataDir);
  log("Checking every file of the backup …");
  const manifest = await verifyBackup(from);
  const migrations = await readMigrations(migrationsFolder);
  assertKnown(manifest, migrations);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await assertEmptyFolder(dataDir, manifest);
  const half = join(dataDir, `.restoring-${randomBytes(4).toString("hex")}`);
  await mkdir(half, { mode: 0o700 });
  try {
    await copyFiles(from, half, manifest);
    log("Bringing back the database …");
    await loadDatabase({ ...options, dataDir: half }, manifest, migrations);
    await syncTree(half);
    await moveIntoPlace(half, dataDir);
    return manifest;
  } catch (error) {
    throw isDiskFull(error) ? new StorageFull("the data folder", error) : error;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

function assertKnown(manifest: BackupManifest, migrations: readonly Migration[]): void {
  try {
    assertUnchanged(migrations, manifest.migrations);
  } catch (error) {
    throw new BackupRefused("backup.of_newer_version", `The backup cannot be restored: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function assertEmptyFolder(dataDir: string, { withKeys }: BackupManifest): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => withKeys || name !== "keys");
  if (names.length === 0) return;
  throw new BackupRefused(
    "restore.target_not_empty",
    `${dataDir} is not empty (${names.slice(0, 3).join(", ")}). A backup is restored only into an empty data folder${withKeys ? "" : ", which may hold the folder keys"}: name another one, or move what is there out of the way.`,
  );
}

async function copyFiles(from: string, half: string, manifest: BackupManifest): Promise<void> {
  for (const { path, sha256 } of manifest.files) {
    if (path.startsWith("tables/")) continue;
    const copied = await copyHashed(join(from, path), join(half, path));
    if (copied.sha256 !== sha256) {
      throw new BackupRefused("backup.tampered", `${path} in ${from} changed while it was being restored.`);
    }
  }
}

async function loadDatabase(
  { from, dataDir, databaseUrl, log }: RestoreOptions,
  manifest: BackupManifest,
  migrations: readonly Migration[],
): Promise<void> {
  const database = await openDatabase({ databaseUrl, dataDir, log, maxConnectionCount: 1 });
  try {
    await withOwnerTransaction(database.pool, async (client) => {
      await assertEmptyDatabase(client);
      await migrateWithin(client, migrations, manifest.migrations.length - 1);
      await loadTables(client, from, manifest);
      await migrateWithin(client, migrations);
    });
    await database.pool.query("ANALYZE");
  } finally {
    await database.close();
  }
}

async function assertEmptyDatabase(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(
    "SELECT tablename FROM pg_tables WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema' LIMIT 1",
  );
  if (rows.length === 0) return;
  throw new BackupRefused(
    "restore.target_not_empty",
    `The database is not empty: it has the table ${rows[0].tablename}. Create an empty one and name it in DATABASE_URL.`,
  );
}

async function loadTables(client: pg.ClientBase, from: string, manifest: BackupManifest): Promise<void> {
  await speakPlainly(client);
  const tables = await readTables(client);
  assertSameTables(tables, manifest.tables);
  const putBack = await removeObstacles(client);
  if (tables.length > 0) {
    // Migrations may have put rows there that the backup holds as well.
    await client.query(`TRUNCATE ${tables.map((table) => quoted(client, table)).join(", ")}`);
  }
  for (const table of manifest.tables) {
    const rows = client.query(copyFrom(`COPY ${copyTarget(client, table)} FROM STDIN`));
    await pipeline(createReadStream(join(from, table.file)), rows);
    if (rows.rowCount !== table.rowCount) {
      throw new BackupRefused(
        "backup.tampered",
        `${table.file} holds ${rows.rowCount} rows and not ${table.rowCount}, as the manifest says.`,
      );
    }
  }
  for (const sequence of manifest.sequences) {
    const { value, isCalled } = sequence;
    await client.query("SELECT setval($1::regclass, $2, $3)", [quoted(client, sequence), value, isCalled]);
  }
  for (const statement of putBack) await client.query(statement);
}

function assertSameTables(ours: readonly Table[], theirs: readonly Table[]): void {
  const describe = ({ schema, name, columns }: Table) =>
    `${schema}.${name} (${columns.toSorted().join(", ")})`;
  const [here, there] = [new Set(ours.map(describe)), new Set(theirs.map(describe))];
  const stranger =
    [...here].find((table) => !there.has(table)) ?? [...there].find((table) => !here.has(table));
  if (stranger === undefined) return;
  throw new BackupRefused(
    "backup.does_not_fit",
    `The table ${stranger} is not both in the backup and in the structure that its migrations lead to.`,
  );
}

/**
 * Lifts, until the statements it gives back are run, what would refuse rows in the order they come: foreign
 * keys, which are checked again when they are put back, and our own triggers, which already did their work.
 */
async function removeObstacles(client: pg.ClientBase): Promise<readonly string[]> {
  const putBack: string[] = [];
  for (const { name, definition, ...table } of await readForeignKeys(client)) {
    const [target, constraint] = [
      quoted(client, { ...table, name: table.table }),
      client.escapeIdentifier(name),
    ];
    await client.query(`ALTER TABLE ${target} DROP CONSTRAINT ${constraint}`);
    putBack.push(`ALTER TABLE ${target} ADD CONSTRAINT ${constraint} ${definition}`);
  }
  for (const { name, fires, ...table } of await readTriggers(client)) {
    const [target, trigger] = [
      quoted(client, { ...table, name: table.table }),
      client.escapeIdentifier(name),
    ];
    await client.query(`ALTER TABLE ${target} DISABLE TRIGGER ${trigger}`);
    putBack.push(`ALTER TABLE ${target} ENABLE ${ENABLED[fires] ?? ""} TRIGGER ${trigger}`);
  }
  return putBack;
}

/** How PostgreSQL notes when a trigger fires, and how it is told. */
const ENABLED: Readonly<Record<string, string>> = { O: "", A: "ALWAYS", R: "REPLICA" };

/** The database comes last: where it stands, everything else does. */
async function moveIntoPlace(half: string, dataDir: string): Promise<void> {
  const [from, to] = [dataFolder(half), dataFolder(dataDir)];
  for (const part of ["blobs", "checkpoints", "keys", "database"] as const) {
    await rename(from[part], to[part]).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    });
  }
  await syncFolder(dataDir);
}
