import { createHash } from "node:crypto";
import { type Dirent, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { bytesOf, type RawPath, rawPath } from "./raw-path.ts";

/** What the package database of a Debian system says about the files on it. */
export interface PackageDatabase {
  /** Installed versions by package; the architecture is part of the name where the database makes it so. */
  readonly versions: ReadonlyMap<string, string>;
  /** The package that owns a path, by absolute path on that system. */
  readonly owners: ReadonlyMap<RawPath, string>;
  /** The MD5 that a package's list gives for its file, read anew for each package that is asked for. */
  md5Of(path: RawPath): string | undefined;
  /** Every path that the list of an installed package names, folders too. */
  namedBy(owner: string): readonly RawPath[];
}

/** Old places that lead to a place below /usr on a merged system; package lists still name them. */
const MERGED = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

/**
 * Reads what dpkg knows.
 *
 * @param root   where the file system of the host begins on this machine
 * @param below  the part of the host that is asked about, empty for all: what is elsewhere may have no owner
 * @returns      undefined when nothing was installed by dpkg there
 */
export function readPackages(root: string | undefined, below: string): PackageDatabase | undefined {
  if (root === undefined) return undefined;
  const folder = join(root, "var/lib/dpkg");
  const status = readOrNothing(join(folder, "status"));
  if (status === undefined) return undefined;
  const versions = installedVersions(status);
  const place = placement(root, folder);
  const owners = new Map<RawPath, string>();
  const named = namedIn(below, readOrNothing(join(folder, "diversions")));
  for (const name of namesIn(join(folder, "info"))) {
    if (!name.endsWith(".list")) continue;
    const owner = name.slice(0, -".list".length);
    const list = readOrNothing(join(folder, "info", name));
    if (list?.includes(named) !== true) continue;
    for (const path of pathsIn(list, owner, place)) owners.set(path, owner);
  }
  const lists = new Map<string, ReadonlyMap<RawPath, string>>();
  return {
    versions,
    owners,
    md5Of: (path) => {
      const owner = owners.get(path);
      if (owner === undefined) return undefined;
      const list = lists.get(owner) ?? md5List(folder, owner, place, status);
      lists.set(owner, list);
      return list.get(path);
    },
    namedBy: (owner) => pathsIn(readOrNothing(join(folder, "info", `${owner}.list`)), owner, place),
  };
}

function pathsIn(
  list: Buffer | undefined,
  owner: string,
  place: (path: RawPath, owner: string) => RawPath,
): RawPath[] {
  return linesOf(list)
    .filter((line) => line.startsWith("/") && line !== "/.")
    .map((line) => place(line as RawPath, owner));
}

/** What a list holds that names anything there: the place itself, where neither merging nor diversion leads to it. */
function namedIn(below: string, diversions: Buffer | undefined): string {
  const top = /^\/[^/]+/u.exec(below)?.[0] ?? "";
  const isElsewhere = top === "/usr" || MERGED.includes(top.slice(1)) || diversions?.includes(top) === true;
  // A list names the folders on the way too, each on a line of its own; its first line is never one of them.
  return isElsewhere || top === "" ? "/" : `\n${below.replace(/\/+$/u, "")}`;
}

/** The MD5 of a file, as dpkg's lists hold it, or undefined when it cannot be read. */
export function fileMd5(path: RawPath): string | undefined {
  try {
    return createHash("md5")
      .update(readFileSync(bytesOf(path)))
      .digest("hex");
  } catch {
    return undefined;
  }
}

function installedVersions(status: Buffer): Map<string, string> {
  const versions = new Map<string, string>();
  for (const paragraph of status.toString().split("\n\n")) {
    if (!/^Status: \S+ \S+ (?:installed|triggers-\w+)$/mu.test(paragraph)) continue;
    const name = fieldOf(paragraph, "Package");
    const version = fieldOf(paragraph, "Version");
    if (name === undefined || version === undefined) continue;
    const isPerArchitecture = fieldOf(paragraph, "Multi-Arch") === "same";
    versions.set(isPerArchitecture ? `${name}:${fieldOf(paragraph, "Architecture") ?? ""}` : name, version);
  }
  return versions;
}

function fieldOf(paragraph: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, "mu").exec(paragraph)?.[1];
}

/** Where a file of a package really is: on a merged system, and after a diversion. */
function placement(root: string, folder: string): (path: RawPath, owner: string) => RawPath {
  const moved = new Map<string, string>();
  for (const name of MERGED) {
    try {
      moved.set(name, `/${readlinkSync(join(root, name)).replace(/^\/+/u, "")}`);
    } catch {
      // Not a link: this system keeps the folder where the lists say.
    }
  }
  const merged = (path: string): RawPath => {
    const [, top = "", rest = ""] = /^\/([^/]+)(\/.*)?$/su.exec(path) ?? [];
    const target = moved.get(top);
    return (target === undefined || rest === "" ? path : `${target}${rest}`) as RawPath;
  };
  const diverted = new Map<string, { readonly to: string; readonly by: string }>();
  const rows = linesOf(readOrNothing(join(folder, "diversions")));
  for (let at = 0; at + 2 < rows.length; at += 3) {
    diverted.set(merged(rows[at] ?? ""), { to: rows[at + 1] ?? "", by: rows[at + 2] ?? "" });
  }
  return (path, owner) => {
    const place = merged(path);
    const diversion = diverted.get(place);
    return diversion === undefined || diversion.by === owner.split(":")[0] ? place : merged(diversion.to);
  };
}

/** A package's own list, and its configuration files as they were delivered. */
function md5List(
  folder: string,
  owner: string,
  place: (path: RawPath, owner: string) => RawPath,
  status: Buffer,
): ReadonlyMap<RawPath, string> {
  const list = new Map<RawPath, string>();
  for (const line of linesOf(readOrNothing(join(folder, "info", `${owner}.md5sums`)))) {
    const [, md5, path] = /^([0-9a-f]{32}) {2}(.*)$/su.exec(line) ?? [];
    if (md5 !== undefined && path !== undefined) list.set(place(`/${path}` as RawPath, owner), md5);
  }
  const paragraph = status
    .toString("latin1")
    .split("\n\n")
    .find((text) => fieldOf(text, "Package") === owner.split(":")[0]);
  for (const [, path, md5] of (paragraph ?? "").matchAll(/^ (\/.+) ([0-9a-f]{32})$/gmu)) {
    if (path !== undefined && md5 !== undefined) list.set(place(path as RawPath, owner), md5);
  }
  return list;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry: Dirent) => entry.name);
  } catch {
    return [];
  }
}

function linesOf(bytes: Buffer | undefined): string[] {
  return bytes === undefined
    ? []
    : rawPath(bytes)
        .split("\n")
        .filter((line) => line !== "");
}

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
