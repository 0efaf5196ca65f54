import { readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { CannotStart } from "../faults.ts";

/** The operating-system account that the embedded database runs as. */
export type Account = {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** `true` when we are root and have to become this account, because PostgreSQL refuses to run as root. */
  readonly stepsDown: boolean;
};

/** In this order: an account made for us, the one Debian's PostgreSQL brings, the one every system has. */
const ACCOUNTS_FOR_ROOT = ["jumpkit", "postgres", "nobody"];

/**
 * The account to run the database of the folder `cluster` as.
 *
 * An ordinary user runs it as themselves. Root hands it to another account: the one that owns the folder
 * already, otherwise the first that exists of `jumpkit`, `postgres`, `nobody`.
 *
 * @throws CannotStart  `account.missing`, or `data_folder.unreachable` when the folder is somebody else's
 */
export function chooseAccount(cluster: string): Account {
  const owner = ownerOf(cluster);
  if (process.getuid?.() === 0) return accountForRoot(owner);
  const self = ownAccount();
  if (owner !== undefined && owner.uid !== self.uid) {
    throw new CannotStart(
      "data_folder.unreachable",
      `The database in ${cluster} belongs to another account (user id ${owner.uid}), probably because it was first started as root. Start as that account or as root, or name another data folder.`,
    );
  }
  return self;
}

function ownAccount(): Account {
  try {
    const { username, uid, gid } = userInfo();
    return { name: username, uid, gid, stepsDown: false };
  } catch (error) {
    throw new CannotStart(
      "account.missing",
      `User id ${process.getuid?.()} has no entry in /etc/passwd, and PostgreSQL does not run without one. Add the entry, or set DATABASE_URL to use a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}

function accountForRoot(owner: { readonly uid: number } | undefined): Account {
  const known = readAccounts();
  if (owner !== undefined && owner.uid !== 0) {
    const account = known.find(({ uid }) => uid === owner.uid);
    if (account !== undefined) return account;
    throw new CannotStart(
      "account.missing",
      `The database belongs to user id ${owner.uid}, which has no entry in /etc/passwd. Add the entry, or hand the database's folder to another account with chown -R.`,
    );
  }
  for (const name of ACCOUNTS_FOR_ROOT) {
    const account = known.find((one) => one.name === name && one.uid > 0);
    if (account !== undefined) return account;
  }
  throw new CannotStart(
    "account.missing",
    "PostgreSQL does not run as root, and none of the accounts jumpkit, postgres and nobody exists. Create one (useradd --system jumpkit), start as an ordinary user, or set DATABASE_URL.",
  );
}

function readAccounts(): readonly Account[] {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    if (name === undefined || !/^\d+$/.test(uid ?? "") || !/^\d+$/.test(gid ?? "")) return [];
    return [{ name, uid: Number(uid), gid: Number(gid), stepsDown: true }];
  });
}

function ownerOf(folder: string): { readonly uid: number } | undefined {
  try {
    return statSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    throw new CannotStart(
      "data_folder.unreachable",
      `This account may not look into ${folder}: it probably belongs to another account. Start as that account, or name another data folder.`,
      { cause: error },
    );
  }
}

/** What `spawn` needs to run a program as `account`, with nothing of our environment that it could stumble over. */
export function runsAs(account: Account): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  const { PATH } = process.env;
  const env: NodeJS.ProcessEnv = {
    PATH,
    // The shipped build has no locales of its own; C.UTF-8 is part of every current Linux, C of everything.
    LC_ALL: process.platform === "linux" ? "C.UTF-8" : "C",
    TZ: "UTC",
  };
  return account.stepsDown ? { uid: account.uid, gid: account.gid, env } : { env };
}
