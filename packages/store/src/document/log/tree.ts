import type { NodeReader } from "@jumpkit/tlog";
import type pg from "pg";

/** Reads the kept hashes of an organisation's tree, one query for all positions asked. */
export function nodeReader(client: pg.ClientBase | pg.Pool, organisation: string): NodeReader {
  return async (positions) => {
    if (positions.length === 0) return [];
    const { rows } = await client.query<{ hash: Buffer }>({
      name: "read-nodes",
      text: `SELECT n.hash FROM unnest($2::smallint[], $3::bigint[]) WITH ORDINALITY AS asked (level, index, place)
        JOIN log_node n ON n.organisation = $1 AND n.level = asked.level AND n.index = asked.index
        ORDER BY asked.place`,
      values: [organisation, positions.map(({ level }) => level), positions.map(({ index }) => index)],
    });
    if (rows.length !== positions.length) {
      throw new Error(`The tree of ${organisation} lacks ${positions.length - rows.length} of its nodes`);
    }
    return rows.map((row) => row.hash);
  };
}
