import { createHash, randomBytes } from "node:crypto";
import type { NextWork, PendingBatch, Spool, SpoolRefusal, Viewer } from "@jumpkit/app";
import {
  accept,
  type BatchId,
  type Instant,
  idFrom,
  type Result,
  refuse,
  type Source,
  START,
  unixMsOf,
} from "@jumpkit/core";
import type pg from "pg";
import { Lead } from "../../database/lead.ts";
import { runStatement, withTransaction } from "../../database/transaction.ts";
import { CHUNK_BYTES, inChunks } from "./chunks.ts";
import { BATCH_COLUMNS, type BatchRow, pendingBatch } from "./records.ts";
import { BatchRefused, unpacked } from "./unpack.ts";

/** The largest batch, after unpacking. */
export const BATCH_MAX_BYTES = 256 * 1024 * 1024;

/** How many bytes are read at once to be parsed: enough for a part, and little enough to hold. */
const WINDOW_CHUNKS = 32;

/** "INTAKE" in ASCII: who holds it works batches off. */
const LEAD_LOCK = "80594386765637";

/** The spool on PostgreSQL: batches wait in tables, so that any server can take them in and any can go on. */
export class PostgresSpool implements Spool {
  readonly #pool: pg.Pool;
  readonly #now: () => Instant;
  readonly #lead: Lead;
  /** The organisation whose turn was last. */
  #lastTurn = "";

  constructor(pool: pg.Pool, databaseUrl: string, now: () => Instant) {
    this.#pool = pool;
    this.#lead = new Lead(databaseUrl, "jumpkit intake", LEAD_LOCK);
    this.#now = now;
  }

  async receive(
    sender: Viewer,
    sentUnder: PendingBatch["sentUnder"],
    batch: { readonly source: string; readonly name: string; readonly compressed: boolean },
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<Result<BatchId, SpoolRefusal>> {
    const { organisation } = sender;
    const now = this.#now();
    const id = idFrom("bat", unixMsOf(now), randomBytes(10));
    await this.#in(organisation, (client) =>
      client.query(
        `INSERT INTO intake_batch (organisation, id, source, name, sender, sent_under, status, received_at, position)
         VALUES ($1, $2, $3, $4, $5, $6, 'arriving', $7, $8)`,
        [
          organisation,
          id,
          batch.source,
          batch.name.replaceAll("\u0000", "\u2400").toWellFormed(),
          JSON.stringify(sender),
          JSON.stringify(sentUnder),
          now,
          JSON.stringify(START),
        ],
      ),
    );
    try {
      const { sha256, sizeBytes } = await this.#fill(organisation, id, unpacked(chunks, batch.compressed));
      await this.#in(organisation, (client) =>
        client.query(
          "UPDATE intake_batch SET status = 'waiting', sha256 = $3, size_bytes = $4 WHERE organisation = $1 AND id = $2",
          [organisation, id, sha256, sizeBytes],
        ),
      );
      return accept(id);
    } catch (fault) {
      await this.#forget(organisation, id).catch(() => {});
      if (fault instanceof BatchRefused) return refuse(fault.refusal);
      throw fault;
    }
  }

  leads(): Promise<boolean> {
    return this.#lead.has();
  }

  async next(): Promise<NextWork | undefined> {
    const organisation = await this.#nextTurn();
    if (organisation === undefined) return undefined;
    this.#lastTurn = organisation;
    return this.#in(organisation, async (client) => {
      const { rows } = await client.query<BatchRow & { source_state: Source }>({
        name: "next-batch",
        text: `SELECT b.*, s.state AS source_state FROM (
            SELECT ${BATCH_COLUMNS} FROM intake_batch WHERE organisation = $1 AND status = 'waiting' ORDER BY id LIMIT 1
          ) b JOIN source s ON s.organisation = $1 AND s.id = b.source`,
        values: [organisation],
      });
      const row = rows[0];
      if (row === undefined) return undefined;
      const batch = pendingBatch(row);
      const { bytes, isLast } = await windowOf(client, organisation, batch);
      return { batch, request: { source: row.source_state.reading, cursor: batch.cursor, bytes, isLast } };
    });
  }

  async setAside(batch: PendingBatch, reason: string): Promise<void> {
    const { organisation } = batch.sender;
    await this.#in(organisation, (client) =>
      client.query(
        `UPDATE intake_batch SET status = 'set_aside', problem = $3, done_at = $4
         WHERE organisation = $1 AND id = $2 AND status = 'waiting'`,
        [organisation, batch.id, reason, this.#now()],
      ),
    );
  }

  async close(): Promise<void> {
    await this.#lead.end();
  }

  #in<Value>(organisation: string, work: (client: pg.PoolClient) => Promise<Value>): Promise<Value> {
    return withTransaction(this.#pool, organisation, work);
  }

  /** Each piece is committed by itself, so that memory and transactions stay small; none counts before the last. */
  async #fill(organisation: string, id: string, bytes: AsyncIterable<Uint8Array>) {
    const hash = createHash("sha256");
    let sizeBytes = 0;
    let number = 0;
    for await (const chunk of inChunks(bytes)) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > BATCH_MAX_BYTES) {
        throw new BatchRefused({ code: "batch.too_large", limitBytes: BATCH_MAX_BYTES });
      }
      const place = number++;
      await this.#in(organisation, (client) =>
        client.query({
          name: "write-chunk",
          text: "INSERT INTO intake_chunk (organisation, batch, number, bytes) VALUES ($1, $2, $3, $4)",
          values: [organisation, id, place, chunk],
        }),
      );
    }
    if (sizeBytes === 0) throw new BatchRefused({ code: "batch.empty" });
    return { sha256: hash.digest("hex"), sizeBytes };
  }

  async #forget(organisation: string, id: string): Promise<void> {
    await this.#in(organisation, async (client) => {
      await client.query("DELETE FROM intake_chunk WHERE organisation = $1 AND batch = $2", [
        organisation,
        id,
      ]);
      await client.query("DELETE FROM intake_batch WHERE organisation = $1 AND id = $2", [organisation, id]);
    });
  }

  /** The organisation with waiting batches that comes after the last one served, in a circle. */
  async #nextTurn(): Promise<string | undefined> {
    const { rows } = await runStatement<{ organisation: string }>(
      this.#pool,
      `(SELECT organisation FROM intake_batch WHERE status = 'waiting' AND organisation > $1 ORDER BY 1 LIMIT 1)
       UNION ALL (SELECT organisation FROM intake_batch WHERE status = 'waiting' ORDER BY 1 LIMIT 1) LIMIT 1`,
      [this.#lastTurn],
      "next-organisation",
    );
    return rows[0]?.organisation;
  }
}

/** The bytes from where the batch stands, as many as are parsed at once. */
async function windowOf(client: pg.ClientBase, organisation: string, batch: PendingBatch) {
  const { offset } = batch.cursor;
  const first = Math.floor(offset / CHUNK_BYTES);
  const { rows } = await client.query<{ bytes: Buffer }>({
    name: "read-chunks",
    text: `SELECT bytes FROM intake_chunk
      WHERE organisation = $1 AND batch = $2 AND number >= $3 AND number < $4 ORDER BY number`,
    values: [organisation, batch.id, first, first + WINDOW_CHUNKS],
  });
  const bytes = Buffer.concat(rows.map((row) => row.bytes)).subarray(offset - first * CHUNK_BYTES);
  return { bytes, isLast: offset + bytes.length >= batch.sizeBytes };
}
