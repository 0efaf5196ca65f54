import { existsSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { type Actor, type Instant, instantAt, type PersonId } from "@jumpkit/core";
import { BackupRefused, backup, openNewOrigin, restore, verifyBackup } from "@jumpkit/store";
import { parseCheckpoint, parseNote } from "@jumpkit/tlog";
import { MIGRATIONS_FOLDER } from "./assets.ts";
import { doctorCommand } from "./doctor.ts";
import type { Settings } from "./env.ts";
import { type Foundations, foldersIn, openFoundations } from "./house.ts";

type Say = (sentence: string) => void;
interface Output {
  write(text: string): unknown;
}

/**
 * `jumpkit backup FOLDER`: everything, while the server runs.
 *
 * The latest checkpoint is published first, so that the backup promises as much as it can.
 */
export async function backupCommand(
  settings: Settings,
  options: { readonly out: string; readonly withKeys: boolean },
  out: Output,
  say: Say,
): Promise<number> {
  const { database, publisher, close } = await openFoundations(settings, "attach", say);
  try {
    await publisher.publishAll();
    const manifest = await backup({
      pool: database.pool,
      dataDir: settings.dataFolder,
      out: options.out,
      withKeys: options.withKeys,
      now: instantAt(Date.now()),
      log: say,
    });
    out.write(`Backed up ${manifest.files.length} files to ${options.out}\n`);
    if (!options.withKeys) {
      out.write(
        `The keys are not in it. Keep a copy of ${foldersIn(settings.dataFolder).keys} elsewhere: ` +
          "without them no evidence in the backup can be read.\n",
      );
    }
    return 0;
  } finally {
    await close();
  }
}

/**
 * `jumpkit restore FOLDER`: a backup into an empty data folder, proved by `doctor` before it says so.
 *
 * The log goes on under a new origin, because the old one may have been published further than the backup
 * reaches. Only with `published`, the checkpoints of the lost server, and only where they show that nothing is
 * missing, it goes on under the old one.
 *
 * @returns the exit code: 0 restored and sound, 1 restored but not sound
 */
export async function restoreCommand(
  settings: Settings,
  options: { readonly from: string; readonly published?: string | undefined; readonly reason: string },
  out: Output,
  say: Say,
): Promise<number> {
  await keysMustBeThere(options.from, settings.dataFolder);
  await restore({
    from: options.from,
    dataDir: settings.dataFolder,
    databaseUrl: settings.databaseUrl,
    migrations: MIGRATIONS_FOLDER,
    log: say,
  });
  const foundations = await openFoundations(settings, "refuse", say);
  try {
    for (const log of await restoredLogs(foundations)) {
      const known = latestKnown(log.organisation, settings.dataFolder, options.published);
      if (options.published !== undefined && known !== undefined && known.size <= log.size) {
        out.write(`${log.name}: nothing is missing; its log goes on as ${log.origin}\n`);
        continue;
      }
      foundations.publisher.putAside(log.organisation);
      const origin = await openNewOrigin(
        foundations.database.pool,
        log.organisation,
        {
          publishedSize: Math.max(known?.size ?? 0, log.size),
          publishedCheckpoint: known?.note ?? "",
        },
        { now: now(), actor: operator(), reason: options.reason },
      );
      out.write(`${log.name}: restored to ${log.size} entries; its log goes on as ${origin}, and says so\n`);
    }
    await foundations.publisher.publishAll();
  } finally {
    await foundations.close();
  }
  return doctorCommand(settings, {}, out, say);
}

/** A backup without keys goes only where the keys are: new ones would read none of its evidence. */
async function keysMustBeThere(from: string, dataFolder: string): Promise<void> {
  const { withKeys } = await verifyBackup(from);
  const { keys } = foldersIn(dataFolder);
  if (withKeys || existsSync(join(keys, "server.key"))) return;
  throw new BackupRefused(
    "restore.keys_missing",
    `The backup ${from} holds no keys, and without them none of its evidence can be read. ` +
      `Put the folder \`keys\` of the lost server at ${keys} and restore again.`,
  );
}

interface RestoredLog {
  readonly organisation: string;
  readonly name: string;
  readonly origin: string;
  readonly size: number;
}

async function restoredLogs({ database }: Foundations): Promise<readonly RestoredLog[]> {
  const { rows } = await database.pool.query<{
    organisation: string;
    name: string;
    origin: string;
    size: string;
  }>(
    `SELECT h.organisation, o.name, h.origin, h.size FROM log_head h
     JOIN organisation o ON o.organisation = h.organisation ORDER BY 1`,
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** The furthest checkpoint known of the lost log: from the lost server if it is given, else from the backup. */
function latestKnown(organisation: string, dataFolder: string, published: string | undefined) {
  const folders = [...(published === undefined ? [] : [published]), foldersIn(dataFolder).checkpoints];
  const known = folders.flatMap((folder) => readCheckpoint(join(folder, `${organisation}.checkpoint`)) ?? []);
  return known.sort((a, b) => b.size - a.size)[0];
}

function readCheckpoint(file: string): { readonly note: string; readonly size: number } | undefined {
  if (!existsSync(file)) return undefined;
  const note = readFileSync(file, "utf8");
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? { note, size: checkpoint.value.size } : undefined;
}

/** Whoever sits at the console, as far as the machine knows them. */
function operator(): Actor {
  const { username } = userInfo();
  return {
    id: "psn_00000000000000000000000000" as PersonId,
    name: `account ${username} at the server's console`,
    title: "operator",
    phone: "",
  };
}

function now(): Instant {
  return instantAt(Date.now());
}
