import { type ConfigurationFinding, configurationLine } from "../configuration/compare.ts";
import { SECTION_NAMES, SECTIONS } from "../configuration/configuration.ts";
import type { CheckOutcome } from "./check.ts";
import { type Aspect, FINDING_GROUPS, type Finding, type FindingGroup } from "./finding.ts";
import { rawPathOf, shownPath } from "./raw-path.ts";

const TITLES: Readonly<Record<FindingGroup, string>> = {
  hidden: "New, with a name made to be overlooked",
  privilege: "Runs with other rights than its caller's, and did not, or is not the same",
  content: "Other content",
  kind: "Another kind of thing than it was",
  target: "A link that leads elsewhere",
  added: "New",
  removed: "Gone",
  rights: "Other permissions or owner",
  links: "Other names of the same file",
  replaced: "Same content, but another file",
  times: "Other times and nothing else",
  unseen: "Could not be compared",
};

/** Troubles that were asked for: everything else should have been seen and was not. */
const ASKED_FOR: ReadonlySet<string> = new Set(["border", "excluded"]);

/** Whether a walk left out something that it should have seen. */
export function sawEverything(troubles: Readonly<Record<string, number>>): boolean {
  return Object.keys(troubles).every((trouble) => ASKED_FOR.has(trouble));
}

/** What a comparison comes to: `same` and `explained` need nobody, `different` and `unseen` do. */
export function verdictOf(outcome: CheckOutcome): "same" | "explained" | "different" | "unseen" {
  const open = outcome.findings.filter(({ explained }) => explained === undefined);
  const openSettings = outcome.configuration.filter((finding) => !isUpgrade(finding));
  if (outcome.moreCount > 0 || openSettings.length > 0 || open.some(({ group }) => group !== "unseen"))
    return "different";
  if (open.length > 0 || !sawEverything(outcome.observed?.troubles ?? {})) return "unseen";
  return outcome.findings.length + outcome.configuration.length > 0 ? "explained" : "same";
}

/** A package in another version is what an upgrade does; its files are compared with what it delivers. */
function isUpgrade({ section, change }: ConfigurationFinding): boolean {
  return section === "packages" && change === "changed";
}

/**
 * A comparison as lines for people: by meaning, gravest first, what is explained only counted.
 *
 * @param rowsMax  most rows of each group
 */
export function reportLines(outcome: CheckOutcome, rowsMax: number): string[] {
  const { findings, moreCount, limits } = outcome;
  const open = findings.filter(({ explained }) => explained === undefined);
  const lines = FINDING_GROUPS.flatMap((group) => {
    const rows = open.filter((finding) => finding.group === group);
    if (rows.length === 0) return [];
    const more = rows.length > rowsMax ? [`  and ${rows.length - rowsMax} more`] : [];
    return [`${TITLES[group]} (${rows.length})`, ...rows.slice(0, rowsMax).map(rowOf), ...more];
  });
  if (moreCount > 0) lines.push(`And ${moreCount} more differences that were not kept.`);
  lines.push(...configurationLines(outcome.configuration, rowsMax));
  lines.push(...explainedLines(findings));
  const openSettings = outcome.configuration.filter((finding) => !isUpgrade(finding));
  const unlike = open.length + moreCount + openSettings.length;
  lines.push(
    unlike === 0
      ? "Nothing differs that is not explained."
      : `${unlike} ${unlike === 1 ? "difference is" : "differences are"} not explained.`,
  );
  for (const [trouble, count] of Object.entries(outcome.observed?.troubles ?? {})) {
    if (!ASKED_FOR.has(trouble)) lines.push(`Not seen: ${count} × ${trouble}.`);
  }
  return [...lines, ...limits];
}

/** A comparison as one object of JSON; paths that are not text stand with escapes, and their bytes beside. */
export function reportJson(outcome: CheckOutcome): unknown {
  const { header, findings, configuration, moreCount, observed, limits } = outcome;
  return {
    verdict: verdictOf(outcome),
    host: header.host,
    base: header.base,
    counts: countsOf(findings),
    moreCount,
    findings: findings.map(({ path, before, after, ...finding }) => ({
      path: shownPath(path),
      pathHex: Buffer.from(path, "latin1").toString("hex"),
      ...finding,
      sha256Before: before?.sha256,
      sha256After: after?.sha256,
      package: before?.package ?? after?.package,
    })),
    configuration,
    observed,
    limits,
  };
}

/** What the host is set up to do, section by section; upgrades of packages are only counted. */
function configurationLines(findings: readonly ConfigurationFinding[], rowsMax: number): string[] {
  const open = findings.filter((finding) => !isUpgrade(finding));
  const lines = SECTION_NAMES.flatMap((section) => {
    const rows = open.filter((finding) => finding.section === section);
    if (rows.length === 0) return [];
    const more = rows.length > rowsMax ? [`  and ${rows.length - rowsMax} more`] : [];
    const shownRows = rows
      .slice(0, rowsMax)
      .map((row) => `  ${shownPath(rawPathOf(configurationLine(row)))}`);
    return [`${SECTIONS[section].title} (${rows.length})`, ...shownRows, ...more];
  });
  const upgrades = findings.length - open.length;
  return upgrades === 0
    ? lines
    : [...lines, `Packages in another version (${upgrades}), as an upgrade leaves them`];
}

function countsOf(findings: readonly Finding[]): Partial<Record<FindingGroup | "explained", number>> {
  const counts: Partial<Record<FindingGroup | "explained", number>> = {};
  for (const { group, explained } of findings) {
    const key = explained === undefined ? group : "explained";
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function rowOf({ path, aspects, because, before }: Finding): string {
  const parts = aspects.map(aspectText);
  if (because !== undefined) parts.push(because);
  if (before?.package !== undefined) parts.push(`from ${before.package}`);
  return parts.length === 0 ? `  ${shownPath(path)}` : `  ${shownPath(path)}: ${parts.join(", ")}`;
}

function aspectText({ what, before, after }: Aspect): string {
  if (what === "content") return "content";
  if (what === "modified" || what === "changed") return `${what} ${timeText(before)} → ${timeText(after)}`;
  if (what === "target") return `target ${shown(before)} → ${shown(after)}`;
  return `${what} ${shownPath(rawPathOf(before || "none"))} → ${shownPath(rawPathOf(after || "none"))}`;
}

function shown(path: string): string {
  return shownPath(path as Finding["path"]);
}

/** Nanoseconds as ISO 8601 with all nine digits. */
function timeText(ns: string): string {
  const seconds = BigInt(ns) / 1_000_000_000n;
  const date = new Date(Number(seconds) * 1000);
  const fraction = String(BigInt(ns) % 1_000_000_000n).padStart(9, "0");
  if (BigInt(ns) < 0n || Number.isNaN(date.getTime())) return `${ns} ns`;
  return `${date.toISOString().slice(0, 19)}.${fraction}Z`;
}

function explainedLines(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { explained } of findings) {
    if (explained !== undefined) counts.set(explained, (counts.get(explained) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const rows = [...counts].sort(([, one], [, other]) => other - one);
  return ["Explained", ...rows.map(([because, count]) => `  ${count} × ${because}`)];
}
