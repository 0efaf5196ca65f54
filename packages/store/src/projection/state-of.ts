import type pg from "pg";

/**
 * The state of one row of a projected table, or `undefined` when there is none yet.
 *
 * @param table  name of a table of ours, and `key` of its column beside the organisation: never anybody's words
 */
export async function stateOf<State>(
  client: pg.ClientBase,
  table: string,
  organisation: string,
  id: string | number | undefined,
  key = "id",
): Promise<State | undefined> {
  const { rows } = await client.query<{ state: State }>({
    name: `state-of-${table}`,
    text: `SELECT state FROM ${table} WHERE organisation = $1 AND ${key} = $2`,
    values: [organisation, id],
  });
  return rows[0]?.state;
}
