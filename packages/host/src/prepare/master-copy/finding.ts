import type { Entry } from "./entry.ts";
import { hiddenBecause, type RawPath } from "./raw-path.ts";

/**
 * What a difference means for people, gravest first.
 *
 * `hidden` came with a name that is made to be overlooked; `privilege` lets a program run as somebody else;
 * `kind` is one thing where another was; `replaced` is the same content in another file; `times` differs in
 * nothing but times; `unseen` could not be compared.
 */
export const FINDING_GROUPS = [
  "hidden",
  "privilege",
  "content",
  "kind",
  "target",
  "added",
  "removed",
  "rights",
  "links",
  "replaced",
  "times",
  "unseen",
] as const;
export type FindingGroup = (typeof FINDING_GROUPS)[number];

/** One attribute that differs. */
export interface Aspect {
  readonly what:
    | "type"
    | "content"
    | "size"
    | "mode"
    | "owner"
    | "target"
    | "xattrs"
    | "device file"
    | "names"
    | "inode"
    | "modified"
    | "changed";
  readonly before: string;
  readonly after: string;
}

/** A path that is not as it was. */
export interface Finding {
  readonly path: RawPath;
  readonly group: FindingGroup;
  /** Empty for what was added or removed. */
  readonly aspects: readonly Aspect[];
  readonly before?: Entry | undefined;
  readonly after?: Entry | undefined;
  /** Why it could not be compared, or why it counts as hidden. */
  readonly because?: string | undefined;
  /** What accounts for the difference; absent as long as nothing does. */
  readonly explained?: string | undefined;
}

/** What can be compared between two records. */
export interface CompareScope {
  /** Both are of the same tree in the same place: inodes and times of change mean something. */
  readonly sameTree: boolean;
  /** Both collected extended attributes. */
  readonly xattrs: boolean;
  /** The older one lists files alone: what else is there now was not added. */
  readonly filesOnly: boolean;
  /** One of the two knows times to the second alone. */
  readonly wholeSeconds: boolean;
}

const SET_ID = 0o6000;

/** What the difference between two entries of one path means, or undefined when it means nothing. */
export function findingOf(
  before: Entry | undefined,
  after: Entry | undefined,
  scope: CompareScope,
): Finding | undefined {
  if (after === undefined || after.trouble === "vanished") {
    return before === undefined ? undefined : { path: before.path, group: "removed", aspects: [], before };
  }
  if (before === undefined) return addedFinding(after, scope);
  const { path } = after;
  const unseen = unseenBecause(before, after);
  const aspects = aspectsOf(before, after, scope);
  const group = aspects.length === 0 ? undefined : groupOf(before, after, aspects);
  // Times that differ say nothing of content that could not be read.
  if (unseen !== undefined && (group === undefined || group === "times")) {
    return { path, group: "unseen", aspects, before, after, because: unseen };
  }
  return group && { path, group, aspects, before, after };
}

function addedFinding(after: Entry, scope: CompareScope): Finding | undefined {
  const { path } = after;
  if (after.type === "!") return { path, group: "unseen", aspects: [], after, because: after.trouble };
  if (scope.filesOnly && after.type !== "f") return undefined;
  const because = hiddenBecause(path);
  if (because !== undefined) return { path, group: "hidden", aspects: [], after, because };
  return { path, group: runsAsAnother(after) ? "privilege" : "added", aspects: [], after };
}

function unseenBecause(before: Entry, after: Entry): string | undefined {
  const isFile = before.type === "f" && after.type === "f";
  if (after.type === "!" || (after.trouble !== undefined && after.trouble !== before.trouble)) {
    return `now: ${after.trouble}`;
  }
  if (before.type === "!" || (isFile && before.trouble !== undefined)) return `then: ${before.trouble}`;
  if (isFile && (before.sha256 === undefined || after.sha256 === undefined)) return "there is no digest";
  return undefined;
}

function aspectsOf(before: Entry, after: Entry, scope: CompareScope): Aspect[] {
  if (before.type === "!" || after.type === "!") return [];
  if (before.type !== after.type) return [{ what: "type", before: before.type, after: after.type }];
  const aspects: Aspect[] = [];
  const compare = (what: Aspect["what"], was: unknown, is: unknown): void => {
    if (was !== undefined && is !== undefined && was !== is) {
      aspects.push({ what, before: String(was), after: String(is) });
    }
  };
  const time = (ns: string | undefined): string | undefined =>
    scope.wholeSeconds && ns !== undefined ? `${ns.slice(0, -9)}000000000` : ns;
  compare("content", before.sha256, after.sha256);
  if (after.type === "f") compare("size", before.sizeBytes, after.sizeBytes);
  compare("mode", before.mode, after.mode);
  compare("owner", ownerOf(before), ownerOf(after));
  compare("target", before.target, after.target);
  compare("device file", before.deviceFile, after.deviceFile);
  if (scope.xattrs) compare("xattrs", xattrText(before), xattrText(after));
  compare("names", before.linkCount, after.linkCount);
  if (scope.sameTree) compare("inode", before.inode, after.inode);
  // A link's own time cannot be set everywhere when a tree is copied, and means little.
  if (scope.sameTree || after.type !== "l")
    compare("modified", time(before.modifiedNs), time(after.modifiedNs));
  if (scope.sameTree && aspects.length === 0)
    compare("changed", time(before.changedNs), time(after.changedNs));
  return aspects;
}

function groupOf(before: Entry, after: Entry, aspects: readonly Aspect[]): FindingGroup {
  const differs = (...whats: readonly Aspect["what"][]): boolean =>
    aspects.some(({ what }) => whats.includes(what));
  if (runsAsAnother(after) && (!runsAsAnother(before) || differs("content", "owner", "type"))) {
    return "privilege";
  }
  if (differs("content", "size")) return "content";
  if (differs("type", "device file")) return "kind";
  if (differs("target")) return "target";
  if (differs("mode", "owner", "xattrs")) return "rights";
  if (differs("names")) return "links";
  return differs("inode") ? "replaced" : "times";
}

function runsAsAnother({ type, mode, xattrs }: Entry): boolean {
  if (type !== "f") return false;
  const setsId = (Number.parseInt(mode ?? "0", 8) & SET_ID) !== 0;
  return setsId || xattrs?.["security.capability"] !== undefined;
}

function ownerOf({ uid, gid }: Entry): string | undefined {
  return uid === undefined || gid === undefined ? undefined : `${uid}:${gid}`;
}

function xattrText({ xattrs = {} }: Entry): string {
  const names = Object.keys(xattrs).sort();
  return names.map((name) => `${name}=${xattrs[name]}`).join(" ");
}
