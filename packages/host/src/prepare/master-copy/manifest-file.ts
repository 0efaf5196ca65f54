import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
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
const LINE_MAX_CHARACTERS = 4 * 1024 * 1024;
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
  /** Lines of entries without their newlines, in their order. To be read to its end, once. */
  readonly lines: AsyncIterable<readonly string[]>;
  /** The last line; known when `lines` has come to its end. */
  trailer(): ManifestTrailer;
  close(): Promise<void>;
}

/**
 * Opens a manifest, compressed or not.
 *
 * What `lines` gives out is to be believed when it has ended without throwing: count and digest stand last.
 *
 * @throws ManifestRefused  here or from `lines`, for a file that is not a manifest, not complete or not sound
 */
export async function readManifest(path: string): Promise<ManifestReader> {
  const batches = lineBatches(path)[Symbol.asyncIterator]();
  const first = await batches.next();
  const [top, ...rest] = first.done === true ? [] : first.value;
  if (top === undefined) throw new ManifestRefused(`${path} is empty.`);
  const header = parseHeader(top, path);
  const hash = createHash("sha256").update(`${top}\n`);
  let trailer: ManifestTrailer | undefined;

  async function* lines(): AsyncGenerator<readonly string[]> {
    let count = 0;
    let held: string | undefined;
    const batch = function* (given: readonly string[]): Generator<readonly string[]> {
      // The last line of all is the trailer: one line is held back until another follows.
      const ready = held === undefined ? [...given] : [held, ...given];
      held = ready.pop();
      if (ready.length === 0) return;
      count += ready.length;
      hash.update(`${ready.join("\n")}\n`);
      yield ready;
    };
    yield* batch(rest);
    for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
      yield* batch(next.value);
    }
    trailer = parseTrailer(held ?? "");
    if (trailer === undefined) {
      throw new ManifestRefused(`${path} has no last line: its making was interrupted, or it was cut off.`);
    }
    if (trailer.entryCount !== count || trailer.sha256 !== hash.digest("hex")) {
      throw new ManifestRefused(`${path} was changed: its last line does not fit what stands before it.`);
    }
  }

  return {
    header,
    lines: lines(),
    trailer: () => {
      if (trailer === undefined) throw new Error("the manifest has not been read to its end");
      return trailer;
    },
    close: async () => {
      await batches.return?.(undefined);
    },
  };
}

/** Reads a manifest to its end, and gives its first and last line. @throws ManifestRefused */
export async function examineManifest(
  path: string,
): Promise<{ readonly header: ManifestHeader; readonly trailer: ManifestTrailer }> {
  const manifest = await readManifest(path);
  for await (const _ of manifest.lines);
  return { header: manifest.header, trailer: manifest.trailer() };
}

/** The digest of a file's bytes, in hexadecimal. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

async function* lineBatches(path: string): AsyncGenerator<string[]> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const source = (await isCompressed(path)) ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file;
  file.on("error", (error) => source.destroy(error));
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let open = "";
  try {
    for await (const bytes of source) {
      const lines = (open + decoder.decode(bytes as Buffer, { stream: true })).split("\n");
      open = lines.pop() ?? "";
      if (open.length > LINE_MAX_CHARACTERS) throw new ManifestRefused(`${path} has a line without end.`);
      if (lines.length > 0) yield lines;
    }
  } catch (cause) {
    throw refusalOf(cause, path);
  } finally {
    file.destroy();
    source.destroy();
  }
  if (open !== "") throw new ManifestRefused(`${path} ends in the middle of a line: it was cut off.`);
}

/** Broken compression and broken text are the file's fault; what the disk says is passed on. */
function refusalOf(cause: unknown, path: string): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  const isBroken = code.startsWith("Z_") || code.startsWith("ERR_ENCODING");
  return isBroken
    ? new ManifestRefused(`${path} cannot be read: it is damaged.`, { cause })
    : (cause as Error);
}

async function isCompressed(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await file.close();
  }
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
