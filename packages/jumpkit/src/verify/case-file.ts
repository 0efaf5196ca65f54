import { stat } from "node:fs/promises";
import { formatVkey } from "@jumpkit/tlog";
import type { Bag } from "./bag-file.ts";
import { type BagInfo, checkBag } from "./check-bag.ts";
import { type CheckedEntry, checkEntries } from "./check-entries.ts";
import { checkEvidence } from "./check-evidence.ts";
import { checkCheckpoint, checkSeal } from "./check-signed.ts";
import { type Finding, Findings, shownPlace } from "./finding.ts";
import { checkKey, type OutsideKey, readKeyFile } from "./log-key.ts";
import { readFolder } from "./read-folder.ts";
import { readTar } from "./read-tar.ts";

/** What a case file says, as far as it could be read. To be believed only when there is no finding. */
export interface CaseFileFacts {
  readonly code: string | null;
  readonly organisation: string | null;
  readonly baggedOn: string | null;
  /** The log's name. */
  readonly origin: string | null;
  /** How many entries the whole log had. */
  readonly logSize: number | null;
  readonly entryCount: number;
  readonly firstRecordedAt: string | null;
  readonly lastRecordedAt: string | null;
  /** Fields whose digest is there but not their text: withheld from this case file, or erased. */
  readonly withheldCount: number;
  readonly evidenceCount: number;
  readonly evidenceBytes: number;
  /** The key that the signatures were checked with, and where it came from. */
  readonly key: string | null;
  readonly keyFrom: "outside" | "case file";
}

/**
 * The outcome of a check: `sound` has no findings, `broken` has some, `unreadable` means that nothing could be
 * checked because a path or the key file is of no use; its single finding says which.
 */
export interface CaseFileVerdict {
  readonly status: "sound" | "broken" | "unreadable";
  readonly findings: readonly Finding[];
  readonly facts: CaseFileFacts;
}

/** How a case file is checked. */
export interface VerifyOptions {
  /** A file with the log's key, got by another way than the case file. */
  readonly keyFile?: string | undefined;
}

/**
 * Checks a case file: a folder, or the tar it came in, which is not unpacked.
 *
 * Everything is looked at, whatever was found before, so that each place where something is wrong is named.
 * Whatever stands in the case file, the answer is a verdict; nothing in it can make this throw.
 *
 * @source RFC 8493 §3 (BagIt), RFC 6962 §2.1.1, RFC 9901 §7, C2SP signed-note, tlog-checkpoint and tlog-proof
 */
export async function verifyCaseFile(path: string, options: VerifyOptions = {}): Promise<CaseFileVerdict> {
  const outside = options.keyFile === undefined ? undefined : await readKeyFile(options.keyFile);
  const findings = new Findings();
  if (outside?.ok === false) {
    const problem = outside.refusal.code === "key.unreadable" ? "cannot be read" : "holds no key of a log";
    return unreadable(options.keyFile ?? "", problem);
  }
  const bag = await readBag(path, findings);
  if (bag === undefined) return unreadable(path, "cannot be read");
  return judge(bag, outside?.value, findings);
}

async function readBag(path: string, findings: Findings): Promise<Bag | undefined> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory()) return await readFolder(path, findings);
    return kind.isFile() ? await readTar(path, findings) : undefined;
  } catch {
    return undefined;
  }
}

async function judge(
  bag: Bag,
  outside: OutsideKey | undefined,
  findings: Findings,
): Promise<CaseFileVerdict> {
  const info = await checkBag(bag, findings);
  const key = await checkKey(bag, outside, findings);
  const sealedCode = await checkSeal(bag, key, findings);
  const checkpoint = await checkCheckpoint(bag, key, findings);
  const entries = await checkEntries(bag, checkpoint, findings);
  const evidence = checkEvidence(bag, entries, findings);
  checkCode(bag, info, sealedCode, entries, findings);
  const list = findings.list();
  return {
    status: list.length === 0 ? "sound" : "broken",
    findings: list,
    facts: {
      code: shownOrNull(info.code),
      organisation: shownOrNull(info.organisation),
      baggedOn: shownOrNull(info.baggedOn),
      origin: checkpoint?.origin ?? null,
      logSize: checkpoint?.size ?? null,
      entryCount: entries.length,
      firstRecordedAt: entries.at(0)?.rx ?? null,
      lastRecordedAt: entries.at(-1)?.rx ?? null,
      withheldCount: entries.reduce((sum, entry) => sum + withheld(entry), 0),
      evidenceCount: evidence.fileCount,
      evidenceBytes: evidence.bytes,
      key: key === undefined ? null : formatVkey(key),
      keyFrom: outside === undefined ? "case file" : "outside",
    },
  };
}

/** The incident's code stands in four places, which must agree as far as they are there. */
function checkCode(
  bag: Bag,
  info: BagInfo,
  sealedCode: string | undefined,
  entries: readonly CheckedEntry[],
  findings: Findings,
): void {
  if (sealedCode !== undefined && info.code !== undefined && info.code !== sealedCode) {
    findings.add("bag-info.txt", "names another incident than the seal");
  }
  if (sealedCode !== undefined && bag.topFolder !== undefined && bag.topFolder !== sealedCode) {
    findings.add(bag.topFolder, "is not the code of the incident that was sealed");
  }
  const reported = entries.find(({ type }) => type === "incident.reported");
  const disclosed = reported?.fields.get("code");
  if (
    reported !== undefined &&
    sealedCode !== undefined &&
    disclosed !== undefined &&
    disclosed !== sealedCode
  ) {
    findings.add(reported.path, "is the report of another incident than the seal names");
  }
}

/** The field that names the incident stands in the header, not among the digests. */
function withheld(entry: CheckedEntry): number {
  return entry.sd.length - [...entry.fields.keys()].filter((name) => name !== "incident").length;
}

function shownOrNull(text: string | undefined): string | null {
  return text === undefined ? null : shownPlace(text);
}

function unreadable(place: string, problem: string): CaseFileVerdict {
  return {
    status: "unreadable",
    findings: [{ place: shownPlace(place), problem }],
    facts: {
      code: null,
      organisation: null,
      baggedOn: null,
      origin: null,
      logSize: null,
      entryCount: 0,
      firstRecordedAt: null,
      lastRecordedAt: null,
      withheldCount: 0,
      evidenceCount: 0,
      evidenceBytes: 0,
      key: null,
      keyFrom: "case file",
    },
  };
}
