import type pg from "pg";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "./read.ts";

/**
 * Whether an incident is played, in an exercise or in a demonstration, so that nothing of it may leave the house.
 * Every way out asks this at its very end.
 *
 * The log itself is asked, not a table: a row that somebody edited lets nothing out. An incident of which the log
 * knows nothing is treated as played.
 */
export async function isPlayedByLog(
  client: pg.ClientBase,
  organisation: string,
  incident: string,
): Promise<boolean> {
  if (await isDemonstrationByLog(client, organisation)) return true;
  const reported = await first(client, "e.incident = $2 ORDER BY e.incident_seq", [organisation, incident]);
  return reported?.type !== "incident.reported" || reported.body.exercise !== undefined;
}

/** Whether an organisation is made up to show the product, as its log says; one that was never founded counts so. */
export async function isDemonstrationByLog(client: pg.ClientBase, organisation: string): Promise<boolean> {
  const where = "e.incident IS NULL AND e.type = 'organisation.founded' ORDER BY e.seq";
  const founded = await first(client, where, [organisation]);
  return founded?.type !== "organisation.founded" || founded.body.demonstration === true;
}

async function first(client: pg.ClientBase, where: string, values: readonly string[]) {
  const { rows } = await client.query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES} WHERE e.organisation = $1 AND ${where} LIMIT 1`,
    [...values],
  );
  return rows[0] && readEntry(rows[0]);
}
