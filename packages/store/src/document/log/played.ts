import type pg from "pg";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "./read.ts";

/**
 * Whether an incident is played in an exercise, so that nothing of it may leave the house. Every way out asks this
 * at its very end.
 *
 * The log itself is asked, not a table: a row that somebody edited lets nothing out. An incident of which the log
 * knows nothing is treated as played.
 */
export async function isPlayedByLog(
  client: pg.ClientBase,
  organisation: string,
  incident: string,
): Promise<boolean> {
  const { rows } = await client.query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
     WHERE e.organisation = $1 AND e.incident = $2 AND e.type = 'incident.reported' ORDER BY e.seq LIMIT 1`,
    [organisation, incident],
  );
  const entry = rows[0] && readEntry(rows[0]);
  return entry?.type !== "incident.reported" || entry.body.exercise !== undefined;
}
