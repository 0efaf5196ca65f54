import { type Instant, instantAt, unixMsOf } from "@jumpkit/core";
import type pg from "pg";
import type { DiskBlobStore } from "./document/evidence/blob/disk-blob-store.ts";

const DAY_MS = 24 * 60 * 60_000;

/** How long each thing beside the record is kept after it has served its purpose. */
const KEPT_MS = {
  reply: 7 * DAY_MS,
  denial: 2 * DAY_MS,
  upload: DAY_MS,
  token: 30 * DAY_MS,
  attempt: 2 * DAY_MS,
  orphan: 2 * DAY_MS,
  arriving: DAY_MS,
  batch: 30 * DAY_MS,
};

/**
 * Clears operational tables of what has expired, and the blob store of files that no item claimed.
 *
 * Nothing of the record is touched: not an entry, not a projection, not a blob that an item names.
 *
 * @returns how many files were removed from the blob store
 */
export async function keepHouse(pool: pg.Pool, blobs: DiskBlobStore, now: Instant): Promise<number> {
  const before = (ms: number): Instant => instantAt(unixMsOf(now) - ms);
  await pool.query("DELETE FROM session WHERE expires_at < $1", [now]);
  await pool.query("DELETE FROM ticket WHERE expires_at < $1", [now]);
  await pool.query("DELETE FROM invitation WHERE expires_at < $1", [now]);
  await pool.query("DELETE FROM set_up_link WHERE expires_at < $1", [now]);
  await pool.query("DELETE FROM sign_in_step WHERE expires_at < $1", [now]);
  await pool.query("DELETE FROM provider_visit WHERE expires_at < $1", [now]);
  await pool.query("DELETE FROM attempt WHERE greatest(last_at, wait_until) < $1", [before(KEPT_MS.attempt)]);
  await pool.query("DELETE FROM access_token WHERE least(expires_at, revoked_at) < $1", [
    before(KEPT_MS.token),
  ]);
  await pool.query("DELETE FROM kept_reply WHERE claimed_at < $1", [before(KEPT_MS.reply)]);
  await pool.query("DELETE FROM denial WHERE minute < $1", [before(KEPT_MS.denial)]);
  await pool.query("DELETE FROM upload WHERE item IS NULL AND received_at < $1", [before(KEPT_MS.upload)]);
  await forgetBatches(pool, before(KEPT_MS.arriving), before(KEPT_MS.batch));
  const swept = await blobs.sweepOrphans(unixMsOf(before(KEPT_MS.orphan)), (handle) =>
    isClaimed(pool, blobs, handle),
  );
  return swept.length;
}

/** Whether an item or a waiting upload names the blob. A blob's name tells nothing, so its incident is asked. */
async function isClaimed(pool: pg.Pool, blobs: DiskBlobStore, handle: string): Promise<boolean> {
  const [organisation = "", incident = ""] = handle.split("/");
  const { rows } = await pool.query<{ sha256: string }>(
    `SELECT sha256 FROM evidence_item WHERE organisation = $1 AND incident = $2 AND sha256 IS NOT NULL
     UNION SELECT sha256 FROM upload WHERE organisation = $1 AND incident = $2`,
    [organisation, incident],
  );
  return rows.some(({ sha256 }) => blobs.handleOf({ organisation, incident, sha256 }) === handle);
}

/** Clears what a sender never finished, and the bytes of batches that were worked off long ago. */
async function forgetBatches(pool: pg.Pool, unfinished: Instant, done: Instant): Promise<void> {
  await pool.query(
    `DELETE FROM intake_chunk c USING intake_batch b
     WHERE b.organisation = c.organisation AND b.id = c.batch
       AND (b.status = 'arriving' AND b.received_at < $1 OR b.status = 'done' AND b.done_at < $2)`,
    [unfinished, done],
  );
  await pool.query("DELETE FROM intake_batch WHERE status = 'arriving' AND received_at < $1", [unfinished]);
}
