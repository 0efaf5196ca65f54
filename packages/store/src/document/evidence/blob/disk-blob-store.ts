import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, opendir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { accept, type Result, refuse } from "@jumpkit/core";
import { codeOf, isDiskFull, StorageFull } from "../../../database/faults.ts";
import { type BlobDamage, BlobDamaged, BlobMissing, UploadAborted } from "./blob-faults.ts";
import { readEncrypted, type Written, writeEncrypted } from "./encrypted-file.ts";
import type { IncidentKey } from "./keys.ts";

/** Whose evidence a blob is. Both are opaque ids. */
export type BlobPlace = { readonly organisation: string; readonly incident: string };

/** Which blob: the SHA-256 of the bytes as they were received, in hex, within its incident. */
export type BlobAddress = BlobPlace & { readonly sha256: string };

/** A blob that is safely on disk. Only now may the record say that it was received. */
export type ReceivedBlob = {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Where the store keeps it, as {@link DiskBlobStore.list} gives it: `organisation/incident/name`. */
  readonly handle: string;
};

/** Why bytes were not taken in. Nothing of them is kept. */
export type BlobRefusal =
  | { readonly code: "blob.too_large"; readonly limitBytes: number }
  | { readonly code: "blob.digest_mismatch"; readonly expected: string; readonly received: string };

/** What is asked of bytes that come in. */
export type ReceiveOptions = BlobPlace & {
  /** More is refused; without it, the disk is the limit. */
  readonly limitBytes?: number;
  /** The SHA-256 that the sender says they have, in hex. */
  readonly expectedSha256?: string;
};

/** A stored blob as it lies there. */
export type StoredBlob = {
  readonly handle: string;
  /** Of the encrypted file. */
  readonly storedBytes: number;
  /** When it was stored, in milliseconds since 1970; stored again means now. */
  readonly storedAtMs: number;
};

/** What the store needs: where to keep blobs, and the keys. */
export type DiskBlobStoreOptions = {
  /** The folder of all blobs; made when needed. */
  readonly directory: string;
  /** The key of an incident, which must exist before its first blob. */
  readonly keyOf: (place: BlobPlace) => Promise<IncidentKey>;
  /** The name of the blob with a digest, as {@link KeyRing.nameOf} gives it. */
  readonly nameOf: (sha256: string) => string;
};

/** Uploads under way and blobs being swept; no organisation's id starts with a full stop. */
const INCOMING = ".incoming";
const SWEPT = ".swept";

/**
 * Keeps the bytes of evidence on disk, each encrypted in the age format under its incident's key.
 *
 * A blob is known by the digest of what was received. The same bytes received twice in one incident are one
 * blob; in two incidents they are two, so that no incident betrays what another holds. A blob is complete
 * and on the disk before {@link receive} resolves, and never changes afterwards.
 */
export class DiskBlobStore {
  readonly #directory: string;
  readonly #keyOf: DiskBlobStoreOptions["keyOf"];
  readonly #nameOf: DiskBlobStoreOptions["nameOf"];

  constructor({ directory, keyOf, nameOf }: DiskBlobStoreOptions) {
    this.#directory = directory;
    this.#keyOf = keyOf;
    this.#nameOf = nameOf;
  }

  /**
   * Takes in bytes while they arrive, as fast as the disk takes them.
   *
   * When it refuses or the disk is full, the rest of a stream stays unread and the stream open: answer, then
   * close it.
   *
   * @throws StorageFull    the disk is full; nothing is kept
   * @throws UploadAborted  the source failed; nothing is kept
   */
  async receive(
    source: AsyncIterable<Uint8Array>,
    { organisation, incident, limitBytes = Number.POSITIVE_INFINITY, expectedSha256 }: ReceiveOptions,
  ): Promise<Result<ReceivedBlob, BlobRefusal>> {
    const place = { organisation, incident };
    const folder = this.#folderOf(place);
    // A sender may break off before the first read; then reading fails, and the event itself must harm nobody.
    if (source instanceof Readable) source.on("error", () => {});
    const key = await this.#keyOf(place);
    try {
      return await this.#withTemporaryFile(async (temporary, file) => {
        const written = await writeEncrypted(failingAsAborted(source), file, key.recipient, limitBytes);
        if (written === undefined) return refuse({ code: "blob.too_large", limitBytes });
        const { sha256 } = written;
        if (expectedSha256 !== undefined && expectedSha256 !== sha256) {
          return refuse({ code: "blob.digest_mismatch", expected: expectedSha256, received: sha256 });
        }
        await file.chmod(0o400);
        await file.sync();
        await this.#settle(temporary, folder, this.#nameOf(sha256));
        return accept(receipt(place, this.#nameOf(sha256), written));
      });
    } catch (error) {
      throw isDiskFull(error) ? new StorageFull("the evidence", error) : error;
    }
  }

  /**
   * The bytes of a blob as they were received. They are hashed again on the way: the stream fails before its
   * end, with {@link BlobDamaged}, unless they are the same.
   *
   * @throws BlobMissing, BlobDamaged  before the first byte
   */
  async open(address: BlobAddress): Promise<Readable> {
    const handle = this.handleOf(address);
    const key = await this.#keyOf(address);
    const file = await open(join(this.#directory, handle), "r").catch((error: unknown) => {
      throw codeOf(error) === "ENOENT" ? new BlobMissing(handle, error) : error;
    });
    return readEncrypted(file, key, { handle, sha256: address.sha256 });
  }

