import type { Item, PartStored } from "@jumpkit/app";
import { type Sign, type SignId, wordsOf } from "@jumpkit/core";
import type pg from "pg";
import { placesOf } from "../../prepare/register/place.ts";
import { noteSignSightings } from "../observable/sighting.ts";
import { keyBytes } from "./records.ts";

/** So many of a sign's first originals are kept, and so many of its last. */
const ORIGINALS_EACH_END = 10;

/** Writes what one part of a batch added up to: a few statements, however many items there are. */
export async function storePart(
  client: pg.ClientBase,
  organisation: string,
  effect: PartStored,
): Promise<void> {
  await writeSigns(client, organisation, effect);
  await writeItems(client, organisation, effect);
  await writeOriginals(client, organisation, effect);
  await writeUnread(client, organisation, effect);
  await moveOn(client, organisation, effect);
}

async function writeSigns(client: pg.ClientBase, organisation: string, { rolledUp }: PartStored) {
  const signs = rolledUp.signs.map(({ sign }) => sign);
  if (signs.length === 0) return;
  const fresh = rolledUp.signs.filter(({ isNew }) => isNew).map(({ sign }) => sign);
  const places = await placesOf(
    client,
    organisation,
    fresh.map(({ entity }) => entity),
  );
  const place = (sign: Sign) => places.get(sign.entity);
  await client.query({
    name: "write-signs",
    text: `INSERT INTO sign (organisation, id, source, kind, rule, entity, first_at, last_at, count, words, state,
        team, constituent, asset)
      SELECT $1, each.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
        $7::timestamptz[], $8::timestamptz[], $9::bigint[], $10::text[], $11::jsonb[],
        $12::text[], $13::text[], $14::text[]) AS each
      -- in the order in which triage locks them, so that neither waits for the other in a circle
      ORDER BY 2
      ON CONFLICT (organisation, id) DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at,
        count = excluded.count, words = excluded.words, state = excluded.state`,
    values: [
      organisation,
      signs.map((sign) => sign.id),
      signs.map((sign) => sign.source),
      signs.map((sign) => sign.kind),
      signs.map((sign) => sign.rule.id),
      signs.map((sign) => sign.entity),
      signs.map((sign) => sign.firstAt),
      signs.map((sign) => sign.lastAt),
      signs.map((sign) => sign.count),
      signs.map(wordsOf),
      signs.map((sign) => JSON.stringify(sign)),
      signs.map((sign) => place(sign)?.team ?? null),
      signs.map((sign) => place(sign)?.constituent ?? null),
      signs.map((sign) => place(sign)?.asset?.id ?? null),
    ],
  });
  await noteSignSightings(client, organisation, fresh);
}

async function writeItems(client: pg.ClientBase, organisation: string, { batch, rolledUp }: PartStored) {
  const { items } = rolledUp;
  if (items.length === 0) return;
  await client.query({
    name: "write-items",
    text: `INSERT INTO sign_item (organisation, source, batch, part, key, sign, digest, place)
      SELECT $1, $2, $3, $4, each.key, each.sign, each.digest, each.place - 1
      FROM unnest($5::bytea[], $6::text[], $7::bytea[]) WITH ORDINALITY AS each (key, sign, digest, place)`,
    values: [
      organisation,
      batch.source,
      batch.id,
      batch.parts + 1,
      items.map(({ arrival }) => keyBytes(arrival.key)),
      items.map(({ sign }) => sign),
      items.map(({ arrival }) => arrival.digest),
    ],
  });
}

/** Puts in those that can be among the first or last ten, then takes out what no longer is. */
async function writeOriginals(client: pg.ClientBase, organisation: string, { rolledUp }: PartStored) {
  const kept = candidates(rolledUp.items);
  if (kept.length === 0) return;
  await client.query({
    name: "write-originals",
    text: `INSERT INTO sign_original (organisation, sign, at, digest, original)
      SELECT $1, each.* FROM unnest($2::text[], $3::timestamptz[], $4::bytea[], $5::bytea[]) AS each
      ON CONFLICT DO NOTHING`,
    values: [
      organisation,
      kept.map(({ sign }) => sign),
      kept.map(({ item }) => item.event.at),
      kept.map(({ item }) => item.digest),
      kept.map(({ item }) => item.original),
    ],
  });
  await client.query({
    name: "trim-originals",
    text: `DELETE FROM sign_original o USING (
        SELECT sign, at, digest,
          row_number() OVER (PARTITION BY sign ORDER BY at, digest) AS place,
          count(*) OVER (PARTITION BY sign) AS total
        FROM sign_original WHERE organisation = $1 AND sign = ANY($2)
      ) each
      WHERE o.organisation = $1 AND o.sign = each.sign AND o.at = each.at AND o.digest = each.digest
        AND each.place > $3 AND each.place <= each.total - $3`,
    values: [organisation, [...new Set(kept.map(({ sign }) => sign))], ORIGINALS_EACH_END],
  });
}

function candidates(items: PartStored["rolledUp"]["items"]) {
  const bySign = new Map<SignId, Item[]>();
  for (const { arrival, sign } of items) {
    const list = bySign.get(sign);
    if (list === undefined) bySign.set(sign, [arrival]);
    else list.push(arrival);
  }
  return [...bySign].flatMap(([sign, list]) =>
    list
      .filter((_, index) => index < ORIGINALS_EACH_END || index >= list.length - ORIGINALS_EACH_END)
      .map((item) => ({ sign, item })),
  );
}

async function writeUnread(client: pg.ClientBase, organisation: string, { batch, part }: PartStored) {
  if (part.bad.length === 0) return;
  await client.query({
    name: "write-unread",
    text: `INSERT INTO intake_unread (organisation, batch, source, record, reason, original)
      SELECT $1, $2, $3, each.* FROM unnest($4::bigint[], $5::text[], $6::bytea[]) AS each`,
    values: [
      organisation,
      batch.id,
      batch.source,
      part.bad.map((each) => each.number),
      part.bad.map((each) => each.reason),
      part.bad.map((each) => each.original),
    ],
  });
}

async function moveOn(
  client: pg.ClientBase,
  organisation: string,
  { batch, rolledUp, part, now }: PartStored,
) {
  const position = part.isDone ? { ...part.next, offset: batch.sizeBytes } : part.next;
  const skipped = Object.entries(part.skipped);
  const records = part.items.length + part.bad.length + skipped.reduce((sum, [, count]) => sum + count, 0);
  await client.query({
    name: "move-batch-on",
    text: `UPDATE intake_batch SET position = $3, parts = parts + 1, records = records + $4, events = events + $5,
        repeats = repeats + $6, signs = signs + $7, unread = unread + $8,
        skipped = (
          SELECT coalesce(jsonb_object_agg(why, total), '{}') FROM (
            SELECT why, sum(count::bigint) AS total FROM (
              SELECT key AS why, value AS count FROM jsonb_each_text(skipped)
              UNION ALL SELECT key, value FROM jsonb_each_text($9)
            ) every GROUP BY why
          ) summed
        ),
        status = CASE WHEN $10 THEN 'done' ELSE 'waiting' END, done_at = CASE WHEN $10 THEN $11::timestamptz END
      WHERE organisation = $1 AND id = $2`,
    values: [
      organisation,
      batch.id,
      JSON.stringify(position),
      records,
      rolledUp.items.length,
      rolledUp.repeats,
      rolledUp.signs.filter(({ isNew }) => isNew).length,
      part.bad.length,
      JSON.stringify(part.skipped),
      part.isDone,
      now,
    ],
  });
}
