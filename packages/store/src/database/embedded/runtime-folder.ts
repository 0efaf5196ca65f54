import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotStart, codeOf } from "../faults.ts";
import type { Account } from "./account.ts";

/** A socket's path fits into 108 bytes with a closing zero; macOS has four bytes less. */
const LONGEST_SOCKET_PATH_BYTES = process.platform === "linux" ? 107 : 103;
const SOCKET_NAME = ".s.PGSQL.5432";

/**
 * The folder for the database's socket, with a path short enough for one; nothing is created.
 *
 * It lies in the data folder where possible. Where that path is too long, or root runs the database as
 * another account that may not be able to enter the data folder, it lies in the system's folder for such things.
 *
 * @param wanted  the folder to use instead, from the operator
 * @throws CannotStart  `data_folder.unreachable` when `wanted` is too long
 */
export function chooseRuntimeFolder(dataDir: string, account: Account, wanted?: string): string {
  const folder = wanted ?? choose(dataDir, account);
  if (fits(folder)) return folder;
  throw new CannotStart(
    "data_folder.unreachable",
    `The folder for the database's socket, ${folder}, has too long a path: the socket's must not exceed ${LONGEST_SOCKET_PATH_BYTES} bytes.`,
  );
}

/**
 * Makes `folder` one that only `account` can enter.
 *
 * @throws CannotStart  `data_folder.unreachable` when somebody else has taken its name, as is possible in /tmp
 */
export function claimRuntimeFolder(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  const ours = stat.uid === process.getuid?.() || stat.uid === account.uid;
  if (!stat.isDirectory() || !ours) {
    throw new CannotStart(
      "data_folder.unreachable",
      `${folder}, where the database's socket goes, belongs to another account. Remove it and start again.`,
    );
  }
  if (account.stepsDown && stat.uid !== account.uid) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
}

/** Removes an emptied runtime folder; one that holds something is left alone. */
export function removeRuntimeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "EACCES" && code !== "EPERM") throw error;
  }
}

function choose(dataDir: string, account: Account): string {
  const own = join(dataDir, "run");
  if (!account.stepsDown && fits(own)) return own;
  const name = createHash("sha256").update(realpathSync(dataDir)).digest("hex").slice(0, 12);
  if (account.stepsDown && isWritable("/run")) return join("/run", `jumpkit-${name}`);
  const { XDG_RUNTIME_DIR: session } = process.env;
  if (!account.stepsDown && session !== undefined && isWritable(session)) {
    const folder = join(session, `jumpkit-${name}`);
    if (fits(folder)) return folder;
  }
  const folder = join(tmpdir(), `jumpkit-${account.uid}-${name}`);
  return !account.stepsDown && fits(folder) ? folder : join("/tmp", `jumpkit-${account.uid}-${name}`);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_SOCKET_PATH_BYTES;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