  /** Reads a blob from end to end: accepted with its size in clear, or what is wrong with it. */
  async verify(
    address: BlobAddress,
  ): Promise<
    Result<number, { readonly code: "blob.missing" | "blob.damaged"; readonly damage?: BlobDamage }>
  > {
    try {
      let sizeBytes = 0;
      const stream = await this.open(address);
      stream.on("data", ({ length }: Buffer) => {
        sizeBytes += length;
      });
      await finished(stream);
      return accept(sizeBytes);
    } catch (error) {
      if (error instanceof BlobMissing) return refuse({ code: error.code });
      if (error instanceof BlobDamaged) return refuse({ code: error.code, damage: error.damage });
      throw error;
    }
  }

  /** Where a blob with this address is, or would be: `organisation/incident/name`. */
  handleOf({ organisation, incident, sha256 }: BlobAddress): string {
    this.#folderOf({ organisation, incident });
    return `${organisation}/${incident}/${this.#nameOf(sha256)}`;
  }

  /** All blobs in the store, in no order. */
  async *list(): AsyncGenerator<StoredBlob> {
    for await (const organisation of foldersIn(this.#directory)) {
      for await (const incident of foldersIn(join(this.#directory, organisation))) {
        for await (const name of namesIn(join(this.#directory, organisation, incident))) {
          const handle = `${organisation}/${incident}/${name}`;
          const found = await statOf(join(this.#directory, handle));
          if (found !== undefined) yield { handle, storedBytes: found.size, storedAtMs: found.mtimeMs };
        }
      }
    }
  }

  /**
   * Removes blobs that nothing refers to and remains of broken uploads, if they were stored before
   * `beforeMs` (milliseconds since 1970).
   *
   * A blob is stored before the record of it commits, so `beforeMs` must lie further back than any upload
   * and transaction lasts: a day is plenty. One that is received again meanwhile stays.
   *
   * @returns the handles of the removed blobs
   */
  async sweepOrphans(
    beforeMs: number,
    isReferenced: (handle: string) => Promise<boolean>,
  ): Promise<readonly string[]> {
    await this.#sweepIncoming(beforeMs);
    const swept: string[] = [];
    for await (const { handle, storedAtMs } of this.list()) {
      if (storedAtMs >= beforeMs || (await isReferenced(handle))) continue;
      if (await this.#sweep(handle, beforeMs)) swept.push(handle);
    }
    return swept;
  }

  /** Put aside first: whoever receives the same bytes at this moment either marked it as new or stores it again. */
  async #sweep(handle: string, beforeMs: number): Promise<boolean> {
    const path = join(this.#directory, handle);
    const aside = join(await this.#own(SWEPT), randomBytes(16).toString("hex"));
    if (!(await moved(path, aside))) return false;
    const wasMarked = ((await statOf(aside))?.mtimeMs ?? 0) >= beforeMs;
    if (wasMarked && (await statOf(path)) === undefined) {
      await rename(aside, path);
      return false;
    }
    await rm(aside, { force: true });
    return !wasMarked;
  }

  async #sweepIncoming(beforeMs: number): Promise<void> {
    for (const folder of [INCOMING, SWEPT]) {
      for await (const name of namesIn(join(this.#directory, folder))) {
        const path = join(this.#directory, folder, name);
        const found = await statOf(path);
        if (found !== undefined && found.mtimeMs < beforeMs) await rm(path, { force: true });
      }
    }
  }

  /** Ids become names of folders, so nothing but plain ids gets through. */
  #folderOf({ organisation, incident }: BlobPlace): string {
    for (const id of [organisation, incident]) {
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id))
        throw new TypeError(`${JSON.stringify(id)} is not an id.`);
    }
    return join(this.#directory, organisation, incident);
  }

  async #own(name: string): Promise<string> {
    const folder = join(this.#directory, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Whatever happens, the file is gone afterwards, unless `work` moved it. */
  async #withTemporaryFile<Value>(work: (path: string, file: FileHandle) => Promise<Value>): Promise<Value> {
    const path = join(await this.#own(INCOMING), randomBytes(16).toString("hex"));
    const file = await open(path, "wx", 0o600);
    try {
      return await work(path, file);
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  }

  /** Gives a complete file its name, unless the blob is there already; both survive a power cut. */
  async #settle(temporary: string, folder: string, name: string): Promise<void> {
    const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    const now = new Date();
    const isThere = await utimes(path, now, now).then(
      () => true,
      (error: unknown) => {
        if (codeOf(error) === "ENOENT") return false;
        throw error;
      },
    );
    if (!isThere) await rename(temporary, path);
    await syncFolder(folder);
    if (firstMade !== undefined) {
      await syncFolder(dirname(folder));
      await syncFolder(this.#directory);
    }
  }
}

function receipt(
  { organisation, incident }: BlobPlace,
  name: string,
  { sha256, sizeBytes }: Written,
): ReceivedBlob {
  return { sha256, sizeBytes, handle: `${organisation}/${incident}/${name}` };
}

/** A stream that is refused half-way is left as it stands: who sent it must still be told why. */
async function* failingAsAborted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source instanceof Readable ? source.iterator({ destroyOnReturn: false }) : source;
  } catch (error) {
    throw new UploadAborted(error);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* foldersIn(folder: string): AsyncGenerator<string> {
  for await (const entry of entriesOf(folder)) {
    if (entry.isDirectory() && !entry.name.startsWith(".")) yield entry.name;
  }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  for await (const entry of entriesOf(folder)) if (entry.isFile()) yield entry.name;
}

async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** `false` when there is nothing to move, because another sweep was faster. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
