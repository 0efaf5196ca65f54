import {
  type Checkpoint,
  formatNote,
  type NoteRefusal,
  openCheckpoint,
  openNote,
  type VerifierKey,
} from "@jumpkit/tlog";
import { type Bag, readText } from "./bag-file.ts";
import type { Findings } from "./finding.ts";
import { MAX_PART_BYTES } from "./layout.ts";

const SEAL = "seal.note";
const CHECKPOINT = "data/checkpoint";

const NOTE_PROBLEMS: Readonly<Record<NoteRefusal["code"] | "checkpoint.malformed", string>> = {
  "note.too_large": "is too large for a signed note",
  "note.malformed": "is not a signed note",
  "note.not_signed": "is not signed by the log's key",
  "note.bad_signature": "bears a signature of the log's key that does not fit it",
  "checkpoint.malformed": "is not a checkpoint of this log",
};

/**
 * Checks the seal: that the log's key signed this incident's code, this manifest and this `bag-info.txt`.
 *
 * It bears one signature line and nothing more, so that not one byte of it is free.
 *
 * @returns the incident's code that was sealed; undefined when the seal is not good
 */
export async function checkSeal(
  bag: Bag,
  key: VerifierKey | undefined,
  findings: Findings,
): Promise<string | undefined> {
  const note = await readText(bag, SEAL, MAX_PART_BYTES, findings);
  if (note === undefined || key === undefined) return undefined;
  const opened = openNote(note, [key]);
  if (!opened.ok) {
    findings.add(SEAL, NOTE_PROBLEMS[opened.refusal.code]);
    return undefined;
  }
  const { text, signatures } = opened.value;
  if (signatures.length !== 1 || formatNote(text, signatures) !== note) {
    findings.add(SEAL, "bears more than the one signature of the log's key");
  }
  const [purpose, code, manifest, bagInfo, end, ...more] = text.split("\n");
  if (purpose !== `${key.name}/case-file` || code === undefined || end !== "" || more.length > 0) {
    findings.add(SEAL, "is not the seal of a case file");
    return undefined;
  }
  checkSealed(bag, "manifest-sha256.txt", manifest, findings);
  checkSealed(bag, "bag-info.txt", bagInfo, findings);
  return code;
}

function checkSealed(bag: Bag, path: string, digest: string | undefined, findings: Findings): void {
  const file = bag.files.get(path);
  if (file !== undefined && file.sha256 !== digest)
    findings.add(path, "was changed; it is not what was sealed");
}

/** A checkpoint that was checked, with the note's own bytes. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: string;
}

/** Checks that the log's key signed the checkpoint; undefined, with a finding, when it did not. */
export async function checkCheckpoint(
  bag: Bag,
  key: VerifierKey | undefined,
  findings: Findings,
): Promise<SignedCheckpoint | undefined> {
  const note = await readText(bag, CHECKPOINT, MAX_PART_BYTES, findings);
  if (note === undefined || key === undefined) return undefined;
  const opened = openCheckpoint(note, key);
  if (opened.ok) return { ...opened.value, note };
  findings.add(CHECKPOINT, NOTE_PROBLEMS[opened.refusal.code]);
  return undefined;
}
