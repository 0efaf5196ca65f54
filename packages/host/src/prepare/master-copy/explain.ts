import type { Aspect, Finding } from "./finding.ts";
import { fileMd5, type PackageDatabase } from "./packages.ts";
import { joinRaw, type RawPath } from "./raw-path.ts";
import { type Upkeep, upkeepBecause } from "./upkeep.ts";

/** What installed packages can account for. */
export interface PackageTruth {
  /** As installed now. */
  readonly packages: PackageDatabase;
  /** Versions when the master copy was made; undefined when they were not recorded. */
  readonly versionsThen: Readonly<Record<string, string>> | undefined;
  /** What stands before a path of the manifest to make it one of the host. */
  readonly baseOnHost: RawPath;
  /** What stands before it to find the file on this machine. */
  readonly baseHere: RawPath;
  /** What was upgraded since; undefined where nothing was. */
  readonly upkeep: Upkeep | undefined;
}

/** What an upgrade changes beside content; rights are not in any package's list, so they are never explained. */
const UPGRADED: ReadonlySet<Aspect["what"]> = new Set([
  "content",
  "size",
  "inode",
  "names",
  "modified",
  "changed",
  "target",
]);

/**
 * The sentence by which installed packages account for a difference, or undefined when they do not.
 *
 * A file is explained when its content is what the package's list says it delivers. What a list names without a
 * digest (folders and links) and what is gone are explained only where that package's version changed. What an
 * upgrade leaves beside the files of packages is explained by `upkeepBecause`.
 */
export function explanationOf(finding: Finding, truth: PackageTruth): string | undefined {
  const { group, aspects } = finding;
  if (group === "hidden" || group === "privilege" || group === "unseen" || group === "kind") return undefined;
  if (!aspects.every(({ what }) => UPGRADED.has(what))) return undefined;
  const onHost = joinRaw(truth.baseOnHost, finding.path);
  return (
    deliveredBecause(finding, onHost, truth) ?? (truth.upkeep && upkeepBecause(finding, onHost, truth.upkeep))
  );
}

function deliveredBecause(
  { group, before, after, path }: Finding,
  onHost: RawPath,
  truth: PackageTruth,
): string | undefined {
  if (after === undefined) return removedBecause(before?.package, onHost, truth);
  const owner = truth.packages.owners.get(onHost);
  if (owner === undefined) return undefined;
  const change = versionChange(owner, truth);
  if (after.type !== "f") return change === undefined ? undefined : `the list of ${change} names it`;
  if (group === "times" && change === undefined) return undefined;
  const md5 = truth.packages.md5Of(onHost);
  if (md5 === undefined || md5 !== fileMd5(joinRaw(truth.baseHere, path))) return undefined;
  return `content as ${change ?? `${owner} ${truth.packages.versions.get(owner) ?? ""}`} delivers it`;
}

function removedBecause(owner: string | undefined, path: RawPath, truth: PackageTruth): string | undefined {
  if (owner === undefined || truth.packages.owners.has(path)) return undefined;
  const change = versionChange(owner, truth);
  return change === undefined ? undefined : `no longer part of ${change}`;
}

/** `openssl 3.0.11 → 3.0.14` when the package's version is another now, or it came or went. */
function versionChange(owner: string, { packages, versionsThen }: PackageTruth): string | undefined {
  if (versionsThen === undefined) return undefined;
  const [then, now] = [versionsThen[owner], packages.versions.get(owner)];
  if (then === now) return undefined;
  return `${owner} ${then ?? "(not installed)"} → ${now ?? "(removed)"}`;
}
