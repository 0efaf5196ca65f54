import { createHash } from "node:crypto";
import type { UnreadAgain, UnreadBatch, UnreadRecord } from "@jumpkit/app";
import { type BatchId, type Cursor, RECORD_MAX_BYTES, type SourceId, START } from "@jumpkit/core";
import type pg from "pg";
import { CHUNK_BYTES } from "./chunks.ts";

/** So many batches are sent again at once, and so many bytes of each. */
const BATCHES_AT_ONCE = 100;
const BYTES_AT_ONCE = 32 * 1024 * 1024;

/** What was cut off because it was too long cannot become whole by being read again. */
const WHOLE = `octet_length(original) < ${RECORD_MAX_BYTES} AND sent_again IS NULL`;

/** Batches of a source with records that may be read again, oldest first. */
export async function unreadBatches(
  client: pg.ClientBase,
  organisation: string,
  source: SourceId,
): Promise<readonly UnreadBatch[]> {
  const { rows } = await client.query<{ batch: BatchId; count: string }>(
    `SELECT batch, count(*) AS count FROM intake_unread WHERE organisation = $1 AND source = $2 AND ${WHOLE}
     GROUP BY batch ORDER BY batch LIMIT ${BATCHES_AT_ONCE}`,
    [organisation, source],
  );
  return rows.map(({ batch, count }) => ({ batch, count: Number(count) }));
}

/** Puts the unread records of a batch back into the spool as a batch of their own. */
export async function sendAgain(
  client: pg.ClientBase,
  organisation: string,
  { from, as, sender, now }: UnreadAgain,
): Promise<void> {
  const { rows } = await client.query<{ original: Buffer }>(
    `UPDATE intake_unread u SET sent_again = $3 FROM (
       SELECT record, sum(octet_length(original)) OVER (ORDER BY record) AS bytes FROM intake_unread
       WHERE organisation = $1 AND batch = $2 AND ${WHOLE}
     ) each WHERE u.organisation = $1 AND u.batch = $2 AND u.record = each.record AND each.bytes <= ${BYTES_AT_ONCE}
     RETURNING u.original`,
    [organisation, from, as],
  );
  const { rows: batches } = await client.query<{ source: SourceId; name: string; position: Cursor }>(
    "SELECT source, name, position FROM intake_batch WHERE organisation = $1 AND id = $2",
    [organisation, from],
  );
  const batch = batches[0];
  if (batch === undefined) throw new Error(`There is no batch ${from}`);
  const bytes = joined(
    rows.map((row) => row.original),
    batch.position,
  );
  await client.query(
    `INSERT INTO intake_batch
       (organisation, id, source, name, sender, sent_under, status, received_at, sha256, size_bytes, position)
     SELECT $1, $3, source, $4, $5, sent_under, 'waiting', $6, $7, $8, $9 FROM intake_batch
     WHERE organisation = $1 AND id = $2`,
    [
      organisation,
      from,
      as,
      `${batch.name.slice(0, 200)} (read again)`,
      JSON.stringify(sender),
      now,
      createHash("sha256").update(bytes).digest("hex"),
      bytes.length,
      JSON.stringify(START),
    ],
  );
  for (let at = 0, number = 0; at < bytes.length; at += CHUNK_BYTES, number++) {
    await client.query({
      name: "write-chunk",
      text: "INSERT INTO intake_chunk (organisation, batch, number, bytes) VALUES ($1, $2, $3, $4)",
      values: [organisation, as, number, bytes.subarray(at, at + CHUNK_BYTES)],
    });
  }
}

/** The records as a batch of the form they came in: elements of an array, rows below their header, or lines. */
function joined(records: readonly Buffer[], { array, header }: Cursor): Buffer {
  const between = Buffer.from(array ? "," : "\n");
  const parts = records.flatMap((record) => [record, between]);
  if (array) return Buffer.concat([Buffer.from("["), ...parts, Buffer.from("]")]);
  return Buffer.concat(header === null ? parts : [Buffer.from(`${header}\n`), ...parts]);
}

/** Unread records of a source, the newest batch first, each batch in its order. */
export async function unreadRecords(
  client: pg.ClientBase,
  organisation: string,
  source: SourceId,
  after: string,
  limit: number,
): Promise<{ readonly items: readonly UnreadRecord[]; readonly next: string | null }> {
  const [batch = "bat_z", record = "0"] = /^bat_\w{26}:\d{1,12}$/.test(after) ? after.split(":") : [];
  const { rows } = await client.query<{
    batch: BatchId;
    name: string;
    record: string;
    reason: string;
    original: Buffer;
  }>(
    `SELECT u.batch, b.name, u.record, u.reason, u.original FROM intake_unread u
       JOIN intake_batch b ON b.organisation = u.organisation AND b.id = u.batch
     WHERE u.organisation = $1 AND u.source = $2 AND u.sent_again IS NULL
       AND (u.batch < $3 OR u.batch = $3 AND u.record > $4)
     ORDER BY u.batch DESC, u.record LIMIT $5`,
    [organisation, source, batch, record, limit + 1],
  );
  const items = rows.slice(0, limit).map((row) => ({
    batch: row.batch,
    batchName: row.name,
    record: Number(row.record),
    reason: row.reason,
    sizeBytes: row.original.length,
    text: row.original
      .toString("utf8")
      .slice(0, SHOWN_CHARACTERS)
      .replaceAll("\u0000", "\u2400")
      .toWellFormed(),
    original: row.original.toString("base64"),
  }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? `${last.batch}:${last.record}` : null };
}

const SHOWN_CHARACTERS = 2000;
