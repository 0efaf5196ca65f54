import { digestDisclosure, leafHash, parseProof, readDisclosure, verifyInclusion } from "@jumpkit/tlog";
import { type Bag, readPart, readText } from "./bag-file.ts";
import type { SignedCheckpoint } from "./check-signed.ts";
import type { Findings } from "./finding.ts";
import {
  ENTRY_PARTS,
  entryPartAt,
  entryPath,
  MAX_DISCLOSURES_BYTES,
  MAX_LEAF_BYTES,
  MAX_PART_BYTES,
} from "./layout.ts";
import { type Leaf, readLeaf } from "./leaf.ts";

/** An entry that was read, with the fields that were disclosed for it. */
export interface CheckedEntry extends Leaf {
  readonly path: string;
  /** Its hash in base64url. */
  readonly hash: string;
  readonly fields: ReadonlyMap<string, unknown>;
}

/**
 * Checks every entry by itself, and that together they are the incident's whole log: numbered without a gap,
 * each bound to the one before, the last one closing the range.
 *
 * @returns the entries that could be read, in the order of their numbers
 */
export async function checkEntries(
  bag: Bag,
  checkpoint: SignedCheckpoint | undefined,
  findings: Findings,
): Promise<CheckedEntry[]> {
  const count = checkNumbers(bag, findings);
  const entries: CheckedEntry[] = [];
  let previous: CheckedEntry | undefined;
  for (let incidentSeq = 1; incidentSeq <= count; incidentSeq += 1) {
    const entry = await checkEntry(bag, incidentSeq, checkpoint, findings);
    // Behind an entry that cannot be read the chain cannot be followed; that entry is the finding.
    if (entry !== undefined && (incidentSeq === 1 || previous !== undefined))
      checkChain(previous, entry, findings);
    if (entry !== undefined) entries.push(entry);
    previous = entry;
  }
  const last = entries.at(-1);
  if (count === 0) findings.add("data/entries", "holds no entry");
  if (last !== undefined && last.incidentSeq === count && last.type !== "incident.exported") {
    findings.add(last.path, "is the last entry but not incident.exported; entries after it are missing");
  }
  return entries;
}

/** The highest number of an entry. Each part that is missing below it is a finding. */
function checkNumbers(bag: Bag, findings: Findings): number {
  const numbers = [...bag.files.keys()].map((path) => entryPartAt(path)?.incidentSeq ?? 0);
  const count = numbers.reduce((highest, number) => Math.max(highest, number), 0);
  for (let incidentSeq = 1; incidentSeq <= count; incidentSeq += 1) {
    for (const part of ENTRY_PARTS) {
      const path = entryPath(incidentSeq, part);
      if (!bag.files.has(path)) findings.add(path, "is missing; the entries have a gap here");
    }
  }
  return count;
}

async function checkEntry(
  bag: Bag,
  incidentSeq: number,
  checkpoint: SignedCheckpoint | undefined,
  findings: Findings,
): Promise<CheckedEntry | undefined> {
  const path = entryPath(incidentSeq, "json");
  const bytes = await readPart(bag, path, MAX_LEAF_BYTES, findings);
  if (bytes === undefined) return undefined;
  const hash = leafHash(bytes);
  const leaf = readLeaf(bytes);
  await checkProof(bag, incidentSeq, hash, leaf?.seq, checkpoint, findings);
  if (leaf === undefined) {
    findings.add(path, "is not an entry of an incident's log");
    return undefined;
  }
  if (leaf.incidentSeq !== incidentSeq) {
    findings.add(path, `is entry ${leaf.incidentSeq} of its incident and stands in the place of another`);
  }
  const fields = await checkDisclosures(bag, incidentSeq, leaf, findings);
  const entry = { ...leaf, path, hash: hash.toString("base64url"), fields };
  checkExported(entry, findings);
  return entry;
}

