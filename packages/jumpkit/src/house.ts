import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Instant, instantAt } from "@jumpkit/core";
import {
  type ConnectorParts,
  type Pgp,
  pgpIn,
  type SteadyWork,
  startConnectors,
  startIntake,
  startMailbox,
  startMailer,
} from "@jumpkit/server";
import {
  Accounts,
  Attempts,
  CedarEngine,
  CheckpointPublisher,
  type Database,
  DiskBlobStore,
  EvidenceFiles,
  FileKeys,
  hasOpenRuns,
  Identities,
  incidentKeys,
  keepHouse,
  messageOf,
  migrate,
  openDatabase,
  openKeyRing,
  openPool,
  openSeal,
  PostgresChanges,
  PostgresConnectorQueue,
  PostgresMailboxPlaces,
  PostgresOutbox,
  PostgresReceipts,
  PostgresSpool,
  PostgresWorld,
  readOrMake,
  SecondFactors,
} from "@jumpkit/store";
import { MIGRATIONS_FOLDER, PARSE_THREAD, PRINT_THREAD, verifyScript } from "./assets.ts";
import { connectorsFileOf, readConnectors } from "./connectors.ts";
import { ThreadPress } from "./document/thread-press.ts";
import type { Settings } from "./env.ts";
import { ThreadParser } from "./intake/thread-parser.ts";
import { readMail } from "./mail.ts";
import { readManifestDigests } from "./master-copy/read-manifest.ts";

type Say = (sentence: string) => void;

/** Where each kind of thing lies in the data folder. */
export function foldersIn(dataFolder: string) {
  return {
    keys: join(dataFolder, "keys"),
    checkpoints: join(dataFolder, "checkpoints"),
    blobs: join(dataFolder, "blobs"),
  };
}

/** Database, keys, blobs and log: what every command that touches the record stands on. */
export interface Foundations {
  readonly database: Database;
  readonly publisher: CheckpointPublisher;
  readonly blobs: DiskBlobStore;
  close(): Promise<void>;
}

/**
 * Opens the foundations and brings the database's structure up to date.
 *
 * @param whenInUse  a server refuses a data folder that another one serves; a command attaches to its database
 */
