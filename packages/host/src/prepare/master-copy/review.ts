import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEntry } from "./entry.ts";
import { linesIn, readManifest } from "./manifest-file.ts";
import { bytesOf, joinRaw, type RawPath, rawPathOf } from "./raw-path.ts";
import { type Scan, type ScanSettings, scanFiles } from "./scan.ts";

/** What a review for malicious software comes to, as the register keeps it. */
export interface CopyReview {
  readonly result: "clean" | "suspicious" | "digests_only";
  readonly engine: string;
  readonly signaturesOf: string;
  readonly note: string;
}

/** What scanners said of the files of a manifest. */
export interface Review {
  readonly scans: readonly Scan[];
  /** Regular files that were given to the scanners. */
  readonly fileCount: number;
  /** Files whose names have a line break, which no list of files can hold. */
  readonly unlistedCount: number;
  /** Files beyond what ClamAV looks into. */
  readonly largeCount: number;
}

/** ClamAV passes over larger files without a word. */
const LARGE_BYTES = 2000 * 1024 * 1024;
const ENGINE_MAX = 200;
const SIGNATURES_MAX = 60;
const NOTE_MAX = 2000;

/**
 * Has every scanner that is here look at the regular files of a manifest, where they stand or below `root`.
 *
 * @throws ManifestRefused  for a manifest that is not sound
 */
export async function scanManifest(
  manifest: string,
  root: string | undefined,
  settings: ScanSettings,
): Promise<Review> {
  const folder = await mkdtemp(join(tmpdir(), "jumpkit-review-"));
  try {
    const list = join(folder, "files");
    const counted = await listFiles(manifest, root, list);
    return { ...counted, scans: await scanFiles(list, settings) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * A review in the words of the register: `clean` only where a scanner went through all files and none found
 * anything, `suspicious` where one did, otherwise `digests_only`, and the note says why.
 *
 * @param differing  how many entries are not as the manifest says
 */
export function reviewOf(
  { scans, fileCount, unlistedCount, largeCount }: Review,
  differing: number,
): CopyReview {
  const complete = scans.filter(({ isComplete }) => isComplete);
  const found = scans.flatMap((scan) => scan.found);
  const foundCount = scans.reduce((sum, scan) => sum + scan.foundCount, 0);
  const isWhole = complete.length > 0 && unlistedCount === 0;
  const unsuspicious = isWhole ? "clean" : "digests_only";
  const more = foundCount > found.length ? [`And ${foundCount - found.length} more.`] : [];
  const note = [
    `${fileCount} files; ${differing} entries differ from the manifest.`,
    ...(unlistedCount > 0
      ? [`${unlistedCount} files have line breaks in their names and were not scanned.`]
      : []),
    ...(largeCount > 0 ? [`ClamAV does not look into ${largeCount} files of more than 2000 MiB.`] : []),
    ...scans.filter(({ isComplete }) => !isComplete).map(({ engine, because }) => `${engine}: ${because}.`),
    ...scans
      .filter(({ isComplete, signatures }) => isComplete && signatures === "")
      .map(({ engine }) => `${engine} does not tell the day of its signatures.`),
    ...found.map((each) => `Found ${each}`),
    ...more,
  ];
  return {
    result: foundCount > 0 ? "suspicious" : unsuspicious,
    engine:
      complete
        .map(({ engine }) => engine)
        .join(", ")
        .slice(0, ENGINE_MAX) || "none",
    signaturesOf: complete
      .map(({ signatures }) => signatures)
      .filter((each) => each !== "")
      .join("; ")
      .slice(0, SIGNATURES_MAX),
    note: note.join("\n").slice(0, NOTE_MAX).toWellFormed(),
  };
}

async function listFiles(
  manifest: string,
  root: string | undefined,
  list: string,
): Promise<Omit<Review, "scans">> {
  const { header, pieces } = await readManifest(manifest);
  const base = rawPathOf(resolve(root ?? header.base).replace(/\/+$/u, ""));
  const file = await open(list, "wx", 0o600);
  let fileCount = 0;
  let unlistedCount = 0;
  let largeCount = 0;
  try {
    for await (const piece of pieces) {
      const files = linesIn(piece)
        .map(parseEntry)
        .filter(({ type }) => type === "f");
      const paths = files.map(({ path }) => joinRaw(base, path));
      largeCount += files.filter(({ sizeBytes = 0 }) => sizeBytes > LARGE_BYTES).length;
      const listable = paths.filter((path) => !/[\n\r]/u.test(path));
      unlistedCount += paths.length - listable.length;
      fileCount += listable.length;
      await file.write(linesOf(listable));
    }
  } finally {
    await file.close();
  }
  return { fileCount, unlistedCount, largeCount };
}

function linesOf(paths: readonly RawPath[]): Buffer {
  return bytesOf(paths.map((path) => `${path}\n`).join("") as RawPath);
}
