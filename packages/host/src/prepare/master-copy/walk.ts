import { type BigIntStats, lstatSync, readdirSync } from "node:fs";
import type { Chunk } from "./examiner.ts";
import { bytesOf, joinRaw, type RawPath } from "./raw-path.ts";

/** Which part of a file system is walked. */
export interface WalkPlan {
  /** The folder that the paths are below: absolute, without a slash at the end, empty for the root. */
  readonly base: RawPath;
  /** Below the base, none inside another; the base itself is the empty path. */
  readonly roots: readonly RawPath[];
  /** Below the base; neither they nor anything in them is looked at, and the manifest says so. */
  readonly excluded: ReadonlySet<string>;
  /** Whether other file systems, mounted inside the roots, are walked too. */
  readonly crossMounts: boolean;
  /** Which package owns a path. */
  readonly ownerOf?: ((path: RawPath) => string | undefined) | undefined;
}

const CHUNK_ITEMS = 512;
const CHUNK_CHARACTERS = 100_000;

/** A folder that is being walked: what is still to come in it. */
interface Frame {
  readonly path: RawPath;
  readonly device: bigint;
  /** Names, and for each folder a second item that ends with a slash: its contents. Last first. */
  readonly items: string[];
  /** The names that are folders. */
  readonly folders: ReadonlySet<string>;
}

/**
 * Everything below the roots, in chunks, in the order of the paths' bytes.
 *
 * The order needs no sorting of the whole: in each folder the name `a` sorts as `a`, and what it contains as
 * `a/`, so that `a-b` comes between the two. Nothing is kept but the folders on the way down.
 */
export function* walk(plan: WalkPlan): Generator<Chunk> {
  let items: string[] = [];
  let owners: string[] = [];
  let characters = 0;
  for (const item of itemsOf(plan)) {
    items.push(item);
    characters += item.length;
    if (plan.ownerOf !== undefined) owners.push(plan.ownerOf(item.slice(1) as RawPath) ?? "");
    if (items.length >= CHUNK_ITEMS || characters >= CHUNK_CHARACTERS) {
      yield chunkOf(items, owners);
      items = [];
      owners = [];
      characters = 0;
    }
  }
  if (items.length > 0) yield chunkOf(items, owners);
}

function chunkOf(items: readonly string[], owners: readonly string[]): Chunk {
  return { items: items.join("\0"), owners: owners.length > 0 ? owners.join("\0") : undefined };
}

function* itemsOf(plan: WalkPlan): Generator<string> {
  const frames: Frame[] = [rootFrame(plan)];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const item = frame.items.pop();
    if (item === undefined) {
      frames.pop();
      continue;
    }
    const path = joinRaw(frame.path, item);
    const isContents = item.endsWith("/");
    if (!isContents && plan.excluded.has(path)) {
      yield `!excluded:${path}`;
    } else if (!isContents) {
      yield `${frame.folders.has(item) ? "d" : "."}${path}`;
    } else if (!plan.excluded.has(path.slice(0, -1))) {
      const listed = list(plan, path, frame.device);
      if (typeof listed === "string") yield `!${listed}:${path}`;
      else frames.push(listed);
    }
  }
}

/** The roots as the items of a folder above them. */
function rootFrame({ base, roots }: WalkPlan): Frame {
  const folders = new Set<string>();
  for (const root of roots) {
    const stat = lstatSync(place(joinRaw(base, root)), { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) folders.add(root);
  }
  return { path: "" as RawPath, device: -1n, items: itemsOfNames([...roots], folders), folders };
}

/** What a folder holds, or why it could not be listed. `path` ends with a slash. */
function list({ base, crossMounts }: WalkPlan, path: RawPath, device: bigint): Frame | string {
  const folder = place(joinRaw(base, path.slice(0, -1)));
  try {
    const before = lstatSync(folder, { bigint: true });
    if (!before.isDirectory()) return "changed";
    if (device !== -1n && before.dev !== device && !crossMounts) return "border";
    const { names, folders } = namesIn(folder);
    // A folder put in the place of this one while it was read would be another folder's names.
    if (!isSame(before, lstatSync(folder, { bigint: true }))) return "changed";
    return { path, device: before.dev, items: itemsOfNames(names, folders), folders };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "failed";
    return code === "ENOENT" || code === "ENOTDIR" ? "vanished" : `list ${code}`;
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return other.isDirectory() && one.ino === other.ino && one.dev === other.dev;
}

function namesIn(folder: string | Buffer): { names: string[]; folders: Set<string> } {
  const folders = new Set<string>();
  const names = readdirSync(folder, { withFileTypes: true, encoding: "latin1" as "utf8" }).map((entry) => {
    if (entry.isDirectory()) folders.add(entry.name);
    return entry.name;
  });
  return { names, folders };
}

/** Last first, so that the next one is taken off the end. */
function itemsOfNames(names: string[], folders: ReadonlySet<string>): string[] {
  for (const folder of folders) names.push(`${folder}/`);
  // One character for each byte: comparing strings is comparing bytes.
  return names.sort().reverse();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant, controls too.
const ASCII = /^[\x00-\x7f]*$/u;

/** The path as the file system takes it; text where that is the same, since it is faster. */
function place(path: RawPath): string | Buffer {
  const given = path === "" ? ("/" as RawPath) : path;
  return ASCII.test(given) ? given : bytesOf(given);
}
