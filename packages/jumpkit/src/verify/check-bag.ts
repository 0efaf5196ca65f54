import type { Bag } from "./bag-file.ts";
import { readText } from "./bag-file.ts";
import type { Findings } from "./finding.ts";
import {
  blobDigestAt,
  entryPartAt,
  isSafePath,
  MAX_FILES,
  MAX_MANIFEST_BYTES,
  MAX_PART_BYTES,
  NEEDED_PAYLOAD,
  TAG_FILES,
} from "./layout.ts";

const BAG_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const MANIFEST = "manifest-sha256.txt";
const TAG_MANIFEST = "tagmanifest-sha256.txt";
const BAG_INFO = "bag-info.txt";

/** What `bag-info.txt` says, as far as it is needed. */
export interface BagInfo {
  readonly code: string | undefined;
  readonly organisation: string | undefined;
  readonly baggedOn: string | undefined;
}

/**
 * Checks that the bag holds exactly what its manifests list.
 *
 * @returns what the bag says about itself
 * @source RFC 8493 §2, §3
 */
export async function checkBag(bag: Bag, findings: Findings): Promise<BagInfo> {
  for (const path of [...TAG_FILES, ...NEEDED_PAYLOAD]) {
    if (!bag.files.has(path)) findings.add(path, "is missing");
  }
  for (const path of bag.files.keys()) {
    if (!path.startsWith("data/") && !TAG_FILES.some((tag) => tag === path)) {
      findings.add(path, "was added; a case file has no such file");
    }
  }
  checkFolders(bag, findings);
  const declaration = await readText(bag, "bagit.txt", MAX_PART_BYTES, findings);
  if (declaration !== undefined && declaration !== BAG_DECLARATION) {
    findings.add("bagit.txt", "does not declare a BagIt 1.0 bag in UTF-8");
  }
  await checkManifest(bag, findings);
  await checkTagManifest(bag, findings);
  return checkBagInfo(bag, findings);
}

/** A folder is only there for the files in it; one without any was added. */
function checkFolders(bag: Bag, findings: Findings): void {
  const used = new Set<string>();
  for (const path of bag.files.keys()) {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length; depth += 1) used.add(parts.slice(0, depth).join("/"));
  }
  for (const folder of bag.folders) {
    if (!used.has(folder)) findings.add(folder, "was added; it is a folder without files");
  }
}

async function checkManifest(bag: Bag, findings: Findings): Promise<void> {
  const text = await readText(bag, MANIFEST, MAX_MANIFEST_BYTES, findings);
  if (text === undefined) return;
  const listed = readManifest(text, findings);
  for (const [path, digest] of listed) {
    const file = bag.files.get(path);
    if (file === undefined) {
      if (!NEEDED_PAYLOAD.some((needed) => needed === path)) findings.add(path, "is missing");
    } else if (file.sha256 !== digest) {
      findings.add(path, "was changed; its SHA-256 is not the one in the manifest");
    }
  }
  for (const path of bag.files.keys()) {
    if (!path.startsWith("data/")) continue;
    if (!listed.has(path)) findings.add(path, "was added; the manifest does not list it");
    else if (hasNoMeaning(path))
      findings.add(path, "is not named as the entries and evidence of a case file are");
  }
}

/** Names in the two numbered folders must mean something; whatever else the sealed manifest lists is welcome. */
function hasNoMeaning(path: string): boolean {
  if (path.startsWith("data/entries/")) return entryPartAt(path) === undefined;
  if (path.startsWith("data/evidence/")) return blobDigestAt(path) === undefined;
  return false;
}

/** The lines of a text one by one, so that a text of nothing but line ends costs no memory. */
function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    yield text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length : end + 1;
  }
}

function readManifest(text: string, findings: Findings): Map<string, string> {
  const listed = new Map<string, string>();
  if (!text.endsWith("\n")) findings.add(MANIFEST, "does not end with a line end");
  let previous = "";
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (number > MAX_FILES) {
      findings.add(MANIFEST, `has more than ${MAX_FILES} lines`);
      break;
    }
    const [, digest, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    const place = `${MANIFEST} line ${number}`;
    if (digest === undefined || path === undefined) {
      findings.add(place, "is not a SHA-256 and a path");
    } else if (!path.startsWith("data/") || !isSafePath(path)) {
      findings.add(place, "names a path outside data/");
    } else if (listed.has(path)) {
      findings.add(place, `names ${path} a second time`);
    } else {
      if (path < previous) findings.add(place, "is out of order");
      previous = path;
      listed.set(path, digest);
    }
  }
  return listed;
}

/** The three files it lists are known, so there is exactly one text that is right. */
async function checkTagManifest(bag: Bag, findings: Findings): Promise<void> {
  const text = await readText(bag, TAG_MANIFEST, MAX_PART_BYTES, findings);
  if (text === undefined) return;
  const right = [BAG_INFO, "bagit.txt", MANIFEST].map((path) => `${bag.files.get(path)?.sha256}  ${path}\n`);
  if (text === right.join("")) return;
  findings.add(TAG_MANIFEST, `does not list ${BAG_INFO}, bagit.txt and ${MANIFEST} as they are`);
}

async function checkBagInfo(bag: Bag, findings: Findings): Promise<BagInfo> {
  const text = (await readText(bag, BAG_INFO, MAX_PART_BYTES, findings)) ?? "";
  const payload = [...bag.files.values()].filter(({ path }) => path.startsWith("data/"));
  const bytes = payload.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (text !== "" && labelled(text, "Payload-Oxum") !== `${bytes}.${payload.length}`) {
    findings.add(
      BAG_INFO,
      `does not say that there are ${payload.length} files of ${bytes} bytes under data/`,
    );
  }
  return {
    code: labelled(text, "External-Identifier"),
    organisation: labelled(text, "Source-Organization"),
    baggedOn: labelled(text, "Bagging-Date"),
  };
}

function labelled(text: string, label: string): string | undefined {
  const line = text.split("\n").find((one) => one.startsWith(`${label}: `));
  return line?.slice(label.length + 2);
}
