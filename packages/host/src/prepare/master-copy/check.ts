import { resolve } from "node:path";
import {
  type ConfigurationFinding,
  type ConfigurationOutcome,
  compareConfigurations,
} from "../configuration/compare.ts";
import type { Configuration } from "../configuration/configuration.ts";
import { serviceLines } from "../configuration/services.ts";
import { compare, type Pieces } from "./compare.ts";
import { collection, configurationAt, systemRoot } from "./create.ts";
import { NotAnEntry } from "./entry.ts";
import { explanationOf, type PackageTruth } from "./explain.ts";
import { type CompareScope, FINDING_GROUPS, type Finding } from "./finding.ts";
import { type ManifestHeader, ManifestRefused } from "./manifest.ts";
import { type ManifestReader, readManifest } from "./manifest-file.ts";
import { type Observed, type ObserveSettings, observe } from "./observe.ts";
import { readPackages } from "./packages.ts";
import { rawPathOf } from "./raw-path.ts";
import { upkeepSince } from "./upkeep.ts";
import type { WalkPlan } from "./walk.ts";

/** Most findings that are kept: beyond, the two are not versions of one tree, and memory has a bound. */
export const FINDINGS_MAX = 100_000;

/** What is checked against what. */
export interface CheckRequest {
  readonly manifest: string;
  /** The tree to check, where it is not in its own place: a mounted image, an unpacked backup. */
  readonly root?: string | undefined;
  /** Whether the lists of installed packages may explain differences. */
  readonly usePackages: boolean;
}

/** What a comparison found. */
export interface CheckOutcome {
  readonly header: ManifestHeader;
  /** In the order of their gravity, then of the paths' bytes. */
  readonly findings: readonly Finding[];
  /** What the host is set up to do, and was not, or the other way round. */
  readonly configuration: readonly ConfigurationFinding[];
  /** What listens on the host now, one line each; absent when that was not seen. */
  readonly listening?: readonly string[] | undefined;
  /** Differences beyond those in `findings`, which holds no more than `FINDINGS_MAX`. */
  readonly moreCount: number;
  /** What was looked at; undefined when two manifests were compared. */
  readonly observed?: Observed | undefined;
  /** What this comparison could not see, one sentence each. */
  readonly limits: readonly string[];
}

/** Which tree a manifest is to be compared with. @throws ManifestRefused */
export function planOf(header: ManifestHeader, root: string | undefined): WalkPlan {
  const base = resolve(root ?? header.base).replace(/\/+$/u, "");
  return {
    base: rawPathOf(base),
    roots: header.roots.map((path) => rawPathOf(path === "/" ? "" : path)),
    excluded: new Set(Object.keys(header.excluded).map(rawPathOf)),
    crossMounts: header.crossMounts,
  };
}

/**
 * Walks the tree and tells how it differs from its master copy.
 *
 * @throws ManifestRefused  for a manifest that is not sound, or a tree that cannot be opened
 */
export async function checkMasterCopy(
  request: CheckRequest,
  settings: ObserveSettings,
): Promise<CheckOutcome> {
  const manifest = await readManifest(request.manifest);
  const { header } = manifest;
  const plan = planOf(header, request.root);
  const scope = scopeOf(header, collection(settings.getfattr).collected, request.root === undefined);
  const observation = observe(plan, settings);
  const { found, moreCount } = await findingsOf(manifest, piecesOf(observation.texts), scope);
  const baseHere = Buffer.from(plan.base, "latin1").toString();
  const packages = request.usePackages
    ? readPackages(systemRoot(baseHere, header.base), header.base)
    : undefined;
  const truth = packages && {
    packages,
    versionsThen: header.packages,
    baseOnHost: rawPathOf(header.base.replace(/\/+$/u, "")),
    baseHere: plan.base,
    upkeep: upkeepSince(header.packages, packages, header.startedAt),
  };
  const now = header.configuration === undefined ? undefined : configurationAt(baseHere);
  const { findings: configuration, limits } = configurationOutcome(
    header,
    { configuration: now, packages: packages && Object.fromEntries(packages.versions) },
    header.base === "/",
  );
  return {
    header,
    findings: sorted(explained(found, truth, scope.sameTree)),
    configuration,
    listening: serviceLines(now),
    moreCount,
    observed: observation.observed(),
    limits: [...limitsOf(header, scope, request, truth !== undefined), ...limits],
  };
}

