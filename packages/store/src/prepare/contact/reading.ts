import type { ContactFilter, ContactReading, Page } from "@jumpkit/app";
import {
  type CallSheet,
  type Contact,
  type Duty,
  foldName,
  isAddress,
  plainAddress,
  type ScopeElement,
} from "@jumpkit/core";
import type pg from "pg";

/** What queries read of contacts, duty and scope, in the connection's running transaction. */
export function contactReading(client: pg.ClientBase, organisation: string): ContactReading {
  const states = async <State>(text: string, ...values: unknown[]): Promise<State[]> => {
    const { rows } = await client.query<{ state: State }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
  return {
    contacts: (filter) => contacts(client, organisation, filter),
    contact: async (id) =>
      (await states<Contact>("SELECT state FROM contact WHERE organisation = $1 AND id = $2", id))[0],
    duties: (after) =>
      states<Duty>(
        `SELECT state FROM duty WHERE organisation = $1 AND planned AND until_at > $2
         ORDER BY from_at, id LIMIT 500`,
        after,
      ),
    callSheetOf: async (person) =>
      (
        await states<CallSheet>(
          "SELECT state FROM call_sheet WHERE organisation = $1 AND person = $2",
          person,
        )
      )[0],
    contactsSeq: async () => {
      const { rows } = await client.query<{ seq: string | null }>(
        "SELECT max(changed_seq) AS seq FROM contact WHERE organisation = $1",
        [organisation],
      );
      return Number(rows[0]?.seq ?? 0);
    },
    scopeOf: (incident) =>
      states<ScopeElement>(
        "SELECT state FROM scope_element WHERE organisation = $1 AND incident = $2 ORDER BY id",
        incident,
      ),
  };
}

/** Contacts in the order in which they are called; those in no order follow by name. */
async function contacts(
  client: pg.ClientBase,
  organisation: string,
  filter: ContactFilter,
): Promise<Page<Contact>> {
  const asked = filter.answersFor.trim();
  const address = isAddress(asked) ? plainAddress(asked) : null;
  const { rows } = await client.query<{ state: Contact }>(
    `SELECT state FROM contact
     WHERE organisation = $1 AND active = $2
       AND ($3 = '' OR (${ORDER}, folded, id) > (SELECT ${ORDER}, folded, id FROM contact WHERE organisation = $1 AND id = $3))
       AND ($4 = '' OR words LIKE $4)
       AND (cardinality($5::text[]) = 0 OR roles && $5)
       AND ($6 = '' OR ($7::inet IS NOT NULL AND EXISTS (SELECT FROM unnest(ranges) AS held WHERE $7 <<= held))
         OR EXISTS (SELECT FROM unnest(answers_for) AS held WHERE held = $6 OR $6 LIKE '%.' || held))
     ORDER BY ${ORDER}, folded, id LIMIT $8`,
    [
      organisation,
      !filter.retired,
      filter.after,
      filter.text === "" ? "" : `%${foldName(filter.text).replaceAll(/[\\%_]/g, "\\$&")}%`,
      filter.role,
      foldName(asked),
      address,
      filter.limit + 1,
    ],
  );
  const items = rows.slice(0, filter.limit).map((row) => row.state);
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}

const ORDER = "CASE escalation WHEN 0 THEN 1000 ELSE escalation END";
