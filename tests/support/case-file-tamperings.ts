import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatVkey, parseNote, parseVkey, type Signer, signNote, vkeyPem } from "@jumpkit/tlog";
import { verifyCaseFile } from "../../packages/jumpkit/src/verify/case-file.ts";
import {
  aCaseFile,
  aSigner,
  CODE,
  type Files,
  filesOf,
  randomFrom,
  sha256,
  tarOf,
  unpack,
} from "./case-file-support.ts";

/** Who the forger is: nobody, somebody with a key of their own, or somebody who can use the log's key. */
export type Forger = "careless" | "thorough" | "own key" | "log key";

/** A case file that is not what was handed out any more. */
export interface Tampering {
  readonly what: string;
  readonly forger: Forger;
  readonly files: Files;
  /** Paths whose content is another, before the forger covered the tracks. */
  readonly touched: readonly string[];
}

type Random = () => number;
type Change = (files: Map<string, Buffer>, random: Random) => void;

const ENTRY_PARTS = ["json", "disclosures", "tlog-proof"];
const TAG_FILES = ["manifest-sha256.txt", "bag-info.txt", "tagmanifest-sha256.txt", "seal.note"];
/** What even the log's own key cannot make good: whoever holds it signs what the tree contradicts. */
const BOUND_TO_TREE = /^data\/(entries|evidence)\/|^data\/(checkpoint|log-key\.(vkey|pem))$/;
/** Fields may be withheld in any number and stand in any order, so the holder of the key may do this. */
const LIKE_WITHHOLDING = new Set(["a line removed", "two lines swapped", "a file cut off"]);

const CHANGES: Readonly<Record<string, Change>> = {
  "a bit flipped": (files, random) =>
    edit(files, random, (bytes) => {
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return bytes;
    }),
  "a byte inserted": (files, random) =>
    edit(files, random, (bytes) => {
      const at = Math.floor(random() * (bytes.length + 1));
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.of(Math.floor(random() * 256)),
        bytes.subarray(at),
      ]);
    }),
  "a file cut off": (files, random) =>
    edit(files, random, (bytes) => bytes.subarray(0, Math.floor(random() * bytes.length))),
  "a file replaced by another": (files, random) =>
    edit(files, random, () => files.get(pick([...files.keys()], random)) ?? Buffer.alloc(0)),
  "a file removed": (files, random) => {
    files.delete(pick([...files.keys()], random));
  },
  "an entry removed": (files, random) => setEntries(files, without(entriesOf(files), random)),
  "an entry removed, leaving the gap": (files, random) => {
    const number = 1 + Math.floor(random() * entriesOf(files).length);
    for (const part of ENTRY_PARTS) files.delete(entryPath(number, part));
  },
  "the last entries removed": (files, random) => {
    const entries = entriesOf(files);
    setEntries(files, entries.slice(0, Math.floor(random() * entries.length)));
  },
  "a line removed": (files, random) => editLines(files, random, (lines) => without(lines, random)),
  "two files swapped": (files, random) => {
    const [one, other] = [pick([...files.keys()], random), pick([...files.keys()], random)];
    const [first, second] = [files.get(one), files.get(other)];
    if (first !== undefined && second !== undefined) files.set(one, second).set(other, first);
  },
  "two entries swapped": (files, random) => setEntries(files, swapped(entriesOf(files), random)),
  "two lines swapped": (files, random) => editLines(files, random, (lines) => swapped(lines, random)),
  "a file added": (files, random) => {
    const paths = [
      "notes.txt",
      "data/notes.txt",
      "data/entries/000099.json",
      "data/entries/000016.json",
      "data/entries/16.json",
      `data/evidence/${sha256(String(random()))}`,
      "data/evidence/image.raw",
      "manifest-md5.txt",
      "fetch.txt",
    ];
    files.set(pick(paths, random), Buffer.from(`added ${random()}`));
  },
  "evidence added under its digest": (files, random) => {
    const bytes = Buffer.from(`planted ${random()}`);
    files.set(`data/evidence/${sha256(bytes)}`, bytes);
  },
  "an entry added": (files, random) => {
    const entries = entriesOf(files);
    const at = Math.floor(random() * (entries.length + 1));
    setEntries(files, [...entries.slice(0, at), pick(entries, random), ...entries.slice(at)]);
  },
  "a line added": (files, random) =>
    editLines(files, random, (lines) => {
      const at = Math.floor(random() * (lines.length + 1));
      const line = lines.length > 0 && random() < 0.5 ? pick(lines, random) : `line ${random()}`;
      return [...lines.slice(0, at), line, ...lines.slice(at)];
    }),
};

