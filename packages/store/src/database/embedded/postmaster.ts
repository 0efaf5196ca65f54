import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { CannotStart, codeOf } from "../faults.ts";
import { type Account, runsAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { type Cluster, pathOfFiles } from "./cluster.ts";
import { isAlive } from "./process.ts";

/** A database server that runs on a cluster's files. */
export type Postmaster = { readonly pid: number; readonly socketFolder: string };

/** A log longer than this is put aside at the next start; the one before it goes. */
const LONGEST_LOG_BYTES = 16 * 1024 * 1024;

/**
 * The server that runs on the cluster's files, whoever started it; `undefined` when none does.
 *
 * A `postmaster.pid` left behind by a crash is removed when its process is gone or has become another program,
 * which happens in containers, where a restart gives out the same process ids again.
 */
export function findPostmaster(cluster: Cluster): Postmaster | undefined {
  const path = join(cluster.files, "postmaster.pid");
  const lines = readLines(path);
  if (lines === undefined) return undefined;
  const pid = Number(lines[0]);
  const socketFolder = lines[4];
  if (isAlive(pid) && isOurs(pid, cluster)) {
    // The file is written in steps; without its socket line the server is still on its way up.
    return { pid, socketFolder: socketFolder ?? "" };
  }
  rmSync(path, { force: true });
  return undefined;
}

/** Starts a server on the cluster's files; it outlives us unless `diesWithParent`. Not yet ready for queries. */
export function launchPostmaster(place: {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly socketFolder: string;
  readonly diesWithParent: boolean;
}): { readonly postmaster: Postmaster; readonly hasEnded: () => boolean; readonly complaints: () => string } {
  const { cluster, binaries, account, socketFolder, diesWithParent } = place;
  const logStart = turnLog(cluster.logFile);
  const log = openSync(cluster.logFile, "a", 0o600);
  const words = [
    binaries.postgres,
    ...["-D", pathOfFiles(cluster.files, account)],
    ...settings({
      listen_addresses: "",
      unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
      unix_socket_permissions: "0700",
      port: "5432",
      fsync: "on",
      full_page_writes: "on",
      ssl: "off",
      cluster_name: "jumpkit",
    }),
  ];
  const [program = "", ...rest] = diesWithParent ? [...dyingWithParent(), ...words] : words;
  const child = spawn(program, rest, {
    ...runsAs(account),
    cwd: cluster.files,
    // In a session of its own: Ctrl-C at the terminal is for us, and we stop it in our time.
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  child.unref();
  if (child.pid === undefined) {
    throw new CannotStart("database.start_failed", `The program ${program} could not be started.`);
  }
  return {
    postmaster: { pid: child.pid, socketFolder },
    hasEnded: () => ended,
    complaints: () => complaintsSince(cluster.logFile, logStart),
  };
}

/** Stops the server: first as soon as its transactions can be rolled back, after a minute at once. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", 60_000],
    ["SIGQUIT", 10_000],
  ] as const) {
    sendSignal(postmaster.pid, signal);
    if (await hasGone(postmaster.pid, waitMs)) return;
  }
  throw new Error(`The database (process ${postmaster.pid}) does not stop.`);
}

async function hasGone(pid: number, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return !isAlive(pid);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

function readLines(path: string): readonly string[] | undefined {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * A server runs as the owner of its files and works in their folder. Where the system does not tell, an
 * existing process must do.
 */
function isOurs(pid: number, cluster: Cluster): boolean {
  if (process.platform !== "linux") return true;
  try {
    if (statSync(`/proc/${pid}`).uid !== statSync(cluster.files).uid) return false;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster.files);
  } catch (error) {
    return codeOf(error) === "EACCES" || codeOf(error) === "EPERM";
  }
}

function settings(values: Record<string, string>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Puts a long log aside; gives back where the next line will be written. */
function turnLog(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= LONGEST_LOG_BYTES) return size;
  renameSync(logFile, `${logFile}.1`);
  return 0;
}

function complaintsSince(logFile: string, start: number): string {
  if (!existsSync(logFile)) return "";
  return readFileSync(logFile).subarray(start).toString("utf8");
}

function dyingWithParent(): readonly string[] {
  const { status } = spawnSync("setpriv", ["--pdeathsig", "INT", "true"], { stdio: "ignore" });
  return status === 0 ? ["setpriv", "--pdeathsig", "INT", "--"] : [];
}
