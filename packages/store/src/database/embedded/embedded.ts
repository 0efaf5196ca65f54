import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { ConnectionSettings } from "../connection.ts";
import { dataFolder } from "../data-folder.ts";
import { CannotStart, codeOf, type Log, messageOf } from "../faults.ts";
import { type Account, chooseAccount } from "./account.ts";
import { type Binaries, prepareBinaries } from "./binaries.ts";
import {
  type Cluster,
  clusterIn,
  ensureCluster,
  LAUNCHER_ROLE,
  OWNER_ROLE,
  readPasswords,
  writeSettings,
} from "./cluster.ts";
import { findPostmaster, launchPostmaster, type Postmaster, stopPostmaster } from "./postmaster.ts";
import { isAlive } from "./process.ts";
import { chooseRuntimeFolder, claimRuntimeFolder, removeRuntimeFolder } from "./runtime-folder.ts";

/** An embedded database that runs, and how to reach it. */
export type Embedded = {
  /** The database as Jumpkit uses it: as the owner of its tables, who is no superuser. */
  readonly settings: ConnectionSettings;
  /** The same database with all rights, for maintenance and tests. */
  readonly superuser: ConnectionSettings;
  /** The process id of the server; another one after a restart, none while it is being brought back. */
  readonly pid: () => number | undefined;
  /** Stops the server, or lets go of it when it belongs to another Jumpkit. May be called twice. */
  readonly stop: () => Promise<void>;
};

/** How to start an embedded database. */
export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly log: Log;
  /** The folder for the socket, when the one chosen by itself does not suit. */
  readonly runtimeDir?: string;
  /** Called when another Jumpkit took the data folder after the database had died: stop working on it at once. */
  readonly onLost?: (error: CannotStart) => void;
  /** Ends the server when this process ends, however it ends, where the system can. For tests. */
  readonly diesWithParent?: boolean;
  /** How many may be connected at once, where one server holds the databases of many tests. */
  readonly connectionCount?: number;
};

type Place = {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly socketFolder: string;
  readonly diesWithParent: boolean;
  readonly connectionCount: number | undefined;
  readonly log: Log;
};

/** A running server and our session on it, which holds the lock as long as it lasts. */
type Hold = { readonly postmaster: Postmaster; readonly session: pg.Client };

/** "JUMPKIT" in ASCII: whoever holds this advisory lock is the one Jumpkit of the data folder. */
const LOCK = "20922938824542548";

/** How long an older server's remains (processes, lock) may stand in the way before we give up. */
const PATIENCE_MS = 20_000;

/**
 * Starts the embedded database of a data folder, creating it at the first start, and keeps it running.
 *
 * A server that an earlier, killed Jumpkit left behind is taken over. One that dies is started again. At most
 * one process at a time holds a data folder; {@link attachEmbedded} is for the others.
 *
 * @throws CannotStart  with what to do: the folder is in use or out of reach, the platform does not fit, …
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const wanted = preparePlace(options);
  const first = await takeHold(wanted);
  // One that was taken over may listen elsewhere than we would have chosen; its successors stay there.
  const place = { ...wanted, socketFolder: first.postmaster.socketFolder };
  const keeper = keepRunning(place, first, options.onLost);
  try {
    await ensureDatabase(first.session, place.cluster);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
  return { ...reach(place.cluster, place.socketFolder), ...keeper };
}

/** Brings the server back whenever our session on it breaks, until `stop`. */
function keepRunning(
  place: Place,
  first: Hold,
  onLost: EmbeddedOptions["onLost"],
): Pick<Embedded, "pid" | "stop"> {
  let hold: Hold | undefined = first;
  let recovering: Promise<void> = Promise.resolve();
  let stopped: Promise<void> | undefined;
  const watch = ({ session }: Hold) => {
    session.once("end", () => {
      if (stopped === undefined) recovering = recover();
    });
  };
  const recover = async () => {
    hold = undefined;
    place.log("The connection to the database was lost: bringing it back …");
    while (stopped === undefined && hold === undefined) {
      try {
        hold = await takeHold(place);
        watch(hold);
        place.log("The database is back.");
      } catch (error) {
        place.log(messageOf(error));
        if (error instanceof CannotStart && error.code === "data_folder.in_use") return onLost?.(error);
        await pause(2_000);
      }
    }
  };
  const stop = async () => {
    await recovering;
    if (hold !== undefined) await letGo(hold);
  };
  watch(first);
  return {
    pid: () => hold?.postmaster.pid,
    stop: () => {
      stopped ??= Promise.resolve().then(stop);
      return stopped;
    },
  };
}

