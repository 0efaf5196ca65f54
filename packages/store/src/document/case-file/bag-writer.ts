import { createHash } from "node:crypto";
import { once } from "node:events";
import { sha256 } from "@jumpkit/tlog";
import type { Pack } from "tar-stream";
import { manifestLine } from "./layout.ts";

/** A blob whose bytes are not the ones its digest and size promise. The case file must not be handed out. */
export class BlobMismatch extends Error {
  override readonly name = "BlobMismatch";
}

/** Content that is written while it flows, with what it must turn out to be. */
export interface Streamed {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Writes files into the tar of one bag and keeps what its manifests need. */
export interface BagWriter {
  /** Adds a small file; its digest comes back. Files under `data/` are also put into the manifest. */
  add(path: string, content: Uint8Array | string, mode?: number): Promise<string>;
  /** Adds a file of any size in constant memory; rejects with `BlobMismatch` when it is not as promised. */
  addStreamed(path: string, file: Streamed): Promise<void>;
  /** The manifest of all files under `data/` so far, ordered by path. */
  manifest(): string;
  /** How many bytes and files there are under `data/`. */
  payload(): { readonly bytes: number; readonly files: number };
}

/**
 * A writer into `pack`.
 *
 * @param folder   the one folder that holds the bag
 * @param writtenAt  the time each file bears
 */
export function bagWriter(pack: Pack, folder: string, writtenAt: Date): BagWriter {
  const digests = new Map<string, string>();
  let bytes = 0;

  function note(path: string, digest: string, sizeBytes: number): void {
    if (!path.startsWith("data/")) return;
    if (digests.has(path)) throw new Error(`the case file already has ${path}`);
    digests.set(path, digest);
    bytes += sizeBytes;
  }

  function header(path: string, size: number, mode = 0o644) {
    return { name: `${folder}/${path}`, size, mode, mtime: writtenAt, type: "file" as const };
  }

  return {
    async add(path, content, mode) {
      const data = Buffer.from(content);
      const digest = sha256(data).toString("hex");
      note(path, digest, data.length);
      await put(pack, header(path, data.length, mode), [data]);
      return digest;
    },
    async addStreamed(path, file) {
      note(path, file.sha256, file.sizeBytes);
      await put(pack, header(path, file.sizeBytes), checked(path, file));
    },
    manifest() {
      const paths = [...digests.keys()].sort();
      return paths.map((path) => manifestLine(digests.get(path) ?? "", path)).join("");
    },
    payload: () => ({ bytes, files: digests.size }),
  };
}

/** Hands the chunks on and rejects at the end, or as soon as there are too many, when they are not as promised. */
async function* checked(path: string, file: Streamed): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of file.chunks) {
    hash.update(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > file.sizeBytes) throw new BlobMismatch(`${path} is longer than ${file.sizeBytes} bytes`);
    yield chunk;
  }
  if (sizeBytes !== file.sizeBytes) {
    throw new BlobMismatch(`${path} has ${sizeBytes} bytes instead of ${file.sizeBytes}`);
  }
  const digest = hash.digest("hex");
  if (digest !== file.sha256) throw new BlobMismatch(`${path} has the SHA-256 ${digest}`);
}

/** Writes one file, never ahead of whoever reads the tar. */
async function put(
  pack: Pack,
  header: Parameters<Pack["entry"]>[0],
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  let settle: (error?: Error | null) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // A failure while chunks are still coming is seen at the next wait; until then it is no stray rejection.
  ended.catch(() => undefined);
  const sink = pack.entry(header, (error) => settle(error));
  sink.on("error", (error: Error) => settle(error));
  for await (const chunk of chunks) {
    if (!sink.write(chunk)) await Promise.race([once(sink, "drain"), ended]);
  }
  sink.end(null);
  await ended;
}
