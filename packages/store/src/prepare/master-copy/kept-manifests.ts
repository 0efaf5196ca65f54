import type { Readable } from "node:stream";
import type pg from "pg";
import { withTransaction } from "../../database/transaction.ts";
import type { DiskBlobStore } from "../../document/evidence/blob/disk-blob-store.ts";
import { noteDigests } from "./digests.ts";

/** Bytes that are no sound manifest; the message says what is wrong with them. */
export class ManifestUnsound extends Error {
  override readonly name = "ManifestUnsound";
}

/**
 * Reads a manifest as it is kept, compressed or not: the digests of its files, 32 bytes each, many at a time; in the
 * end the number of its entries. Throws {@link ManifestUnsound}, at the latest there, and at once when it holds more
 * than was said.
 */
export type ReadManifest = (
  bytes: Readable,
  said: { name: string; entryCount: number },
) => AsyncGenerator<Buffer, number>;

/** What reading kept manifests needs. */
export interface ManifestParts {
  readonly pool: pg.Pool;
  readonly blobs: DiskBlobStore;
  readonly readManifest: ReadManifest;
}

/** Which manifest of which master copy. */
export interface KeptManifest {
  readonly organisation: string;
  readonly copy: string;
  readonly sha256: string;
  readonly name: string;
  /** As it was registered. */
  readonly entryCount: number;
}

/**
 * Reads a manifest that the blob store holds, and notes which files stand in it: all of them or, when it is not sound,
 * none. Memory does not grow with its size.
 *
 * @returns the number of its entries
 * @throws ManifestUnsound, BlobMissing, BlobDamaged
 */
export async function readThrough(
  { pool, blobs, readManifest }: ManifestParts,
  { organisation, copy, sha256, ...said }: KeptManifest,
): Promise<number> {
  const bytes = await blobs.open({ organisation, incident: copy, sha256 });
  try {
    return await withTransaction(pool, organisation, (client) =>
      noteDigests(client, organisation, copy, readManifest(bytes, said)),
    );
  } finally {
    bytes.destroy();
  }
}

/**
 * Notes anew, from the kept manifests alone, which files stand in which: what a restore has left empty.
 *
 * Meanwhile queries tell how many were not read yet.
 *
 * @param done  called for each manifest with the number of its entries, or with what is wrong
 */
export async function rereadManifests(
  parts: ManifestParts,
  done: (manifest: KeptManifest, outcome: number | Error) => void,
): Promise<void> {
  const { rows } = await parts.pool.query<KeptManifest>(
    `SELECT organisation, id AS copy, state ->> 'manifestSha256' AS sha256, state ->> 'name' AS name,
       (state ->> 'entryCount')::int AS "entryCount"
     FROM master_copy
     WHERE jsonb_typeof(state -> 'file') = 'object' ORDER BY organisation, id`,
  );
  await parts.pool.query("TRUNCATE file_digest, manifest_read");
  for (const manifest of rows) {
    try {
      done(manifest, await readThrough(parts, manifest));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      done(manifest, error);
    }
  }
}
