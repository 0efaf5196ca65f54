import { spawnSync } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { CannotStart, codeOf, type Log } from "../faults.ts";
import { type Account, runsAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { isAlive } from "./process.ts";
import { ownSettings, POSTGRESQL_CONF } from "./settings.ts";

/** The role that may do everything in the embedded database. Only the launcher uses it. */
export const LAUNCHER_ROLE = "jumpkit_launcher";

/** The role that owns Jumpkit's tables; an ordinary role that may create roles, as with `DATABASE_URL`. */
export const OWNER_ROLE = "jumpkit";

/** Where the parts of one embedded database lie. */
export type Cluster = {
  readonly folder: string;
  /** PostgreSQL's own files, owned by the account that it runs as. */
  readonly files: string;
  readonly passwordFile: string;
  readonly logFile: string;
};

/** The parts of the embedded database in `folder`; nothing is created. */
export function clusterIn(folder: string): Cluster {
  return {
    folder,
    files: join(folder, "cluster"),
    passwordFile: join(folder, "password"),
    logFile: join(folder, "server.log"),
  };
}

/** The passwords of both roles. The owner's follows from the launcher's, so that there is one secret to keep. */
export function readPasswords(cluster: Cluster): { readonly launcher: string; readonly owner: string } {
  try {
    const launcher = readFileSync(cluster.passwordFile, "utf8").trim();
    return { launcher, owner: createHmac("sha256", launcher).update(OWNER_ROLE).digest("base64url") };
  } catch (error) {
    throw new CannotStart(
      "data_folder.unreachable",
      `The password of the embedded database in ${cluster.passwordFile} cannot be read. Start as the account that started it first.`,
      { cause: error },
    );
  }
}

/**
 * What PostgreSQL is told as the place of its files.
 *
 * Root runs it as an account that may not be able to enter the folders above (a home with mode 0700), so it
 * is started *in* its folder and told to stay there: `/proc/self/cwd` leads there without passing them.
 */
export function pathOfFiles(files: string, account: Account): string {
  return account.stepsDown && process.platform === "linux" ? "/proc/self/cwd" : files;
}

/**
 * Creates the embedded database in `cluster.folder` unless it is there, whole or not at all.
 *
 * @throws CannotStart  `database.start_failed` when initdb fails or the database is of another major version
 */
export function ensureCluster(cluster: Cluster, binaries: Binaries, account: Account, log: Log): void {
  const major = majorOf(cluster);
  if (major === undefined) {
    removeLeftovers(cluster);
    createCluster(cluster, binaries, account, log);
  } else if (major !== binaries.major) {
    throw new CannotStart(
      "database.start_failed",
      `The database in ${cluster.folder} was made by PostgreSQL ${major}, and this Jumpkit brings ${binaries.major}. Make a backup with the Jumpkit that made it and restore it with this one.`,
    );
  }
}

/** Writes the settings that we choose; those in the operator's part of `postgresql.conf` win. */
export function writeSettings(cluster: Cluster, account: Account, connectionCount?: number): void {
  writeFor(account, join(cluster.files, "jumpkit.conf"), ownSettings(connectionCount));
}

function majorOf(cluster: Cluster): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(cluster.files, "PG_VERSION"), "utf8"), 10);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function createCluster(cluster: Cluster, binaries: Binaries, account: Account, log: Log): void {
  log(`Preparing the database in ${cluster.folder} (only at the first start) …`);
  const half = clusterIn(`${cluster.folder}.new-${process.pid}-${randomBytes(4).toString("hex")}`);
  mkdirSync(half.folder, { mode: 0o700 });
  try {
    mkdirSync(half.files, { mode: 0o700 });
    if (account.stepsDown) chownSync(half.files, account.uid, account.gid);
    const password = randomBytes(32).toString("base64url");
    writeFileSync(half.passwordFile, `${password}\n`, { mode: 0o600, flush: true });
    initdb(half, binaries, account, password);
    writeFor(account, join(half.files, "postgresql.conf"), POSTGRESQL_CONF);
    fsyncFolder(half.folder);
    renameSync(half.folder, cluster.folder);
    fsyncFolder(dirname(cluster.folder));
  } catch (error) {
    rmSync(half.folder, { recursive: true, force: true });
    const madeByAnother = codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST";
    if (!madeByAnother) throw error;
  }
}

function initdb(half: Cluster, binaries: Binaries, account: Account, secret: string): void {
  const path = join(half.folder, "first-password");
  writeFor(account, path, secret);
  // Handed over open: the account may not be able to enter the folders above it.
  const password = openSync(path, "r");
  const { status, stderr, error } = spawnSync(
    binaries.initdb,
    [
      ...["-D", pathOfFiles(half.files, account), "--username", LAUNCHER_ROLE, "--pwfile", "/dev/fd/3"],
      ...["--auth-local", "scram-sha-256", "--auth-host", "reject", "--data-checksums", "--encoding", "UTF8"],
      ...["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions"],
    ],
    { ...runsAs(account), cwd: half.files, encoding: "utf8", stdio: ["ignore", "ignore", "pipe", password] },
  );
  closeSync(password);
  rmSync(path);
  if (status === 0) return;
  const reason = stderr?.trim() || error?.message || `initdb ended with status ${status}`;
  throw new CannotStart("database.start_failed", `The database could not be prepared: ${reason}`);
}

/** A start that was killed leaves a half-made folder; one that still runs keeps it. */
function removeLeftovers(cluster: Cluster): void {
  const parent = dirname(cluster.folder);
  for (const name of readdirSync(parent)) {
    const pid = /^database\.new-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function writeFor(account: Account, path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flush: true });
  if (account.stepsDown) chownSync(path, account.uid, account.gid);
}

function fsyncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