/** One random tampering of these files; never one that leaves everything as it was. */
export async function tamper(files: Files, random: Random, logKey: Signer): Promise<Tampering> {
  for (;;) {
    const what = pick(Object.keys(CHANGES), random);
    const changed = new Map(files);
    CHANGES[what]?.(changed, random);
    const touched = differences(files, changed);
    const forger = allowed(pick(["careless", "thorough", "own key", "log key"], random), what, touched);
    const forged = await coverTracks(changed, forger, logKey);
    if (touched.length > 0 && differences(files, forged).length > 0)
      return { what, forger, files: forged, touched };
  }
}

/** Whoever holds the log's key may hand out another report or fewer fields; that is no tampering. */
function allowed(forger: Forger, what: string, touched: readonly string[]): Forger {
  if (forger !== "log key") return forger;
  const fields = touched.some((path) => path.endsWith(".disclosures")) && LIKE_WITHHOLDING.has(what);
  return touched.every((path) => BOUND_TO_TREE.test(path)) && !fields ? "log key" : "thorough";
}

async function coverTracks(files: Map<string, Buffer>, forger: Forger, logKey: Signer): Promise<Files> {
  if (forger === "careless") return files;
  if (forger === "own key") await signEverything(files, aSigner(666));
  renewManifests(files);
  if (forger === "own key") await seal(files, aSigner(666));
  if (forger === "log key") await seal(files, logKey);
  return files;
}

/** Puts another key of the same name in the place of the log's, and its signature on the checkpoint. */
async function signEverything(files: Map<string, Buffer>, signer: Signer): Promise<void> {
  const key = parseVkey(signer.vkey);
  const old = files.get("data/checkpoint")?.toString() ?? "";
  const parsed = parseNote(old);
  if (!key.ok || !parsed.ok) return;
  const checkpoint = await signNote(parsed.value.text, [signer]);
  files.set("data/log-key.vkey", Buffer.from(`${formatVkey(key.value)}\n`));
  files.set("data/log-key.pem", Buffer.from(vkeyPem(key.value)));
  files.set("data/checkpoint", Buffer.from(checkpoint));
  for (const [path, bytes] of files) {
    if (!path.endsWith(".tlog-proof")) continue;
    files.set(
      path,
      Buffer.from(
        bytes
          .toString("latin1")
          .replace(Buffer.from(old).toString("latin1"), () => Buffer.from(checkpoint).toString("latin1")),
        "latin1",
      ),
    );
  }
}

/** Makes manifests, sizes and counts right again, as anybody can. */
function renewManifests(files: Map<string, Buffer>): void {
  const payload = [...files]
    .filter(([path]) => path.startsWith("data/"))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = payload.reduce((sum, [, content]) => sum + content.length, 0);
  const info = files.get("bag-info.txt")?.toString() ?? "";
  files.set(
    "bag-info.txt",
    Buffer.from(info.replace(/^Payload-Oxum:.*$/m, `Payload-Oxum: ${bytes}.${payload.length}`)),
  );
  files.set("manifest-sha256.txt", Buffer.from(listing(payload)));
  const tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"] as const;
  files.set(
    "tagmanifest-sha256.txt",
    Buffer.from(listing(tags.map((path) => [path, files.get(path) ?? Buffer.alloc(0)]))),
  );
}

function listing(files: readonly (readonly [string, Buffer])[]): string {
  return files.map(([path, content]) => `${sha256(content)}  ${path}\n`).join("");
}

async function seal(files: Map<string, Buffer>, signer: Signer): Promise<void> {
  const digests = ["manifest-sha256.txt", "bag-info.txt"].map((path) => sha256(files.get(path) ?? ""));
  files.set(
    "seal.note",
    Buffer.from(await signNote([`${signer.name}/case-file`, CODE, ...digests, ""].join("\n"), [signer])),
  );
}

/**
 * Whether one of these places, as a verifier names them, leads to what was done.
 *
 * A forger who made the manifests right is given away by a tag file, one with the log's key by the entry that
 * was changed or the one before what is missing.
 */
export function namesThePlace({ forger, touched }: Tampering, places: readonly string[]): boolean {
  const signs = forger === "careless" ? [] : [...TAG_FILES, "data/log-key.vkey"];
  const entries = forger === "log key" ? touched.flatMap(neighbours) : [];
  return places.some(
    (place) =>
      [...touched, ...signs].some((path) => place === path || place.startsWith(`${path} `)) ||
      entries.some((stem) => place.startsWith(stem)),
  );
}

/** The beginnings of all paths of the entry at `path` and of the one before it. */
function neighbours(path: string): string[] {
  const number = Number(/^data\/entries\/(\d{6})/.exec(path)?.[1] ?? 0);
  if (number === 0) return [];
  return number === 1
    ? [entryPath(1, ""), "data/entries"]
    : [entryPath(number, ""), entryPath(number - 1, "")];
}

/** How a campaign runs. */
export interface Campaign {
  readonly seed: number;
  readonly count: number;
}

/**
 * Tampers with one case file `count` times, checks each result as a folder or as a tar, in turn, and gives back
 * those that were not found or whose place was not named. A good outcome is an empty list.
 */
