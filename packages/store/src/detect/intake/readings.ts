import type { BatchView, Page, SourceReadings, SourceTraffic } from "@jumpkit/app";
import { BatchId, type Instant, type Source, type SourceId, unixMsOf } from "@jumpkit/core";
import type pg from "pg";
import { unreadRecords } from "./unread.ts";

/** What queries read about sources and batches, in the connection's running transaction. */
export function sourceReadingsOf(client: pg.ClientBase, organisation: string, now: Instant): SourceReadings {
  return {
    nowMs: unixMsOf(now),
    sources: async () => {
      const { rows } = await client.query<{ state: Source }>(
        `SELECT state FROM source WHERE organisation = $1 ORDER BY active DESC, name COLLATE "und-x-icu", id`,
        [organisation],
      );
      return rows.map((row) => row.state);
    },
    sourceTraffic: () => traffic(client, organisation),
    batch: async (id) => {
      const { rows } = await client.query<Row>(
        `SELECT ${COLUMNS} FROM intake_batch WHERE organisation = $1 AND id = $2 AND status <> 'arriving'`,
        [organisation, id],
      );
      return rows[0] && batchView(rows[0]);
    },
    unread: (source, after, limit) => unreadRecords(client, organisation, source, after, limit),
    batches: (source, after, limit) => batches(client, organisation, source, after, limit),
  };
}

async function traffic(client: pg.ClientBase, organisation: string): Promise<readonly SourceTraffic[]> {
  const { rows } = await client.query<{
    source: SourceId;
    last: Date | null;
    batches: string;
    events: string;
    repeats: string;
    skipped: string;
    unread: string;
  }>(
    `SELECT b.source, max(b.received_at) AS last, count(*) AS batches, sum(b.events) AS events,
       sum(b.repeats) AS repeats, sum(b.records - b.events - b.repeats - b.unread) AS skipped,
       (SELECT count(*) FROM intake_unread q
        WHERE q.organisation = $1 AND q.source = b.source AND q.sent_again IS NULL) AS unread
     FROM intake_batch b WHERE b.organisation = $1 AND b.status <> 'arriving' GROUP BY b.source`,
    [organisation],
  );
  return rows.map((row) => ({
    source: row.source,
    lastArrivalAt: row.last?.toISOString() ?? null,
    batches: Number(row.batches),
    events: Number(row.events),
    repeats: Number(row.repeats),
    skipped: Number(row.skipped),
    unread: Number(row.unread),
  }));
}

async function batches(
  client: pg.ClientBase,
  organisation: string,
  source: SourceId,
  after: string,
  limit: number,
): Promise<Page<BatchView>> {
  const from = BatchId.safeParse(after).success ? after : "bat_z";
  const { rows } = await client.query<Row>(
    `SELECT ${COLUMNS} FROM intake_batch
     WHERE organisation = $1 AND source = $2 AND id < $3 AND status <> 'arriving' ORDER BY id DESC LIMIT $4`,
    [organisation, source, from, limit + 1],
  );
  const items = rows.slice(0, limit).map(batchView);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

interface Row {
  readonly id: BatchView["id"];
  readonly source: SourceId;
  readonly name: string;
  readonly status: BatchView["status"];
  readonly received_at: Date;
  readonly done_at: Date | null;
  readonly sha256: string;
  readonly size_bytes: string;
  readonly position: { readonly offset: number };
  readonly records: string;
  readonly events: string;
  readonly repeats: string;
  readonly signs: string;
  readonly skipped: Record<string, number>;
  readonly unread: string;
  readonly problem: string;
}

const COLUMNS = `id, source, name, status, received_at, done_at, sha256, size_bytes, position, records, events,
  repeats, signs, skipped, unread, problem`;

function batchView(row: Row): BatchView {
  return {
    id: row.id,
    source: row.source,
    name: row.name,
    status: row.status,
    receivedAt: row.received_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    doneBytes: row.position.offset,
    records: Number(row.records),
    events: Number(row.events),
    repeats: Number(row.repeats),
    signs: Number(row.signs),
    skipped: row.skipped,
    unread: Number(row.unread),
    problem: row.problem,
  };
}