/**
 * The embedded database that another Jumpkit runs on this data folder; `stop` leaves it running.
 *
 * @returns `undefined` when none runs
 */
export async function attachEmbedded(dataDir: string): Promise<Embedded | undefined> {
  const cluster = clusterIn(dataFolder(dataDir).database);
  const postmaster = findPostmaster(cluster);
  if (postmaster === undefined || postmaster.socketFolder === "") return undefined;
  return {
    ...reach(cluster, postmaster.socketFolder),
    pid: () => postmaster.pid,
    stop: () => Promise.resolve(),
  };
}

function preparePlace(options: EmbeddedOptions): Place {
  const { dataDir, log, runtimeDir, diesWithParent = false, connectionCount } = options;
  makeDataFolder(dataDir);
  const root = realpathSync(dataDir);
  const cluster = clusterIn(dataFolder(root).database);
  const account = chooseAccount(cluster.files);
  const binaries = prepareBinaries(account, root, log);
  ensureCluster(cluster, binaries, account, log);
  const socketFolder = chooseRuntimeFolder(root, account, runtimeDir);
  return { cluster, binaries, account, socketFolder, diesWithParent, connectionCount, log };
}

function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CannotStart(
      "data_folder.unreachable",
      `The data folder ${dataDir} cannot be created: ${messageOf(error)}. Name another one.`,
      { cause: error },
    );
  }
}

function reach(cluster: Cluster, host: string): Pick<Embedded, "settings" | "superuser"> {
  const passwords = readPasswords(cluster);
  const common = { host, port: 5432, database: OWNER_ROLE };
  return {
    settings: { ...common, user: OWNER_ROLE, password: passwords.owner },
    superuser: { ...common, user: LAUNCHER_ROLE, password: passwords.launcher },
  };
}

async function letGo({ session, postmaster }: Hold): Promise<void> {
  await session.end().catch(() => {});
  await stopPostmaster(postmaster);
  removeRuntimeFolder(postmaster.socketFolder);
}

/** Takes over the running server or starts one, and takes the lock. */
async function takeHold(place: Place): Promise<Hold> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const running = findPostmaster(place.cluster);
    const outcome = running === undefined ? await launch(place) : await adopt(place, running);
    if ("session" in outcome) {
      await takeLock(outcome, place);
      return outcome;
    }
    if (performance.now() > deadline) throw startFailed(place, outcome.trouble);
    await pause(100);
  }
}

type Trouble = { readonly trouble: string };

async function adopt(place: Place, running: Postmaster): Promise<Hold | Trouble> {
  if (running.socketFolder === "") return { trouble: "another start is under way and does not get on" };
  const session = await openSession(place, running, () => !isAlive(running.pid));
  if (session === undefined) return { trouble: `the server (process ${running.pid}) ended` };
  return { postmaster: running, session };
}

/** Troubles that pass by themselves when the remains of an older server, or another starter, are gone. */
const PASSING =
  /lock file "[^"]+" already exists|pre-existing shared memory block|shared memory block .* still in use/;

async function launch(place: Place): Promise<Hold | Trouble> {
  claimRuntimeFolder(place.socketFolder, place.account);
  writeSettings(place.cluster, place.account, place.connectionCount);
  const { postmaster, hasEnded, complaints } = launchPostmaster(place);
  const session = await openSession(place, postmaster, hasEnded).catch(async (error) => {
    await stopPostmaster(postmaster);
    throw error;
  });
  if (session !== undefined) return { postmaster, session };
  const said = complaints();
  if (!PASSING.test(said)) throw startFailed(place, firstComplaint(said));
  return { trouble: firstComplaint(said) };
}

