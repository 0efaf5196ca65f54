import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { type Configuration, collectConfiguration } from "../configuration/configuration.ts";
import { systemAt } from "../configuration/system.ts";
import { type ManifestHeader, ManifestRefused, type ManifestTrailer } from "./manifest.ts";
import { writeManifest } from "./manifest-file.ts";
import { type Observed, type ObserveSettings, observe } from "./observe.ts";
import { type PackageDatabase, readPackages } from "./packages.ts";
import { type RawPath, rawPathOf } from "./raw-path.ts";
import type { WalkPlan } from "./walk.ts";

/** What a master copy is to be made of. */
export interface CreateRequest {
  /** Folders or files; one alone becomes the base of all paths, several stand below `/`. */
  readonly roots: readonly string[];
  /** Where the one root stands on its host, when it is an image or a copy. */
  readonly as?: string | undefined;
  /** The file to write. */
  readonly out: string;
  /** Paths to leave out. */
  readonly excluded: readonly string[];
  readonly crossMounts: boolean;
  readonly host: string;
  /** Name and version of the program, for the header. */
  readonly tool: string;
}

/** What to walk, and what the header will say about it. */
export interface PreparedCreate {
  readonly plan: WalkPlan;
  readonly header: Omit<ManifestHeader, "startedAt" | "collected" | "notCollected">;
}

const ATTRIBUTES = [
  "type",
  "mode",
  "uid",
  "gid",
  "size",
  "mtime",
  "ctime",
  "inode",
  "nlink",
  "target",
  "sha256",
];

/**
 * Says what will be walked, and refuses what cannot be.
 *
 * @throws ManifestRefused  for a root or an exclusion that cannot be spelled, found or combined
 */
export function prepareCreate(request: CreateRequest): PreparedCreate {
  const places = request.roots.map(realPlace);
  const [only] = places;
  if (only === undefined) throw new ManifestRefused("Name at least one folder to make a master copy of.");
  if (places.length > 1 && request.as !== undefined) {
    throw new ManifestRefused("--as says where one root stands; with several roots it has no meaning.");
  }
  const base = places.length === 1 ? trimmed(only) : "";
  const roots = places.length === 1 ? [""] : withoutNested(places.map(trimmed));
  const excluded: Record<string, string> = {};
  for (const given of request.excluded) excluded[below(base, resolve(given), true)] = "left out by request";
  const out = below(base, resolve(request.out), false);
  if (out !== "") excluded[out] = "the manifest itself";
  const host = request.as ?? (base || "/");
  const packages = readPackages(systemRoot(base, host), host);
  return {
    plan: {
      base: rawPathOf(base),
      roots: roots.map(rawPathOf),
      excluded: new Set(Object.keys(excluded).map(rawPathOf)),
      crossMounts: request.crossMounts,
      ownerOf: packages === undefined ? undefined : ownerBelow(packages, trimmed(host)),
    },
    header: {
      v: "jumpkit-manifest/1",
      tool: request.tool,
      host: request.host,
      base: host,
      roots: roots.map((root) => root || "/"),
      algorithm: "sha256",
      crossMounts: request.crossMounts,
      excluded,
      ...(packages === undefined ? {} : { packages: Object.fromEntries(packages.versions) }),
      ...(host === "/" ? { configuration: configurationAt(base) } : {}),
    },
  };
}

/**
 * Walks the roots and writes the manifest; nothing of its name exists before it is complete.
 *
 * @throws ManifestRefused  when the file exists already
 */
export async function createMasterCopy(
  { plan, header }: PreparedCreate,
  out: string,
  settings: ObserveSettings,
  now: () => Date,
): Promise<Observed> {
  const writer = await writeManifest(out, {
    ...header,
    startedAt: now().toISOString(),
    ...collection(settings.getfattr),
  });
  try {
    const observation = observe(plan, settings);
    for await (const text of observation.texts) await writer.write(text);
    const observed = observation.observed();
    settings.signal?.throwIfAborted();
    await writer.finish({ ...observed, endedAt: now().toISOString() } satisfies Omit<
      ManifestTrailer,
      "end" | "sha256"
    >);
    return observed;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** What the whole host below this folder is set up to do; the running one when it is no folder at all. */
export function configurationAt(base: string): Configuration {
  return collectConfiguration(systemAt(base || "/", base === ""));
}

/** What a walk collects, with getfattr or without. */
export function collection(getfattr: string | undefined): Pick<ManifestHeader, "collected" | "notCollected"> {
  if (getfattr !== undefined) return { collected: [...ATTRIBUTES, "xattrs"], notCollected: {} };
  const why = "the program getfattr is not installed, and Node cannot read them";
  return { collected: ATTRIBUTES, notCollected: { xattrs: why } };
}

/** Where the file system of the host begins on this machine, or undefined when the tree does not tell. */
export function systemRoot(base: string, baseOnHost: string): string | undefined {
  const inside = trimmed(baseOnHost);
  return base.endsWith(inside) ? base.slice(0, base.length - inside.length) || "/" : undefined;
}

/** Which package owns a path below the base. */
function ownerBelow(packages: PackageDatabase, base: string): (path: RawPath) => string | undefined {
  const prefix = rawPathOf(base);
  return (path) => packages.owners.get(`${prefix}${path}` as RawPath);
}

function realPlace(root: string): string {
  if (root.includes("\ufffd")) {
    throw new ManifestRefused(`The name ${root} is not UTF-8 text: name the folder above it instead.`);
  }
  try {
    return realpathSync(root);
  } catch (cause) {
    throw new ManifestRefused(`${root} cannot be opened: ${(cause as Error).message}`, { cause });
  }
}

function trimmed(path: string): string {
  return path.replace(/\/+$/u, "");
}

function withoutNested(places: readonly string[]): string[] {
  const kept = [...new Set(places)].filter(
    (place) => !places.some((other) => other !== place && place.startsWith(`${other}/`)),
  );
  return kept.includes("") ? [""] : kept;
}

/** The path below the base; outside of it, empty or refused. */
function below(base: string, path: string, isRequired: boolean): string {
  if (path.startsWith(`${base}/`)) return path.slice(base.length);
  if (isRequired)
    throw new ManifestRefused(`${path} is not inside of what is walked, so it cannot be left out.`);
  return "";
}
