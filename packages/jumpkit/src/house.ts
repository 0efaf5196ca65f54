import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Instant, instantAt } from "@jumpkit/core";
import {
  Accounts,
  CedarEngine,
  CheckpointPublisher,
  type Database,
  DiskBlobStore,
  EvidenceFiles,
  FileKeys,
  incidentKeys,
  migrate,
  openDatabase,
  openKeyRing,
  openPool,
  PostgresChanges,
  PostgresWorld,
} from "@jumpkit/store";
import { MIGRATIONS_FOLDER, verifyScript } from "./assets.ts";
import type { Settings } from "./env.ts";

/** Everything that stands behind the HTTP server and the commands, opened and checked. */
export interface House {
  readonly database: Database;
  readonly world: PostgresWorld;
  readonly accounts: Accounts;
  readonly files: EvidenceFiles;
  readonly changes: PostgresChanges;
  readonly publisher: CheckpointPublisher;
  close(): Promise<void>;
}

/** How often a log that has grown gets its new checkpoint published. */
const PUBLISH_EVERY_MS = 1000;

/**
 * Opens database, keys, blobs and log, and checks that the log still holds what was published.
 *
 * @throws CannotStart               with what to do
 * @throws LogContradictsCheckpoint  when the database was rolled back or rewritten
 */
export async function openHouse(settings: Settings, log: (sentence: string) => void): Promise<House> {
  const now = (): Instant => instantAt(Date.now());
  const folder = (name: string): string => join(settings.dataFolder, name);
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
  const database = await openDatabase({
    databaseUrl: settings.databaseUrl,
    dataDir: settings.dataFolder,
    log,
  });
  const publishing = openPool(database.databaseUrl, 2);
  const changes = new PostgresChanges(database.databaseUrl);
  const close = async (): Promise<void> => {
    await changes.stop();
    await publishing.end();
    await database.close();
  };
  try {
    await migrate(database.pool, MIGRATIONS_FOLDER);
    const publisher = new CheckpointPublisher(
      publishing,
      new FileKeys(folder("keys")),
      folder("checkpoints"),
    );
    await publisher.checkAll();
    await changes.start();
    const timer = publishRegularly(publisher, log);
    const { pool } = database;
    const ring = await openKeyRing(folder("keys"), settings.recoveryRecipient);
    const files = new EvidenceFiles({
      pool,
      blobs: new DiskBlobStore({
        directory: folder("blobs"),
        keyOf: incidentKeys(pool, ring),
        nameOf: ring.nameOf,
      }),
      publisher,
      verifyScript: verifyScript(),
      now,
    });
    return {
      database,
      world: new PostgresWorld({ pool, engine: new CedarEngine(), publisher, now }),
      accounts: new Accounts(pool, now),
      files,
      changes,
      publisher,
      close: async () => {
        clearInterval(timer);
        await publisher.publishAll().catch(() => {});
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function publishRegularly(publisher: CheckpointPublisher, log: (sentence: string) => void): NodeJS.Timeout {
  let working = false;
  let said = "";
  const timer = setInterval(async () => {
    if (working) return;
    working = true;
    try {
      await publisher.publishAll();
      said = "";
    } catch (error) {
      const sentence = `Checkpoints cannot be published: ${error instanceof Error ? error.message : String(error)}`;
      if (sentence !== said) log(sentence);
      said = sentence;
    } finally {
      working = false;
    }
  }, PUBLISH_EVERY_MS);
  timer.unref();
  return timer;
}