/** Connects as soon as the server lets us, however long its recovery takes; `undefined` when it ended. */
async function openSession(
  place: Place,
  postmaster: Postmaster,
  hasEnded: () => boolean,
): Promise<pg.Client | undefined> {
  let nextWordAt = performance.now() + 5_000;
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const session = new pg.Client({
      ...reach(place.cluster, postmaster.socketFolder).superuser,
      database: "postgres",
      application_name: `jumpkit ${process.pid}`,
      connectionTimeoutMillis: 10_000,
    });
    session.on("error", () => {});
    try {
      await session.connect();
      return session;
    } catch (error) {
      await session.end().catch(() => {});
      if (hasEnded()) return undefined;
      const isLate = performance.now() > deadline && !isRecovering(error);
      if (isLate || !isNotYetUp(error)) throw startFailed(place, messageOf(error), error);
    }
    if (performance.now() > nextWordAt) {
      place.log("The database is still starting; after a crash it first repeats what its journal holds …");
      nextWordAt = performance.now() + 15_000;
    }
    await pause(25);
  }
}

function isNotYetUp(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error && /terminated|timeout/i.test(error.message);
  return ["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE", "57P03", "57P01", "53300"].includes(code);
}

/** It answers that it cannot yet be connected to, as long as it repeats its journal or shuts down. */
function isRecovering(error: unknown): boolean {
  return codeOf(error) === "57P03";
}

/** A Jumpkit that was just killed may hold the lock for a moment longer. */
async function takeLock({ session }: Hold, place: Place): Promise<void> {
  const deadline = performance.now() + 2_000;
  for (;;) {
    const { rows } = await session.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`);
    if (rows[0].taken === true) return;
    if (performance.now() > deadline) break;
    await pause(100);
  }
  const holder = await holderOfLock(session);
  await session.end();
  throw new CannotStart(
    "data_folder.in_use",
    `The data folder ${place.cluster.folder.replace(/\/database$/, "")} is in use by another Jumpkit${holder}. Stop that one first, or name another data folder.`,
  );
}

async function holderOfLock(session: pg.Client): Promise<string> {
  const { rows } = await session.query(
    `SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
     WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32 | objid::bigint) = ${LOCK}`,
  );
  const pid = /^jumpkit (\d+)$/.exec(rows[0]?.application_name ?? "")?.[1];
  return pid === undefined ? "" : ` (process ${pid})`;
}

/** Creates Jumpkit's role and database; a start that was interrupted between the two is completed. */
async function ensureDatabase(session: pg.Client, cluster: Cluster): Promise<void> {
  const { owner } = readPasswords(cluster);
  const { rows } = await session.query(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
            EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
    [OWNER_ROLE],
  );
  if (!rows[0].role) {
    const password = session.escapeLiteral(owner);
    await session.query(`CREATE ROLE ${OWNER_ROLE} LOGIN CREATEROLE BYPASSRLS PASSWORD ${password}`);
  }
  if (!rows[0].database) {
    await session.query(`CREATE DATABASE ${OWNER_ROLE} OWNER ${OWNER_ROLE} TEMPLATE template0`);
  }
}

function firstComplaint(said: string): string {
  const lines = said.split("\n").filter((line) => /\b(FATAL|PANIC|ERROR):/.test(line));
  const line = lines[0] ?? said.trim().split("\n").at(-1) ?? "";
  return line.replace(/^.*?\b(?:FATAL|PANIC|ERROR):\s*/, "") || "the server ended without a word";
}

function startFailed(place: Place, reason: string, cause?: unknown): CannotStart {
  const log = existsSync(place.cluster.logFile) ? ` Its log is ${place.cluster.logFile}.` : "";
  return new CannotStart("database.start_failed", `The embedded database did not start: ${reason}.${log}`, {
    cause,
  });
}
