import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
} from "node:fs";
import { join } from "node:path";
import { CannotStart, codeOf } from "@jumpkit/store";
import type { Account } from "./account.ts";

/**
 * Gives the data folder, with everything of root's in it, to the account; a missing one is made.
 *
 * What belongs to a third account stays as it is: the server then says that it may not use it. A file with a second
 * name stays root's, because the other name may be anything.
 *
 * @throws CannotStart  `data_folder.unreachable` when the account cannot come to the folder
 */
export function handOver(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  give(folder, account, 0);
  if (!canEnter(folder, account)) {
    throw new CannotStart(
      "data_folder.unreachable",
      `A server started as root becomes the account ${account.name}, and that account cannot come to ${folder}. Name a data folder outside root's home (--data), or start as an ordinary user.`,
    );
  }
}

/** How deep to look for what is root's among what is not: a command of root's writes into these folders. */
const DEPTH = 1;

function give(path: string, account: Account, depth: number): void {
  const file = openWithoutFollowing(path);
  if (file === undefined) return;
  try {
    const stat = fstatSync(file);
    const isFolder = stat.isDirectory();
    const isRoots = stat.uid === 0;
    if (isRoots && (isFolder || (stat.isFile() && stat.nlink === 1))) {
      fchownSync(file, account.uid, account.gid);
      if (isFolder) fchmodSync(file, 0o700);
    }
    if (!isFolder || (!isRoots && depth > DEPTH)) return;
    for (const name of readdirSync(path)) give(join(path, name), account, depth + 1);
  } finally {
    closeSync(file);
  }
}

/** A link is never followed, nor is a pipe waited for; sockets cannot be opened and stay as they are. */
function openWithoutFollowing(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (["ELOOP", "ENXIO", "ENOENT"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

function canEnter(folder: string, { uid, gid }: Account): boolean {
  return (
    spawnSync("/bin/sh", ["-c", 'test -w "$1" -a -x "$1"', "sh", folder], { uid, gid, cwd: "/" }).status === 0
  );
}
