import type { Entry } from "./entry.ts";
import type { Finding } from "./finding.ts";
import type { PackageDatabase } from "./packages.ts";
import type { RawPath } from "./raw-path.ts";

/** What installing and upgrading packages leaves on a host beside the files of those packages. */
export interface Upkeep {
  /** Packages whose version is another now, or that came or went. */
  readonly changed: ReadonlySet<string>;
  /** What their lists name, on the host. */
  readonly named: ReadonlySet<RawPath>;
  /** When the master copy was made, in nanoseconds since 1970. */
  readonly madeNs: bigint;
}

/** What was upgraded since the master copy was made; undefined where nothing was, or versions were not recorded. */
export function upkeepSince(
  versionsThen: Readonly<Record<string, string>> | undefined,
  packages: PackageDatabase,
  startedAt: string,
): Upkeep | undefined {
  if (versionsThen === undefined) return undefined;
  const names = new Set([...Object.keys(versionsThen), ...packages.versions.keys()]);
  const changed = [...names].filter((name) => versionsThen[name] !== packages.versions.get(name));
  if (changed.length === 0) return undefined;
  return {
    changed: new Set(changed),
    named: new Set(changed.flatMap((name) => packages.namedBy(name))),
    madeNs: BigInt(Date.parse(startedAt)) * 1_000_000n,
  };
}

/** Where dpkg, apt, debconf and ldconfig write down what they did: data, which nothing on the host runs. */
const BOOKS = [
  /^\/var\/(?:lib|cache|log)\/apt(?:\/|$)/u,
  /^\/var\/cache\/(?:debconf|ldconfig)(?:\/|$)/u,
  /^\/var\/log\/(?:dpkg|alternatives)\.log$/u,
  /^\/var\/lib\/dpkg(?:\/(?:(?:status|available)(?:-old)?|lock|lock-frontend|triggers\/Lock|triggers|updates|info))?$/u,
];
/** Lists of a package; its scripts are not among them, since they are run. */
const OWN_LIST =
  /^\/var\/lib\/dpkg\/info\/(.+)\.(?:list|md5sums|shlibs|symbols|triggers|conffiles|templates)$/u;
const OWN_FILE = /^\/var\/lib\/dpkg\/info\/(.+)\.\w+$/u;
const NEEDLESS: ReadonlySet<string> = new Set(["inode", "modified", "changed"]);

/**
 * The sentence by which upgrades account for a difference in what no package delivers, or undefined.
 *
 * Never for what is run, for rights, or for content outside of the package manager's own data.
 */
export function upkeepBecause(finding: Finding, onHost: RawPath, upkeep: Upkeep): string | undefined {
  const { group, before, after, aspects } = finding;
  const isOld = aspects.length > 0 && aspects.every(({ what }) => NEEDLESS.has(what));
  if (after?.type === "d" && before?.type === "d") {
    if (group !== "times") return undefined;
    if (upkeep.named.has(onHost)) return "the list of a package in another version names this folder";
    if (isBook(onHost)) return BOOK;
    return after.mode === "1777" ? "anybody may write in this folder" : undefined;
  }
  if (isOld && isContentSame(before, after)) {
    const owner = OWN_FILE.exec(onHost)?.[1];
    if (owner !== undefined && upkeep.changed.has(owner)) return BOOK;
    const isLater = BigInt(after?.modifiedNs ?? "0") > upkeep.madeNs;
    if (isLater) return "written anew with the same content, since packages were upgraded";
  }
  const isData = [before, after].every((entry) => entry === undefined || isPlainFile(entry));
  if (!isData) return undefined;
  const owner = OWN_LIST.exec(onHost)?.[1];
  return isBook(onHost) || (owner !== undefined && upkeep.changed.has(owner)) ? BOOK : undefined;
}

const BOOK = "what the package manager keeps of its own work";

function isBook(onHost: RawPath): boolean {
  return BOOKS.some((place) => place.test(onHost));
}

function isContentSame(before: Entry | undefined, after: Entry | undefined): boolean {
  return before?.sha256 !== undefined && before.sha256 === after?.sha256;
}

function isPlainFile({ type, mode = "0" }: Entry): boolean {
  return type === "f" && (Number.parseInt(mode, 8) & 0o7111) === 0;
}
