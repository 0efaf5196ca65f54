import { dsseSignature, formatDsse, type Signer } from "@jumpkit/tlog";
import { configurationLine } from "../configuration/compare.ts";
import type { CheckOutcome } from "./check.ts";
import { shownPath } from "./raw-path.ts";
import { verdictOf } from "./report.ts";

/** One difference that nothing explains: what it means, where, and what stands there now. */
export interface OpenDifference {
  readonly group: string;
  readonly what: string;
  readonly now: string;
}

/** What is told of a check beside what it found. */
export interface CheckFacts {
  readonly manifestName: string;
  readonly manifestSha256: string;
  /** Where the tree was, when it was not in its own place. */
  readonly root: string | undefined;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Version of each program that took part, by name. */
  readonly tools: Readonly<Record<string, string>>;
  /** Of the whole report as JSON. */
  readonly reportSha256: string;
}

const PAYLOAD_TYPE = "application/vnd.jumpkit.master-copy-check+json";
const WHAT_MAX = 500;
const NOW_MAX = 300;
const SERVICES_MAX = 500;
const ROWS_MAX = 5000;
/** A server takes a mebibyte at once, and base64 adds a third. */
const ROWS_MAX_BYTES = 400_000;

/** Every difference that nothing explains, files first; upgrades of packages are none. */
export function openDifferences({ findings, configuration }: CheckOutcome): OpenDifference[] {
  const files = findings
    .filter(({ explained }) => explained === undefined)
    .map(({ group, path, after, aspects, because }) => ({
      group,
      what: cut(shownPath(path), WHAT_MAX),
      now: cut(
        after?.sha256 ?? because ?? aspects.map(({ what, after: is }) => `${what} ${is}`).join(", "),
        NOW_MAX,
      ),
    }));
  const facts = configuration
    .filter(({ section, change }) => section !== "packages" || change !== "changed")
    .map((finding) => ({ group: finding.section, what: cut(configurationLine(finding), WHAT_MAX), now: "" }));
  return [...files, ...facts];
}

/**
 * What a check found as one signed file: a DSSE envelope around an in-toto statement about the manifest.
 *
 * It counts every difference, and shows as many as a server takes at once.
 *
 * @source DSSE v1, in-toto Statement v1
 */
export async function sealCheck(outcome: CheckOutcome, facts: CheckFacts, signer: Signer): Promise<string> {
  const { manifestName, manifestSha256, root, ...told } = facts;
  const open = openDifferences(outcome);
  const explanations = explanationsOf(outcome);
  const payload = JSON.stringify({
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: manifestName, digest: { sha256: manifestSha256 } }],
    predicateType: "urn:jumpkit:master-copy-check:1",
    predicate: {
      host: outcome.header.host,
      base: outcome.header.base,
      root: root ?? null,
      ...told,
      verdict: verdictOf(outcome),
      entryCount: outcome.observed?.entryCount ?? 0,
      readBytes: outcome.observed?.readBytes ?? 0,
      troubles: outcome.observed?.troubles ?? {},
      explainedCount: explanations.reduce((sum, { count }) => sum + count, 0),
      explanations,
      openCount: open.length + outcome.moreCount,
      findings: fitting(open),
      listening: outcome.listening === undefined ? null : listeningOf(outcome.listening),
      limits: outcome.limits.map((limit) => cut(limit, WHAT_MAX)).slice(0, 100),
      sealedBy: signer.name,
    },
  });
  const signatures = [await dsseSignature(PAYLOAD_TYPE, payload, signer)];
  return formatDsse({ payloadType: PAYLOAD_TYPE, payload, signatures });
}

/** What listens, each line once, as many as a server keeps. */
export function listeningOf(lines: readonly string[]): string[] {
  return [...new Set(lines.map((each) => cut(each, NOW_MAX)))].slice(0, SERVICES_MAX);
}

function explanationsOf({ findings }: CheckOutcome): { because: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { explained } of findings) {
    if (explained === undefined) continue;
    const because = cut(explained, NOW_MAX);
    counts.set(because, (counts.get(because) ?? 0) + 1);
  }
  const all = [...counts].map(([because, count]) => ({ because, count }));
  all.sort((one, other) => other.count - one.count);
  const [shown, rest] = [all.slice(0, ROWS_MAX / 10), all.slice(ROWS_MAX / 10)];
  const count = rest.reduce((sum, each) => sum + each.count, 0);
  return count === 0 ? shown : [...shown, { because: "by other packages", count }];
}

function fitting(open: readonly OpenDifference[]): OpenDifference[] {
  let bytes = 0;
  const end = open.findIndex((each, at) => {
    bytes += Buffer.byteLength(JSON.stringify(each)) + 1;
    return bytes > ROWS_MAX_BYTES || at >= ROWS_MAX;
  });
  return end < 0 ? [...open] : open.slice(0, end);
}

function cut(text: string, max: number): string {
  // Half a character at the end would be no text.
  return text.slice(0, max).toWellFormed();
}