export async function missedTamperings({ seed, count }: Campaign): Promise<string[]> {
  const random = randomFrom(seed);
  const logKey = aSigner(seed);
  const original = await filesOf(await aCaseFile({ seed, signer: logKey }));
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-tampering-"));
  const bag = join(folder, "bag");
  const tar = join(folder, "bag.tar");
  const keyFile = join(folder, "log.vkey");
  writeFileSync(keyFile, logKey.vkey);
  unpack(bag, original);
  const missed: string[] = [];
  try {
    for (let round = 0; round < count; round += 1) {
      const tampering = await tamper(original, random, logKey);
      const asFolder = round % 2 === 0;
      if (asFolder) unpack(bag, tampering.files, original);
      else writeFileSync(tar, await tarOf(tampering.files));
      // Only a key from elsewhere can tell another key from the log's own.
      const options = tampering.forger === "own key" ? { keyFile } : {};
      const { status, findings } = await verifyCaseFile(asFolder ? bag : tar, options);
      if (
        status !== "broken" ||
        !namesThePlace(
          tampering,
          findings.map(({ place }) => place),
        )
      ) {
        missed.push(
          describe(
            round,
            tampering,
            findings.map(({ place, problem }) => `${place}: ${problem}`),
          ),
        );
      }
      if (asFolder) unpack(bag, original, tampering.files);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return missed;
}

/** Flips `count` single bits of a tar, each by itself, and gives back those that were not found. */
export async function missedBitFlips({ seed, count }: Campaign): Promise<string[]> {
  const random = randomFrom(seed);
  const tar = await aCaseFile({ seed });
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-bit-flip-"));
  const path = join(folder, "bag.tar");
  const missed: string[] = [];
  try {
    for (let round = 0; round < count; round += 1) {
      const changed = Buffer.from(tar);
      const at = Math.floor(random() * tar.length);
      const bit = Math.floor(random() * 8);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      writeFileSync(path, changed);
      if ((await verifyCaseFile(path)).status !== "broken") missed.push(`byte ${at} bit ${bit}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return missed;
}

/** One tampering in words, for whoever has to find out why it was missed. */
export function describe(
  round: number,
  { what, forger, touched }: Tampering,
  findings: readonly string[],
): string {
  return `round ${round}: ${what} (${forger}) at ${touched.slice(0, 3).join(", ")}; found: ${findings.slice(0, 5).join(" | ")}`;
}

function differences(before: Files, after: Files): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    return old === undefined || now === undefined || !old.equals(now);
  });
}

function entryPath(number: number, part: string): string {
  return `data/entries/${String(number).padStart(6, "0")}.${part}`;
}

type EntryFiles = readonly (Buffer | undefined)[];

function entriesOf(files: Files): EntryFiles[] {
  const entries: EntryFiles[] = [];
  for (let number = 1; files.has(entryPath(number, "json")); number += 1) {
    entries.push(ENTRY_PARTS.map((part) => files.get(entryPath(number, part))));
  }
  return entries;
}

/** Numbers the entries anew, as somebody would who wants no gap to be seen. */
function setEntries(files: Map<string, Buffer>, entries: readonly EntryFiles[]): void {
  for (const path of [...files.keys()]) if (path.startsWith("data/entries/")) files.delete(path);
  for (const [place, parts] of entries.entries()) {
    for (const [index, part] of ENTRY_PARTS.entries()) {
      const bytes = parts[index];
      if (bytes !== undefined) files.set(entryPath(place + 1, part), bytes);
    }
  }
}

function edit(files: Map<string, Buffer>, random: Random, change: (bytes: Buffer) => Buffer): void {
  const path = pick([...files.keys()], random);
  const bytes = files.get(path);
  if (bytes !== undefined && bytes.length > 0) files.set(path, change(Buffer.from(bytes)));
}

function editLines(files: Map<string, Buffer>, random: Random, change: (lines: string[]) => string[]): void {
  edit(files, random, (bytes) => {
    const lines = bytes.toString("latin1").split("\n");
    return Buffer.from(`${change(lines.slice(0, -1)).join("\n")}\n`, "latin1");
  });
}

function without<Thing>(things: readonly Thing[], random: Random): Thing[] {
  return things.toSpliced(Math.floor(random() * things.length), 1);
}

function swapped<Thing>(things: readonly Thing[], random: Random): Thing[] {
  const [one, other] = [Math.floor(random() * things.length), Math.floor(random() * things.length)];
  return things.map((thing, place) => {
    if (place === one) return things[other] ?? thing;
    return place === other ? (things[one] ?? thing) : thing;
  });
}

function pick<Thing>(things: readonly Thing[], random: Random): Thing {
  const thing = things[Math.floor(random() * things.length)];
  if (thing === undefined) throw new RangeError("there is nothing to pick from");
  return thing;
}