export async function openFoundations(
  settings: Settings,
  whenInUse: "refuse" | "attach",
  say: Say,
  onLost?: (error: Error) => void,
): Promise<Foundations> {
  const folders = foldersIn(settings.dataFolder);
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
  const database = await openDatabase({
    databaseUrl: settings.databaseUrl,
    dataDir: settings.dataFolder,
    log: say,
    whenInUse,
    ...(onLost === undefined ? {} : { onLost }),
  });
  // Publishing has connections of its own: it must not wait for those who wait for it.
  const publishing = openPool(database.databaseUrl, 2);
  const close = async (): Promise<void> => {
    await publishing.end();
    await database.close();
  };
  try {
    await migrate(database.pool, MIGRATIONS_FOLDER);
    const ring = await openKeyRing(folders.keys, settings.recoveryRecipient);
    const blobs = new DiskBlobStore({
      directory: folders.blobs,
      keyOf: incidentKeys(database.pool, ring),
      nameOf: ring.nameOf,
    });
    const publisher = new CheckpointPublisher(publishing, new FileKeys(folders.keys), folders.checkpoints);
    return { database, publisher, blobs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Everything that stands behind the HTTP server. */
export interface House {
  readonly world: PostgresWorld;
  readonly accounts: Accounts;
  readonly factors: SecondFactors;
  readonly attempts: Attempts;
  readonly identities: Identities;
  readonly files: EvidenceFiles;
  readonly receipts: PostgresReceipts;
  readonly trustedHost: string | undefined;
  readonly pgpOf: (organisation: string) => Pgp;
  readonly resolver: string | undefined;
  readonly changes: PostgresChanges;
  readonly spool: PostgresSpool;
  readonly intake: SteadyWork;
  readonly press: ThreadPress;
  close(): Promise<void>;
}

/**
 * Opens the house and checks that the log still holds what was published.
 *
 * @param onLost  called when another Jumpkit took the data folder: nothing may be written any more
 *
 * @throws CannotStart               with what to do
 * @throws LogContradictsCheckpoint  when the database was rolled back or rewritten
 */
export async function openHouse(
  settings: Settings,
  say: Say,
  onLost: (error: Error) => void,
): Promise<House> {
  const now = (): Instant => instantAt(Date.now());
  const connectors = readConnectors(connectorsFileOf(settings));
  const mail = readMail(settings.dataFolder);
  const { database, publisher, blobs, close } = await openFoundations(settings, "refuse", say, onLost);
  const changes = new PostgresChanges(database.databaseUrl);
  try {
    await publisher.checkAll();
    await changes.start();
    const stopPublishing = publishRegularly(publisher, say);
    const stopKeepingHouse = keepHouseRegularly(database.pool, blobs, now, say);
    const { pool } = database;
    const world = new PostgresWorld({
      pool,
      engine: new CedarEngine(),
      publisher,
      now,
      connectors: connectors.map(({ connector }) => connector),
    });
    const spool = new PostgresSpool(pool, database.databaseUrl, now);
    const intake = startIntake({ world, spool, parser: new ThreadParser(PARSE_THREAD), log: say });
    const queue = new PostgresConnectorQueue(pool, database.databaseUrl, now);
    const runs = await runConnectors({ world, queue, connectors, log: say }, changes, pool);
    const pgpOf = (organisation: string) =>
      pgpIn(join(foldersIn(settings.dataFolder).keys, "openpgp"), organisation, readOrMake);
    const outbox = new PostgresOutbox(pool, now);
    const mailer = startMailer({ world, outbox, server: mail?.server, pgpOf, log: say });
    const files = new EvidenceFiles({
      ...{ pool, blobs, publisher, verifyScript: verifyScript(), now },
      readManifest: readManifestDigests,
    });
    const receipts = new PostgresReceipts(pool);
    const mailbox =
      mail?.inbox &&
      startMailbox({
        ...{ world, files, receipts, log: say, inbox: mail.inbox, pgpOf },
        ...{ trustedHost: mail.trustedHost, resolver: mail.resolver },
        places: new PostgresMailboxPlaces(pool),
      });
    const attempts = new Attempts(pool, now);
    const press = new ThreadPress(PRINT_THREAD);
    const seal = await openSeal(foldersIn(settings.dataFolder).keys);
    return {
      world,
      spool,
      intake,
      press,
      accounts: new Accounts(pool, now),
      factors: new SecondFactors({ pool, now, seal, attempts }),
      attempts,
      identities: new Identities(pool, now),
      files,
      receipts,
      ...{ trustedHost: mail?.trustedHost, resolver: mail?.resolver, pgpOf },
      changes,
      close: async () => {
        stopKeepingHouse();
        await press.close();
        await mailbox?.stop();
        await mailer.stop();
        await runs.stop();
        await intake.stop();
        await stopPublishing();
        await changes.stop();
        await close();
      },
    };
  } catch (error) {
    await changes.stop();
    await close();
    throw error;
  }
}

/** Runs connectors where there are any, or runs of them that somebody has to look after; costs nothing else. */
async function runConnectors(
  parts: ConnectorParts,
  changes: PostgresChanges,
  pool: Database["pool"],
): Promise<{ stop(): Promise<void> }> {
  if (parts.connectors.length === 0 && !(await hasOpenRuns(pool))) return { stop: async () => {} };
  const worker = startConnectors(parts);
  const unsubscribe = changes.subscribe(worker.wake);
  return {
    stop: () => {
      unsubscribe();
      return worker.stop();
    },
  };
}

/** How often what has expired is cleared away. */
const KEEP_HOUSE_EVERY_MS = 60 * 60_000;

function keepHouseRegularly(
  pool: Database["pool"],
  blobs: DiskBlobStore,
  now: () => Instant,
  say: Say,
): () => void {
  const timer = setInterval(() => {
    keepHouse(pool, blobs, now()).catch((error: unknown) => say(`Housekeeping failed: ${messageOf(error)}`));
  }, KEEP_HOUSE_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** How often a log that has grown gets its new checkpoint published. */
const PUBLISH_EVERY_MS = 1000;

/** Publishes until it is stopped, and once more then. A failure is told once, not every second. */
function publishRegularly(publisher: CheckpointPublisher, say: Say): () => Promise<void> {
  let told = "";
  let working = Promise.resolve();
  const publish = async (): Promise<void> => {
    try {
      await publisher.publishAll();
      told = "";
    } catch (error) {
      const sentence = `Checkpoints cannot be published: ${messageOf(error)}`;
      if (sentence !== told) say(sentence);
      told = sentence;
    }
  };
  const next = (): Promise<void> => {
    working = working.then(publish);
    return working;
  };
  const timer = setInterval(next, PUBLISH_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return next();
  };
}
