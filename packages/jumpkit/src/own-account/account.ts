import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { CannotStart } from "@jumpkit/store";

/** The name of the account that a server started as root becomes. */
export const OWN_ACCOUNT = "jumpkit";

/** An account of the operating system. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/**
 * The account of our own, made when it is not there: one without a home, a shell or a password.
 *
 * No other account would do: `nobody` owns what many services leave behind, and keys and evidence are no gift.
 *
 * @throws CannotStart  `account.missing` when it cannot be made; the sentence says by which command a person can
 */
export function ownAccount(say: (sentence: string) => void): Account {
  const there = findAccount();
  if (there !== undefined) return there;
  const words = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
  const made = spawnSync("useradd", [...words, "--shell", "/usr/sbin/nologin", OWN_ACCOUNT], {
    encoding: "utf8",
  });
  const account = findAccount();
  if (account === undefined) {
    const reason = made.stderr?.trim() || made.error?.message || `useradd ended with status ${made.status}`;
    throw new CannotStart(
      "account.missing",
      `A server started as root becomes the account ${OWN_ACCOUNT}, which does not exist and could not be made (${reason}). Make it with: useradd ${words.join(" ")} ${OWN_ACCOUNT}. Or start as an ordinary user.`,
    );
  }
  say(`Made the account ${OWN_ACCOUNT}, which the server runs as.`);
  return account;
}

function findAccount(): Account | undefined {
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [name, , uid, gid, , home = ""] = line.split(":");
    if (name !== OWN_ACCOUNT) continue;
    const account = { name, uid: Number(uid), gid: Number(gid), home };
    if (account.uid > 0 && account.gid > 0) return account;
    throw new CannotStart("account.missing", `The account ${OWN_ACCOUNT} is root under another name.`);
  }
  return undefined;
}
