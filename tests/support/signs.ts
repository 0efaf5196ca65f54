import { randomBytes } from "node:crypto";
import type pg from "pg";
import { idFrom, type Sign, type SignId } from "../../packages/core/src/index.ts";
import { noteSignSightings } from "../../packages/store/src/detect/observable/sighting.ts";

/** A sign of a test: what matters is said, the rest is as a sensor at the edge would send it. */
export function aSign(about: Partial<Sign> = {}): Sign {
  const lastAt = about.lastAt ?? "2026-11-22T10:47:07.000Z";
  return {
    id: idFrom("sgn", Date.parse(lastAt), randomBytes(10)) as SignId,
    source: null,
    kind: "indicator",
    rule: { id: "2019876", name: "ET SCAN Probe for x.php" },
    title: "203.0.113.9 asked www3 for /x.php 214 times",
    entity: "www3",
    severity: "2",
    firstAt: "2026-11-22T10:41:07.000Z",
    lastAt,
    count: 214,
    repeats: 0,
    addresses: [
      { value: "203.0.113.9", role: "offender", port: null },
      { value: "192.0.2.33", role: "victim", port: 443 },
    ],
    fields: { "url.path": "/x.php", "http.request.method": "GET" },
    extra: {},
    timeAsWritten: "2026-11-22T11:41:07+0100",
    zoneAssumed: null,
    ...about,
  };
}

/** Puts signs into the queue of the only organisation that a database has, or of `organisation`. */
export async function insertSigns(
  pool: pg.Pool,
  signs: readonly Sign[],
  organisation?: string,
): Promise<void> {
  const { rows } = await pool.query<{ organisation: string }>(
    "SELECT organisation FROM organisation LIMIT 1",
  );
  const home = organisation ?? rows[0]?.organisation ?? "";
  await pool.query(
    `INSERT INTO sign (organisation, id, source, kind, rule, entity, first_at, last_at, count, words, state)
     SELECT $1, s ->> 'id', s ->> 'source', s ->> 'kind', s -> 'rule' ->> 'id', s ->> 'entity',
       (s ->> 'firstAt')::timestamptz, (s ->> 'lastAt')::timestamptz, (s ->> 'count')::bigint,
       lower(concat_ws(' ', s ->> 'title', s ->> 'entity', s -> 'rule' ->> 'id', s -> 'rule' ->> 'name')), s
     FROM jsonb_array_elements($2::jsonb) s`,
    [home, JSON.stringify(signs)],
  );
  const client = await pool.connect();
  try {
    await noteSignSightings(client, home, signs);
  } finally {
    client.release();
  }
}
