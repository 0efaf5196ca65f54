import { createHash, randomBytes } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { LONGEST_HEADER_BYTES, openHeader, sealHeader } from "./age-header.ts";
import type { Identity, Recipient } from "./age-key.ts";
import {
  CHUNK_BYTES,
  PAYLOAD_NONCE_BYTES,
  type PayloadCipher,
  payloadCipher,
  payloadKey,
  TAG_BYTES,
} from "./age-payload.ts";
import { BlobDamaged } from "./blob-faults.ts";
import { borrowSealingWorker, type SealingWorker } from "./sealing-worker.ts";

/** How much is written or read at once: large enough for few calls, small enough for many transfers. */
const CHUNKS_AT_ONCE = 16;
const BATCH_BYTES = CHUNKS_AT_ONCE * CHUNK_BYTES;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** What was written: the digest and size of the bytes in clear. */
export type Written = { readonly sha256: string; readonly sizeBytes: number };

/**
 * Writes an age file to `recipient` while its bytes arrive, hashing them on the way.
 *
 * Memory stays the same whatever the size: the source is read only as fast as the disk takes what it gives.
 *
 * @param limitBytes  more is not read
 * @returns `undefined` when the source holds more than `limitBytes`
 */
export async function writeEncrypted(
  source: AsyncIterable<Uint8Array>,
  file: FileHandle,
  recipient: Recipient,
  limitBytes: number,
): Promise<Written | undefined> {
  const fileKey = randomBytes(16);
  const nonce = randomBytes(PAYLOAD_NONCE_BYTES);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  await writeAll(file, [sealHeader(fileKey, [recipient]), nonce]);
  const payload = new PayloadWriter(file, payloadKey(fileKey, nonce));
  try {
    for await (const bytes of source) {
      sizeBytes += bytes.length;
      if (sizeBytes > limitBytes) return undefined;
      hash.update(bytes);
      await payload.add(bytes);
    }
    await payload.end();
  } finally {
    await payload.settle();
  }
  payload.throwFailure();
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** How many batches are filled, encrypted and written at the same time. */
const BATCHES_AT_ONCE = 8;

/** After so many batches the disk begins to store them, so that the end does not have to wait for everything. */
const BATCHES_PER_SYNC = 64;

/**
 * Cuts what arrives into batches of chunks and appends them to a file, encrypted by another thread.
 *
 * A full batch is kept back until more arrives, since the payload's last chunk is marked. What fits into one
 * batch is encrypted here: starting the thread would cost more than it saves.
 */
class PayloadWriter {
  readonly #file: FileHandle;
  readonly #key: Buffer;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #spare: ArrayBuffer[] = [];
  #worker: SealingWorker | undefined;
  #failure: { readonly error: unknown } | undefined;
  #syncing: Promise<unknown> = Promise.resolve();
  #bytes = new ArrayBuffer(BATCH_BYTES);
  #filledBytes = 0;
  #batchCount = 0;

  constructor(file: FileHandle, key: Buffer) {
    this.#file = file;
    this.#key = key;
  }

  async add(bytes: Uint8Array): Promise<void> {
    let from = 0;
    while (from < bytes.length) {
      if (this.#filledBytes === BATCH_BYTES) {
        this.#send(false);
        await this.#makeRoom();
      }
      const part = bytes.subarray(from, from + BATCH_BYTES - this.#filledBytes);
      new Uint8Array(this.#bytes).set(part, this.#filledBytes);
      this.#filledBytes += part.length;
      from += part.length;
    }
  }

  async end(): Promise<void> {
    if (this.#worker !== undefined) return this.#send(true);
    const bytes = new Uint8Array(this.#bytes, 0, this.#filledBytes);
    await writeAll(this.#file, sealAll(payloadCipher(this.#key), bytes));
  }

  /** Waits until nothing touches the file any more, whatever became of it. */
  async settle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    this.#worker?.release();
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #send(isLast: boolean): void {
    this.#worker ??= borrowSealingWorker();
    const sent = this.#worker.append({
      descriptor: this.#file.fd,
      payloadKey: this.#key,
      firstIndex: this.#batchCount * CHUNKS_AT_ONCE,
      bytes: this.#bytes,
      lengthBytes: this.#filledBytes,
      isLast,
    });
    this.#track(sent.then((bytes) => this.#spare.push(bytes)));
    this.#filledBytes = 0;
    this.#batchCount += 1;
    if (this.#batchCount % BATCHES_PER_SYNC !== 0) return;
    this.#syncing = this.#syncing.then(() => this.#file.datasync());
    this.#track(this.#syncing);
  }

  async #makeRoom(): Promise<void> {
    while (this.#underWay.size >= BATCHES_AT_ONCE) await Promise.race(this.#underWay);
    this.throwFailure();
    this.#bytes = this.#spare.pop() ?? new ArrayBuffer(BATCH_BYTES);
  }

  #track(work: Promise<unknown>): void {
    const tracked = work
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }
}

function sealAll(cipher: PayloadCipher, bytes: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / CHUNK_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const chunk = bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
    return cipher.seal(chunk, index, index === count - 1);
  }).flat();
}

/** A disk that fills up takes only a part first. */
async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  let rest: Uint8Array = Buffer.concat(parts);
  while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten);
}

