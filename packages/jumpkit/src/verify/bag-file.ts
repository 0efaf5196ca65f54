import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { sha256 } from "@jumpkit/tlog";
import type { Findings } from "./finding.ts";

/** One file of a bag, hashed once when it was found. */
export interface BagFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** Its bytes, read again; the caller has looked at `sizeBytes` before. */
  read(): Promise<Buffer>;
}

/** What stands in a bag, before anything in it is believed. */
export interface Bag {
  /** Files by path, `/` between the parts, without the folder that holds the bag. */
  readonly files: ReadonlyMap<string, BagFile>;
  /** Folders by path. */
  readonly folders: ReadonlySet<string>;
  /** Name of the folder that holds the bag, where the name is part of what was handed over (a tar). */
  readonly topFolder: string | undefined;
}

/** Where the bytes of a file lie in something that is open for reading. */
export interface Extent {
  readonly start: number;
  readonly sizeBytes: number;
}

const CHUNK_BYTES = 256 * 1024;

/** SHA-256 of an extent in constant memory; undefined when the file ends before it. */
export async function hashExtent(
  handle: FileHandle,
  { start, sizeBytes }: Extent,
): Promise<string | undefined> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(sizeBytes, 1)));
  let done = 0;
  while (done < sizeBytes) {
    const wanted = Math.min(buffer.length, sizeBytes - done);
    const { bytesRead } = await handle.read(buffer, 0, wanted, start + done);
    if (bytesRead === 0) return undefined;
    hash.update(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
  return hash.digest("hex");
}

/** The bytes of an extent; shorter when the file ends before it. */
export async function readExtent(handle: FileHandle, { start, sizeBytes }: Extent): Promise<Buffer> {
  const buffer = Buffer.alloc(sizeBytes);
  let done = 0;
  while (done < sizeBytes) {
    const { bytesRead } = await handle.read(buffer, done, sizeBytes - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

/**
 * The bytes of the file at `path`, or undefined with a finding: it is not there, larger than `maxBytes`, or no
 * longer what it was when it was hashed.
 */
export async function readPart(
  bag: Bag,
  path: string,
  maxBytes: number,
  findings: Findings,
): Promise<Buffer | undefined> {
  const file = bag.files.get(path);
  if (file === undefined) return undefined;
  if (file.sizeBytes > maxBytes) {
    findings.add(path, `is larger than ${maxBytes} bytes`);
    return undefined;
  }
  const bytes = await file.read();
  if (sha256(bytes).toString("hex") !== file.sha256) {
    findings.add(path, "was changed while it was being checked");
    return undefined;
  }
  return bytes;
}

/** Like `readPart`, as text; bytes that are not UTF-8 are a finding. */
export async function readText(
  bag: Bag,
  path: string,
  maxBytes: number,
  findings: Findings,
): Promise<string | undefined> {
  const bytes = await readPart(bag, path, maxBytes, findings);
  if (bytes === undefined) return undefined;
  const text = bytes.toString();
  if (Buffer.from(text).equals(bytes)) return text;
  findings.add(path, "is not text in UTF-8");
  return undefined;
}
