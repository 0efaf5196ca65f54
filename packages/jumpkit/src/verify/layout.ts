/** What a case file consists of, as its reader sees it. Written apart from the writer, so that one checks the other. */

/** Largest leaf, by the log's own rule. */
export const MAX_LEAF_BYTES = 65_535;
/** Largest file with the disclosures of one entry. */
export const MAX_DISCLOSURES_BYTES = 16 * 1024 * 1024;
/** Largest of the small files: a key, a signed note, a proof, a description. */
export const MAX_PART_BYTES = 512 * 1024;
/** Largest manifest; room for about 600,000 files. */
export const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;
/** Most files and folders that are looked at. */
export const MAX_FILES = 600_000;
/** Folders inside folders that are looked at: `data/evidence/` and no deeper. */
export const MAX_DEPTH = 3;

/** The tag files, all of which must be there. Nothing else may stand beside `data/`. */
export const TAG_FILES = [
  "bagit.txt",
  "bag-info.txt",
  "manifest-sha256.txt",
  "tagmanifest-sha256.txt",
  "seal.note",
] as const;

/** Payload files without which nothing can be checked or read. */
export const NEEDED_PAYLOAD = [
  "data/HOWTO.txt",
  "data/checkpoint",
  "data/log-key.pem",
  "data/log-key.vkey",
  "data/report.txt",
  "data/verify.sh",
] as const;

/** The parts of one entry, by the end of their names. */
export const ENTRY_PARTS = ["json", "disclosures", "tlog-proof"] as const;
export type EntryPart = (typeof ENTRY_PARTS)[number];

const SAFE_PATH = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;
const MAX_PATH_LENGTH = 200;

/**
 * Whether `path` can only lead into the case file: relative, letters and digits, no part that starts with a dot.
 *
 * @source RFC 8493 §5.1.3 (path traversal)
 */
export function isSafePath(path: string): boolean {
  return path.length <= MAX_PATH_LENGTH && SAFE_PATH.test(path);
}

/** Where a part of the entry with this number stands. */
export function entryPath(incidentSeq: number, part: EntryPart): string {
  return `data/entries/${String(incidentSeq).padStart(6, "0")}.${part}`;
}

/** Which part of which entry stands at `path`; undefined for anything else under `data/entries/`. */
export function entryPartAt(path: string): { incidentSeq: number; part: EntryPart } | undefined {
  const [, number, part] = /^data\/entries\/(\d{6})\.(json|disclosures|tlog-proof)$/.exec(path) ?? [];
  const known = ENTRY_PARTS.find((one) => one === part);
  if (known === undefined || Number(number) === 0) return undefined;
  return { incidentSeq: Number(number), part: known };
}

/** The digest that names the blob at `path`; undefined for anything else. */
export function blobDigestAt(path: string): string | undefined {
  return /^data\/evidence\/([0-9a-f]{64})$/.exec(path)?.[1];
}