/** What has to be true of a file that is read. */
export type Expected = { readonly handle: string; readonly sha256: string };

/**
 * The bytes in clear of an encrypted file, in order.
 *
 * The stream fails with {@link BlobDamaged} at the first chunk that was changed, and at the end if the digest
 * of all bytes is not the expected one. It closes `file` when it ends, fails or is destroyed.
 *
 * @throws BlobDamaged  the header cannot be opened; nothing was read and `file` is closed
 */
export async function readEncrypted(
  file: FileHandle,
  identity: Identity,
  expected: Expected,
): Promise<Readable> {
  try {
    const { size } = await file.stat();
    const start = await readAt(file, 0, LONGEST_HEADER_BYTES);
    const header = openHeader(start, identity);
    if (header === undefined) throw new BlobDamaged(expected.handle, "header_unreadable");
    const payloadAt = header.lengthBytes + PAYLOAD_NONCE_BYTES;
    const chunks = chunkCount(size - payloadAt);
    if (chunks === undefined) throw new BlobDamaged(expected.handle, "cut_short");
    const nonce = start.subarray(header.lengthBytes, payloadAt);
    const cipher = payloadCipher(payloadKey(header.fileKey, nonce));
    return new DecryptedStream(file, cipher, { payloadAt, chunks }, expected);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** `undefined` when no payload has this length: every chunk carries its tag, and only a sole one may be empty. */
function chunkCount(lengthBytes: number): number | undefined {
  if (lengthBytes < TAG_BYTES) return undefined;
  const rest = lengthBytes % SEALED_CHUNK_BYTES;
  const isPossible = rest === 0 || rest > TAG_BYTES || lengthBytes === TAG_BYTES;
  return isPossible ? Math.ceil(lengthBytes / SEALED_CHUNK_BYTES) : undefined;
}

async function readAt(file: FileHandle, position: number, lengthBytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(lengthBytes);
  let filledBytes = 0;
  while (filledBytes < lengthBytes) {
    const { bytesRead } = await file.read(
      buffer,
      filledBytes,
      lengthBytes - filledBytes,
      position + filledBytes,
    );
    if (bytesRead === 0) break;
    filledBytes += bytesRead;
  }
  return buffer.subarray(0, filledBytes);
}

class DecryptedStream extends Readable {
  readonly #file: FileHandle;
  readonly #cipher: PayloadCipher;
  readonly #layout: { readonly payloadAt: number; readonly chunks: number };
  readonly #expected: Expected;
  readonly #hash = createHash("sha256");
  #next = 0;

  constructor(
    file: FileHandle,
    cipher: PayloadCipher,
    layout: { readonly payloadAt: number; readonly chunks: number },
    expected: Expected,
  ) {
    super({ highWaterMark: BATCH_BYTES });
    this.#file = file;
    this.#cipher = cipher;
    this.#layout = layout;
    this.#expected = expected;
  }

  override _read(): void {
    this.#readSome().catch((error: Error) => this.destroy(error));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#file.close().then(
      () => done(error),
      (closing: Error) => done(error ?? closing),
    );
  }

  async #readSome(): Promise<void> {
    const { payloadAt, chunks } = this.#layout;
    const at = payloadAt + this.#next * SEALED_CHUNK_BYTES;
    const sealed = await readAt(this.#file, at, CHUNKS_AT_ONCE * SEALED_CHUNK_BYTES);
    const clear: Buffer[] = [];
    for (let from = 0; from < sealed.length; from += SEALED_CHUNK_BYTES) {
      const chunk = sealed.subarray(from, from + SEALED_CHUNK_BYTES);
      const opened =
        chunk.length < TAG_BYTES
          ? undefined
          : this.#cipher.open(chunk, this.#next, this.#next === chunks - 1);
      if (opened === undefined) throw new BlobDamaged(this.#expected.handle, "chunk_changed");
      this.#next += 1;
      this.#hash.update(opened);
      clear.push(opened);
    }
    const isOver = this.#next >= chunks;
    if (!isOver && sealed.length === 0) throw new BlobDamaged(this.#expected.handle, "cut_short");
    // The last bytes are handed over only after all of them proved right.
    if (isOver && this.#hash.digest("hex") !== this.#expected.sha256) {
      throw new BlobDamaged(this.#expected.handle, "digest_differs");
    }
    for (const chunk of clear) if (chunk.length > 0) this.push(chunk);
    if (isOver) this.push(null);
  }
}
