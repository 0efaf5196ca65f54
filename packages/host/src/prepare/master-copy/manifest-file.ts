import { isUtf8 } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import {
  type ManifestHeader,
  ManifestRefused,
  type ManifestTrailer,
  parseHeader,
  parseTrailer,
} from "./manifest.ts";

/** Longest line that is read: a path and a link target of the longest kind, and many extended attributes. */
const LINE_MAX_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
/** The digests in it hardly compress; trying harder costs more time than it saves space. */
const GZIP_LEVEL = 1;

/** A manifest that is being written. */
export interface ManifestWriter {
  /** Lines of entries, each with its newline. */
  write(lines: string): Promise<void>;
  /** Ends it: only now is there a file of its name. */
  finish(counted: Omit<ManifestTrailer, "end" | "sha256">): Promise<void>;
  /** Leaves nothing. */
  abandon(): Promise<void>;
}

/**
 * Begins a manifest beside its later place, under a name that nobody takes for a manifest.
 *
 * @throws ManifestRefused  when there is a file of that name already: a manifest is never overwritten
 */
export async function writeManifest(path: string, header: ManifestHeader): Promise<ManifestWriter> {
  const refusal = `${path} exists already. Choose another name: a manifest is never overwritten.`;
  if (await exists(path)) throw new ManifestRefused(refusal);
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.partial`);
  const gzip = createGzip({ level: GZIP_LEVEL });
  const file = createWriteStream(partial, { flags: "wx", mode: 0o600 });
  const written = pipeline(gzip, file);
  written.catch(() => undefined);
  const hash = createHash("sha256");

  async function write(lines: string): Promise<void> {
    const bytes = Buffer.from(lines);
    hash.update(bytes);
    if (!gzip.write(bytes)) await Promise.race([once(gzip, "drain"), written]);
  }

  await write(`${JSON.stringify(header)}\n`);
  return {
    write,
    finish: async (counted) => {
      const trailer: ManifestTrailer = { end: true, ...counted, sha256: hash.digest("hex") };
      gzip.end(`${JSON.stringify(trailer)}\n`);
      await written;
      await sync(partial);
      if (await exists(path)) throw new ManifestRefused(refusal);
      await rename(partial, path);
      await sync(dirname(path));
    },
    abandon: async () => {
      gzip.destroy();
      file.destroy();
      await written.catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

/** A manifest that is being read. */
export interface ManifestReader {
  readonly header: ManifestHeader;
  /** Lines of entries as bytes, many at a time, each with its newline. To be read to its end, once. */
  readonly pieces: AsyncIterable<Buffer>;
  /** The last line; known when `pieces` has come to its end. */
  trailer(): ManifestTrailer;
  close(): Promise<void>;
}

/**
 * Opens a manifest, compressed or not.
 *
 * What `pieces` gives out is to be believed when it has ended without throwing: count and digest stand last.
 * They stay bytes, since two manifests are alike in nearly all lines, which then are never made text.
 *
 * @throws ManifestRefused  here or from `pieces`, for a file that is not a manifest, not complete or not sound
 */
export async function readManifest(path: string): Promise<ManifestReader> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  return readManifestOf(file, path);
}

/**
 * Reads a manifest from a stream, compressed or not, as {@link readManifest} does from a file.
 *
 * @param path  what to call it in a refusal
 */
export async function readManifestOf(bytes: Readable, path: string): Promise<ManifestReader> {
  const parts = wholeLines(bytes, path);
  const { value: begin = Buffer.alloc(0) } = await parts.next();
  if (begin.length === 0) throw new ManifestRefused(`${path} is empty.`);
  const top = begin.subarray(0, begin.indexOf(NEWLINE) + 1);
  const header = parseHeader(top.toString(), path);
  const hash = createHash("sha256").update(top);
  let trailer: ManifestTrailer | undefined;

  async function* pieces(): AsyncGenerator<Buffer> {
    let count = 0;
    // The last line of all is the trailer: one line is held back until another follows.
    let held = begin.subarray(top.length);
    for (let next = await parts.next(); ; next = await parts.next()) {
      const bytes = next.done === true ? held : joined(held, next.value);
      const cut = bytes.lastIndexOf(NEWLINE, -2) + 1;
      held = bytes.subarray(cut);
      if (cut > 0) {
        const piece = bytes.subarray(0, cut);
        count += countLines(piece);
        hash.update(piece);
        yield piece;
      }
      if (next.done === true) break;
    }
    trailer = parseTrailer(held.toString());
    if (trailer === undefined) {
      throw new ManifestRefused(`${path} has no last line: its making was interrupted, or it was cut off.`);
    }
    if (trailer.entryCount !== count || trailer.sha256 !== hash.digest("hex")) {
      throw new ManifestRefused(`${path} was changed: its last line does not fit what stands before it.`);
    }
  }

  return {
    header,
    pieces: pieces(),
    trailer: () => {
      if (trailer === undefined) throw new Error("the manifest has not been read to its end");
      return trailer;
    },
    close: async () => {
      await parts.return(undefined);
    },
  };
}

/** The lines of a piece, as text without their newlines. */
export function linesIn(piece: Buffer): string[] {
  return piece.toString().slice(0, -1).split("\n");
}

/** Reads a manifest to its end, and gives its first and last line. @throws ManifestRefused */
export async function examineManifest(
  path: string,
): Promise<{ readonly header: ManifestHeader; readonly trailer: ManifestTrailer }> {
  const manifest = await readManifest(path);
  for await (const _ of manifest.pieces);
  return { header: manifest.header, trailer: manifest.trailer() };
}

/** The digest of a file's bytes, in hexadecimal. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** The bytes of a file, cut behind newlines; every part is UTF-8 and ends with one. */
async function* wholeLines(file: Readable, path: string): AsyncGenerator<Buffer, undefined, undefined> {
  // Whoever reads learns of it below; the event itself must harm nobody before that.
  file.on("error", () => {});
  const source = (await isCompressed(file)) ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file;
  file.on("error", (error) => source.destroy(error));
  let open = Buffer.alloc(0);
  try {
    for await (const bytes of source) {
      const all = joined(open, bytes as Buffer);
      const cut = all.lastIndexOf(NEWLINE) + 1;
      open = all.subarray(cut);
      if (open.length > LINE_MAX_BYTES) throw new ManifestRefused(`${path} has a line without end.`);
      if (cut === 0) continue;
      const lines = all.subarray(0, cut);
      if (!isUtf8(lines)) throw new ManifestRefused(`${path} cannot be read: it is damaged.`);
      yield lines;
    }
  } catch (cause) {
    throw refusalOf(cause, path);
  } finally {
    file.destroy();
    source.destroy();
  }
  if (open.length > 0) throw new ManifestRefused(`${path} ends in the middle of a line: it was cut off.`);
}

function joined(head: Buffer, tail: Buffer): Buffer<ArrayBuffer> {
  return head.length === 0 ? (tail as Buffer<ArrayBuffer>) : Buffer.concat([head, tail]);
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/** Broken compression is the file's fault; what the disk says is passed on. */
function refusalOf(cause: unknown, path: string): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  return code.startsWith("Z_")
    ? new ManifestRefused(`${path} cannot be read: it is damaged.`, { cause })
    : (cause as Error);
}

/** Looks at the first bytes of a stream, and puts them back. @throws what the stream fails with */
async function isCompressed(file: Readable): Promise<boolean> {
  await once(file, "readable");
  const first: Buffer | null = file.read();
  if (first === null) return false;
  file.unshift(first);
  return first.length >= 2 && first.readUInt16BE(0) === 0x1f8b;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function sync(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
