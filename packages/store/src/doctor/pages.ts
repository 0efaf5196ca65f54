import type pg from "pg";

const PAGE = 1000;

/**
 * The rows of a query with a place in the log, a page at a time.
 *
 * `text` takes the organisation, the `seq` to go on after, and how many rows.
 */
export async function* pagesOf<Row extends { readonly seq: string }>(
  client: pg.ClientBase,
  text: string,
  organisation: string,
): AsyncGenerator<Row> {
  let after = "-1";
  for (;;) {
    const { rows } = await client.query<Row>(text, [organisation, after, PAGE]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.seq;
  }
}
