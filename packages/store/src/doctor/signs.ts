import { appendLeaf, emptyFrontier, type Frontier, HASH_BYTES, leafHash, rootOf } from "@jumpkit/tlog";
import type pg from "pg";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "../document/log/read.ts";
import type { Finding } from "./finding.ts";
import { pagesOf } from "./pages.ts";

interface ItemRow {
  readonly place: number;
  readonly digest: Buffer;
}

/**
 * Compares every kept item with the entry that commits to it, every kept original with its item's digest, and
 * every sign's count with its items.
 */
export async function examineSigns(
  client: pg.ClientBase,
  organisation: string,
): Promise<{ readonly findings: Finding[]; readonly count: number }> {
  const findings: Finding[] = [];
  let count = 0;
  let committed = 0;
  for await (const row of pagesOf<EntryRow>(client, RECEIVED, organisation)) {
    const entry = readEntry(row);
    if (entry.type !== "signs.received") continue;
    const { batch, part, root, count: due } = entry.body;
    if (batch === undefined || part === undefined) continue;
    const { rows } = await client.query<ItemRow>(
      "SELECT place, digest FROM sign_item WHERE organisation = $1 AND batch = $2 AND part = $3 ORDER BY place",
      [organisation, batch, part],
    );
    count += rows.length;
    committed += 1;
    const problem = problemOf(rows, due, root);
    if (problem !== undefined)
      findings.push({ place: `part ${part} of batch ${batch} of ${organisation}`, problem });
  }
  findings.push(...(await strays(client, organisation, committed)));
  return { findings, count };
}

const RECEIVED = `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
  WHERE e.organisation = $1 AND e.type = 'signs.received' AND e.seq > $2 ORDER BY e.seq LIMIT $3`;

function problemOf(
  rows: readonly ItemRow[],
  due: number | undefined,
  root: string | undefined,
): string | undefined {
  if (due !== undefined && rows.length !== due) return `has ${rows.length} items, the record says ${due}`;
  let frontier: Frontier = emptyFrontier();
  for (const [at, { place, digest }] of rows.entries()) {
    if (place !== at) return `its item ${at} is missing`;
    if (digest.length !== HASH_BYTES) return `the digest of its item ${at} was changed`;
    frontier = appendLeaf(frontier, digest).frontier;
  }
  if (root === undefined || rootOf(frontier).toString("base64url") === root) return undefined;
  return "one of its items was changed: the digests do not add up to the root in the record";
}

/** Items of no part on record, signs that count other than their items, and originals that were changed. */
async function strays(client: pg.ClientBase, organisation: string, committed: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { rows: parts } = await client.query<{ parts: string }>(
    "SELECT count(*) AS parts FROM (SELECT DISTINCT batch, part FROM sign_item WHERE organisation = $1) each",
    [organisation],
  );
  if (Number(parts[0]?.parts) > committed) {
    findings.push({
      place: `items of ${organisation}`,
      problem: "some belong to a batch that nothing in the log tells of",
    });
  }
  const { rows: signs } = await client.query<{ id: string; count: string; items: string }>(
    `SELECT coalesce(s.id, i.sign) AS id, coalesce(s.count, 0) AS count, coalesce(i.items, 0) AS items
     FROM (SELECT id, count, state FROM sign WHERE organisation = $1 AND source IS NOT NULL) s
       FULL JOIN (SELECT sign, count(*) AS items FROM sign_item WHERE organisation = $1 GROUP BY sign) i ON i.sign = s.id
     WHERE s.count IS DISTINCT FROM i.items OR s.count IS DISTINCT FROM (s.state ->> 'count')::bigint ORDER BY 1`,
    [organisation],
  );
  for (const { id, count, items } of signs) {
    findings.push({
      place: `sign ${id} of ${organisation}`,
      problem: `says ${count} events, its items are ${items}`,
    });
  }
  const { rows: originals } = await client.query<{ sign: string; digest: Buffer; original: Buffer }>(
    "SELECT sign, digest, original FROM sign_original WHERE organisation = $1",
    [organisation],
  );
  for (const { sign, digest, original } of originals) {
    if (leafHash(original).equals(digest)) continue;
    findings.push({
      place: `an original of sign ${sign} of ${organisation}`,
      problem: "was changed or damaged",
    });
  }
  return findings;
}
