import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { formatEntry, parseEntry } from "../entry.ts";
import { type ManifestHeader, ManifestRefused } from "../manifest.ts";
import { linesIn, readManifest, writeManifest } from "../manifest-file.ts";
import { type RawPath, rawPathOf } from "../raw-path.ts";
import { aideFormat } from "./aide.ts";
import { hashdeepFormat } from "./hashdeep.ts";
import { type ListFormat, ListRefused } from "./list-format.ts";
import { mtreeFormat } from "./mtree.ts";
import { sha256sumFormat } from "./sha256sum.ts";

/** By name, for a tree that stands at this base on its host. */
const FORMATS: ReadonlyMap<string, (base: RawPath) => ListFormat> = new Map([
  ["sha256sum", () => sha256sumFormat],
  ["mtree", () => mtreeFormat],
  ["hashdeep", () => hashdeepFormat],
  ["aide", aideFormat],
]);

/** A list that is read at once, and sorted in memory; larger ones are refused. */
const IMPORT_MAX_BYTES = 400 * 1024 * 1024;

/**
 * Writes a manifest as a list of another program, for use in the manifest's base.
 *
 * @returns  how many entries stand in the list, and how many the format cannot express
 * @throws   ManifestRefused  when the manifest is not sound: what was written by then is not to be used
 */
export async function exportManifest(
  manifest: string,
  format: string,
  write: (bytes: Buffer) => Promise<void>,
): Promise<{ readonly writtenCount: number; readonly leftOutCount: number }> {
  const { header, pieces } = await readManifest(manifest);
  const { top, bottom = "", formatEntry: toLine } = formatNamed(format, header.base);
  let writtenCount = 0;
  let leftOutCount = 0;
  await write(Buffer.from(top, "latin1"));
  for await (const piece of pieces) {
    const texts = linesIn(piece).map((line) => toLine(parseEntry(line)));
    const expressed = texts.filter((text) => text !== undefined);
    writtenCount += expressed.length;
    leftOutCount += texts.length - expressed.length;
    await write(Buffer.from(expressed.join(""), "latin1"));
  }
  await write(Buffer.from(bottom, "latin1"));
  return { writtenCount, leftOutCount };
}

/** What is known of an imported list beside its entries. */
export interface ImportFacts {
  readonly host: string;
  /** Where the tree stands on its host. */
  readonly base: string;
  readonly tool: string;
  /** When it was imported. */
  readonly at: Date;
}

/**
 * Makes a manifest of another program's list; what the list does not hold is absent, and the header says so.
 *
 * @returns  how many entries it has
 * @throws   ManifestRefused  for a list that cannot be read, or names a path twice
 */
export async function importList(
  list: string,
  format: string,
  out: string,
  facts: ImportFacts,
): Promise<number> {
  const chosen = formatNamed(format, facts.base);
  const entries = parsed(chosen, await textOf(list), list);
  entries.sort((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)));
  const twice = entries.find(({ path }, at) => path === entries[at + 1]?.path);
  if (twice !== undefined) throw new ManifestRefused(`${list} names a path twice: ${formatEntry(twice)}`);
  const header: ManifestHeader = {
    v: "jumpkit-manifest/1",
    tool: `${facts.tool}, from a list of ${format}`,
    host: facts.host,
    base: facts.base,
    roots: ["/"],
    startedAt: facts.at.toISOString(),
    algorithm: "sha256",
    collected: chosen.collected,
    notCollected: { others: `a list of ${format} does not hold them` },
    crossMounts: false,
    excluded: {},
  };
  const writer = await writeManifest(out, header);
  try {
    for (const entry of entries) await writer.write(`${formatEntry(entry)}\n`);
    const counted = { entryCount: entries.length, readBytes: 0, troubles: {}, touchedCount: 0 };
    await writer.finish({ ...counted, endedAt: facts.at.toISOString() });
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  return entries.length;
}

function parsed(format: ListFormat, text: string, place: string): ReturnType<ListFormat["parse"]> {
  try {
    return format.parse(text);
  } catch (cause) {
    if (!(cause instanceof ListRefused)) throw cause;
    throw new ManifestRefused(`${place} cannot be read. ${cause.message}`, { cause });
  }
}

async function textOf(list: string): Promise<string> {
  const bytes = await buffer(createReadStream(list, { end: IMPORT_MAX_BYTES }));
  if (bytes.length > IMPORT_MAX_BYTES) throw new ManifestRefused(`${list} is too large to be imported.`);
  const isCompressed = bytes.length > 2 && bytes.readUInt16BE(0) === 0x1f8b;
  return (isCompressed ? unpacked(bytes, list) : bytes).toString("latin1");
}

/** AIDE compresses its databases; one that unpacks to more than is imported is refused. */
function unpacked(bytes: Buffer, list: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: IMPORT_MAX_BYTES });
  } catch (cause) {
    throw new ManifestRefused(`${list} cannot be unpacked, or is too large to be imported.`, { cause });
  }
}

function formatNamed(name: string, base: string): ListFormat {
  const formatAt = FORMATS.get(name);
  if (formatAt === undefined)
    throw new ManifestRefused(`A list is one of ${[...FORMATS.keys()].join(", ")}.`);
  return formatAt(rawPathOf(base.replace(/\/+$/u, "")));
}