/** Tells how a newer manifest differs from an older one. @throws ManifestRefused when either is not sound */
export async function compareManifests(older: string, newer: string): Promise<CheckOutcome> {
  const [before, after] = [await readManifest(older), await readManifest(newer)];
  const isSameTree = before.header.host === after.header.host && before.header.base === after.header.base;
  const scope = scopeOf(before.header, after.header.collected, isSameTree);
  const { found, moreCount } = await findingsOf(before, after.pieces, scope);
  const limits = isSameTree
    ? []
    : ["These are of different hosts or places: inodes and times of change were not compared."];
  if (!scope.xattrs)
    limits.push("Extended attributes were not compared: one of the two did not collect them.");
  const told = configurationOutcome(before.header, after.header, before.header.base === "/");
  return {
    header: after.header,
    findings: sorted(explained(found, undefined, isSameTree)),
    configuration: told.findings,
    moreCount,
    limits: [...limits, ...told.limits],
  };
}

/** What a header tells of a host beside its files. */
interface Settings {
  readonly configuration?: Configuration | undefined;
  readonly packages?: Readonly<Record<string, string>> | undefined;
}

/** Compares what two hosts were set up to do; packages stand beside, for the lists that explain files. */
function configurationOutcome(before: Settings, after: Settings, isWholeHost: boolean): ConfigurationOutcome {
  const [was, is] = [withPackages(before), withPackages(after)];
  if (was !== undefined && is !== undefined) return compareConfigurations(was, is);
  const limits = isWholeHost
    ? ["Services, accounts, jobs and network were not compared: one does not tell of them."]
    : [];
  return { findings: [], limits };
}

function withPackages({ configuration, packages }: Settings): Configuration | undefined {
  if (configuration === undefined || packages === undefined) return configuration;
  const rows = Object.entries(packages).map(([name, version]) => ({ name, version }));
  return { ...configuration, packages: { rows } };
}

async function findingsOf(
  manifest: ManifestReader,
  after: Pieces,
  scope: CompareScope,
): Promise<{ found: Finding[]; moreCount: number }> {
  const found: Finding[] = [];
  let moreCount = 0;
  const tell = (finding: Finding): void => {
    if (found.length < FINDINGS_MAX) found.push(finding);
    else moreCount += 1;
  };
  try {
    await compare(manifest.pieces, after, scope, tell);
  } catch (error) {
    if (error instanceof NotAnEntry) throw new ManifestRefused(`A manifest is not sound: ${error.message}`);
    throw error;
  } finally {
    await manifest.close();
  }
  return { found, moreCount };
}

function scopeOf(header: ManifestHeader, collectedNow: readonly string[], sameTree: boolean): CompareScope {
  return {
    sameTree,
    xattrs: [header.collected, collectedNow].every((collected) => collected.includes("xattrs")),
    filesOnly: !header.collected.includes("type"),
    wholeSeconds: [header.collected, collectedNow].some((collected) => collected.includes("whole seconds")),
  };
}

/** Findings with what accounts for them: packages, and for a folder's times the names that came and went in it. */
function explained(found: readonly Finding[], truth: PackageTruth | undefined, sameTree: boolean): Finding[] {
  const withPackages = found.map((finding) => {
    const because = truth === undefined ? undefined : explanationOf(finding, truth);
    return because === undefined ? finding : { ...finding, explained: because };
  });
  const parents = new Set<string>();
  for (const { path, group, aspects, explained: because } of withPackages) {
    // In another place nothing tells that a file was put in the place of another but that an upgrade does so.
    const isReplaced = sameTree ? aspects.some(({ what }) => what === "inode") : because !== undefined;
    const isNewName = group === "removed" || aspects.length === 0 || isReplaced;
    if (!isNewName || group === "unseen") continue;
    parents.add(path.slice(0, Math.max(path.lastIndexOf("/"), 0)));
  }
  return withPackages.map((finding) => {
    const isTimes = finding.group === "times" && finding.after?.type === "d";
    if (!isTimes || finding.explained !== undefined || !parents.has(finding.path)) return finding;
    return { ...finding, explained: "names in it came or went, and are told of themselves" };
  });
}

function sorted(findings: readonly Finding[]): Finding[] {
  const rank = new Map(FINDING_GROUPS.map((group, at) => [group, at]));
  return [...findings].sort((one, other) => (rank.get(one.group) ?? 0) - (rank.get(other.group) ?? 0));
}

function limitsOf(
  header: ManifestHeader,
  scope: CompareScope,
  { root, usePackages }: CheckRequest,
  hasPackages: boolean,
): string[] {
  const limits: string[] = [];
  if (!scope.xattrs) {
    const why = header.notCollected["xattrs"] ?? "getfattr is not installed here";
    limits.push(`Extended attributes, access lists and capabilities were not compared: ${why}.`);
  }
  if (root !== undefined)
    limits.push("This is not the tree's own place: inodes and times of change were not compared.");
  if (usePackages && !hasPackages) limits.push("No package lists were found to explain differences.");
  if (hasPackages) {
    limits.push(
      "Explanations rest on the host's own package lists: whoever controls the host can change them.",
    );
  }
  return limits;
}

async function* piecesOf(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}
