import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { dataFolder } from "../../database/data-folder.ts";
import { codeOf, isDiskFull, type Log, StorageFull } from "../../database/faults.ts";
import { readApplied } from "../../database/migrate.ts";
import { withOwnerTransaction } from "../../database/transaction.ts";
import { BackupRefused } from "./backup-faults.ts";
import { copyTarget, readSequences, readTables, speakPlainly, type Table } from "./catalogue.ts";
import { copyHashed, namesBelow, syncFolder, syncTree, writeHashed } from "./hashed-file.ts";
import { type BackedUpTable, type BackupManifest, DIGESTS, digestsOf, MANIFEST } from "./manifest.ts";

/** What to back up, and where to. */
export type BackupOptions = {
  /** Connections as the owner of the tables. */
  readonly pool: pg.Pool;
  readonly dataDir: string;
  /** The folder to make; its parent is made if needed. */
  readonly out: string;
  /**
   * Whether the server's secret keys go in. With them, whoever holds the backup reads all evidence and signs
   * as the log; without them, a restore needs the keys from elsewhere.
   */
  readonly withKeys: boolean;
  /** The moment, UTC, that the backup is dated with. */
  readonly now: string;
  readonly log: Log;
};

type FileInBackup = BackupManifest["files"][number];

/**
 * Writes a backup of everything while Jumpkit works: the database as of one moment, every blob that it knows,
 * the published checkpoints and, if wanted, the keys.
 *
 * The folder appears whole or not at all, and is on the disk when this resolves.
 *
 * @throws BackupRefused  `backup.target_exists`
 * @throws StorageFull, DatabaseUnavailable  nothing is left behind
 */
export async function backup(options: BackupOptions): Promise<BackupManifest> {
  const out = resolve(options.out);
  if (existsSync(out)) {
    throw new BackupRefused("backup.target_exists", `${out} exists already. Name a folder that does not.`);
  }
  const half = `${out}.half-${randomBytes(4).toString("hex")}`;
  await mkdir(half, { recursive: true, mode: 0o700 });
  try {
    const manifest = await fill(half, options);
    await syncTree(half);
    await rename(half, out);
    await syncFolder(dirname(out));
    return manifest;
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw isDiskFull(error) ? new StorageFull("the backup", error) : error;
  }
}

async function fill(
  half: string,
  { pool, dataDir, withKeys, now, log }: BackupOptions,
): Promise<BackupManifest> {
  const places = dataFolder(dataDir);
  // The order matters. Published checkpoints before the database: it then holds all that they promise. Blobs
  // after it: each was on the disk before the database spoke of it.
  const files: FileInBackup[] = await copyBelow(places.checkpoints, half, "checkpoints");
  const database = await copyDatabase(pool, half, log);
  files.push(...database.files);
  const blobs = await copyBelow(places.blobs, half, "blobs");
  log(`Copied ${blobs.length} evidence files.`);
  files.push(...blobs);
  if (withKeys) files.push(...(await copyBelow(places.keys, half, "keys")));
  const manifest: BackupManifest = {
    format: "jumpkit-backup",
    version: 1,
    madeAt: now,
    ...database.facts,
    withKeys,
    blobCount: blobs.length,
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  const { sha256 } = await writeText(join(half, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  await writeText(join(half, DIGESTS), digestsOf(manifest, sha256));
  return manifest;
}

/** Files come and go meanwhile: drafts being replaced, uploads, swept orphans. None of them is missed. */
async function copyBelow(folder: string, half: string, name: string): Promise<FileInBackup[]> {
  const files: FileInBackup[] = [];
  for (const below of await namesBelow(folder, { skipHidden: true })) {
    if (below.endsWith(".draft")) continue;
    const path = `${name}/${below}`;
    try {
      files.push({ path, ...(await copyHashed(join(folder, below), join(half, path))) });
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
      await rm(join(half, path), { force: true });
    }
  }
  return files;
}

type DatabaseFacts = Pick<BackupManifest, "postgresql" | "migrations" | "tables" | "sequences">;

async function copyDatabase(
  pool: pg.Pool,
  half: string,
  log: Log,
): Promise<{ readonly facts: DatabaseFacts; readonly files: readonly FileInBackup[] }> {
  return withOwnerTransaction(
    pool,
    async (client) => {
      await speakPlainly(client);
      const { rows } = await client.query(
        "SELECT current_setting('server_version_num')::int / 10000 AS major",
      );
      const migrations = await readApplied(client);
      const tables: BackedUpTable[] = [];
      const files: FileInBackup[] = [];
      for (const table of await readTables(client)) {
        const path = `tables/${String(tables.length).padStart(4, "0")}-${plain(table.name)}.copy`;
        const { rowCount, ...fingerprint } = await copyTable(client, table, join(half, path));
        tables.push({ ...table, columns: [...table.columns], rowCount, file: path });
        files.push({ path, ...fingerprint });
      }
      log(`Copied ${tables.length} tables.`);
      const sequences = [...(await readSequences(client))];
      const facts = { postgresql: rows[0].major, migrations: [...migrations], tables, sequences };
      return { facts, files };
    },
    "repeatable read, read only",
  );
}

async function copyTable(client: pg.ClientBase, table: Table, path: string) {
  const rows = client.query(copyTo(`COPY ${copyTarget(client, table)} TO STDOUT`));
  const fingerprint = await writeHashed(path, rows);
  return { ...fingerprint, rowCount: rows.rowCount };
}

/** File names say which table it is, and are names on every system. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_]/g, "_");
}

function writeText(path: string, text: string) {
  return writeHashed(
    path,
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
}