/** The proof must hold against the case file's own checkpoint; one with another checkpoint proves something else. */
async function checkProof(
  bag: Bag,
  incidentSeq: number,
  hash: Buffer,
  seq: number | undefined,
  checkpoint: SignedCheckpoint | undefined,
  findings: Findings,
): Promise<void> {
  const path = entryPath(incidentSeq, "tlog-proof");
  const text = await readText(bag, path, MAX_PART_BYTES, findings);
  if (text === undefined) return;
  const proof = parseProof(text);
  if (!proof.ok) return findings.add(path, "is not a proof file");
  const { index, hashes } = proof.value;
  if (seq !== undefined && index !== seq) findings.add(path, `is for entry ${index} of the log, not ${seq}`);
  if (proof.value.extra !== undefined) findings.add(path, "carries extra bytes that nobody signed");
  if (checkpoint === undefined) return;
  if (proof.value.checkpoint !== checkpoint.note)
    findings.add(path, "carries another checkpoint than data/checkpoint");
  if (!verifyInclusion(hash, index, checkpoint.size, hashes, checkpoint.root)) {
    findings.add(
      entryPath(incidentSeq, "json"),
      "is not in the log; its proof does not lead to the signed root",
    );
  }
}

async function checkDisclosures(
  bag: Bag,
  incidentSeq: number,
  leaf: Leaf,
  findings: Findings,
): Promise<ReadonlyMap<string, unknown>> {
  const path = entryPath(incidentSeq, "disclosures");
  const fields = new Map<string, unknown>();
  const text = await readText(bag, path, MAX_DISCLOSURES_BYTES, findings);
  if (text === undefined) return fields;
  if (!text.endsWith("\n")) findings.add(path, "does not end with a line end");
  const promised = new Set(leaf.sd);
  // One line for each digest and one for the incident; what comes after them is not even read.
  const most = leaf.sd.length + 1;
  for (const [number, line] of text
    .replace(/\n$/, "")
    .split("\n", most + 1)
    .entries()) {
    const place = `${path} line ${number + 1}`;
    if (number === most) {
      findings.add(place, "is more than the entry has fields");
      break;
    }
    const disclosure = readDisclosure(line);
    const digest = digestDisclosure(line);
    if (!disclosure.ok) {
      findings.add(place, "is not a disclosed field");
    } else if (!belongs(disclosure.value.name, digest, leaf, promised)) {
      findings.add(place, "does not belong to this entry");
    } else if (fields.has(disclosure.value.name)) {
      findings.add(place, "discloses a field a second time");
    } else {
      fields.set(disclosure.value.name, disclosure.value.value);
    }
  }
  if (!fields.has("incident")) findings.add(path, "does not say which incident the entry belongs to");
  return fields;
}

function belongs(name: string, digest: string, leaf: Leaf, promised: ReadonlySet<string>): boolean {
  return name === "incident" ? digest === leaf.incident : promised.has(digest);
}

/** Every export counts the entries up to itself; the last one must, or nothing closes the range. */
function checkExported(entry: CheckedEntry, findings: Findings): void {
  if (entry.type !== "incident.exported") return;
  const said = entry.fields.get("entries");
  if (said !== entry.incidentSeq) {
    findings.add(entry.path, `does not disclose that the case file ends with entry ${entry.incidentSeq}`);
  }
}

function checkChain(previous: CheckedEntry | undefined, entry: CheckedEntry, findings: Findings): void {
  if (entry.incidentPrev !== (previous?.hash ?? null)) {
    findings.add(
      entry.path,
      "does not follow the entry before it; something was removed, added or reordered",
    );
  }
  if (previous === undefined) return;
  if (entry.incident !== previous.incident) findings.add(entry.path, "belongs to another incident");
  if (entry.seq <= previous.seq) findings.add(entry.path, "stands before the previous entry in the log");
  if (entry.rx < previous.rx) findings.add(entry.path, "was recorded before the previous entry");
}
