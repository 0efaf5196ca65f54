import type { IntakeRecords, PendingBatch } from "@jumpkit/app";
import {
  type Cursor,
  GAP_MS,
  type KnownSign,
  type Sign,
  type SignEvent,
  type SignId,
  type Source,
} from "@jumpkit/core";
import { appendLeaf, emptyFrontier, rootOf } from "@jumpkit/tlog";
import type pg from "pg";
import { unreadBatches } from "./unread.ts";

/** What rules ask about sources and signs, read and locked in the running transaction. */
export function intakeRecordsIn(client: pg.ClientBase, organisation: string): IntakeRecords {
  return {
    source: async (id) => {
      const { rows } = await client.query<{ state: Source }>({
        name: "lock-source",
        text: "SELECT state FROM source WHERE organisation = $1 AND id = $2 FOR SHARE",
        values: [organisation, id],
      });
      return rows[0]?.state;
    },
    sourceNameTaken: async (name, except) => {
      // Serialises those who name sources: two at once are told apart here and not by the index.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", [organisation]);
      const { rowCount } = await client.query(
        "SELECT 1 FROM source WHERE organisation = $1 AND active AND lower(name) = lower($2) AND id <> $3",
        [organisation, name, except ?? ""],
      );
      return rowCount !== 0;
    },
    pendingBatch: async (id) => {
      const { rows } = await client.query<BatchRow>({
        name: "lock-batch",
        text: `SELECT ${BATCH_COLUMNS} FROM intake_batch
          WHERE organisation = $1 AND id = $2 AND status = 'waiting' FOR UPDATE`,
        values: [organisation, id],
      });
      return rows[0] && pendingBatch(rows[0]);
    },
    countedKeys: async (source, keys) => {
      const { rows } = await client.query<{ key: Buffer; sign: SignId }>({
        name: "counted-keys",
        text: `SELECT key, sign FROM sign_item
          WHERE organisation = $1 AND source = $2 AND key = ANY($3::bytea[])`,
        values: [organisation, source, keys.map(keyBytes)],
      });
      return new Map(rows.map(({ key, sign }) => [key.toString("base64url"), sign]));
    },
    signsFor: (source, ids, events) => signsFor(client, organisation, source, ids, events),
    unreadBatches: (source) => unreadBatches(client, organisation, source),
    rootOf: (leaves) => {
      let frontier = emptyFrontier();
      for (const leaf of leaves) frontier = appendLeaf(frontier, leaf).frontier;
      return rootOf(frontier).toString("base64url");
    },
  };
}

/** A key as the table has it. */
export function keyBytes(key: string): Buffer {
  return Buffer.from(key, "base64url");
}

/** What a {@link PendingBatch} is read from. */
export interface BatchRow {
  readonly id: PendingBatch["id"];
  readonly source: PendingBatch["source"];
  readonly sender: PendingBatch["sender"];
  readonly sent_under: PendingBatch["sentUnder"];
  readonly sha256: string;
  readonly size_bytes: string;
  readonly position: Cursor;
  readonly parts: number;
}

export const BATCH_COLUMNS = "id, source, sender, sent_under, sha256, size_bytes, position, parts";

/** The batch that a row tells of. */
export function pendingBatch(row: BatchRow): PendingBatch {
  return {
    id: row.id,
    source: row.source,
    sender: row.sender,
    sentUnder: row.sent_under,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    cursor: row.position,
    parts: row.parts,
  };
}

/** One statement for all: the named signs, and those within reach of each rule's and entity's events. */
async function signsFor(
  client: pg.ClientBase,
  organisation: string,
  source: string,
  ids: readonly SignId[],
  events: readonly SignEvent[],
): Promise<readonly KnownSign[]> {
  const spans = spansOf(events);
  const { rows } = await client.query<{ state: Sign; decided: boolean }>({
    name: "signs-for-events",
    text: `WITH wanted AS (
        SELECT s.id FROM unnest($3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
            AS span (rule, entity, first_at, last_at)
          JOIN sign s ON s.organisation = $1 AND s.source = $2 AND s.rule = span.rule AND s.entity = span.entity
            AND s.last_at >= span.first_at - $7 * interval '1 ms' AND s.first_at <= span.last_at + $7 * interval '1 ms'
        UNION SELECT unnest($8::text[])
      )
      SELECT s.state, coalesce(t.status NOT IN ('waiting', 'snoozed'), false) AS decided
      FROM sign s LEFT JOIN sign_triage t ON t.organisation = s.organisation AND t.sign = s.id
      WHERE s.organisation = $1 AND s.id IN (SELECT id FROM wanted)
      ORDER BY s.id FOR UPDATE OF s`,
    values: [
      organisation,
      source,
      spans.map((span) => span.rule),
      spans.map((span) => span.entity),
      spans.map((span) => span.first),
      spans.map((span) => span.last),
      GAP_MS,
      ids,
    ],
  });
  return rows.map(({ state, decided }) => ({ sign: state, decided }));
}

function spansOf(events: readonly SignEvent[]) {
  const spans = new Map<string, { rule: string; entity: string; first: string; last: string }>();
  for (const { rule, entity, at } of events) {
    const name = `${rule.id}\u0000${entity}`;
    const span = spans.get(name);
    if (span === undefined) spans.set(name, { rule: rule.id, entity, first: at, last: at });
    else if (at < span.first) span.first = at;
    else if (at > span.last) span.last = at;
  }
  return [...spans.values()];
}
