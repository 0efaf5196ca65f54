import type { ContactRecords, ScopeRecords } from "@jumpkit/app";
import { type Contact, type Duty, foldName, type ScopeElement } from "@jumpkit/core";
import type pg from "pg";

/** What rules ask about contacts and duty, read and locked in the running transaction. */
export function contactRecords(client: pg.ClientBase, organisation: string): ContactRecords {
  return {
    contact: async (id) => {
      const { rows } = await client.query<{ state: Contact }>(
        "SELECT state FROM contact WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    contactsNamed: async (names) => {
      // Of two who add the same contact at once, the second waits and then sees the first.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [organisation]);
      const { rows } = await client.query<{ state: Contact }>(
        "SELECT state FROM contact WHERE organisation = $1 AND folded = ANY($2) AND active ORDER BY id FOR UPDATE",
        [organisation, names.map(foldName)],
      );
      return rows.map((row) => row.state);
    },
    duty: async (id) => {
      const { rows } = await client.query<{ state: Duty }>(
        "SELECT state FROM duty WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    contactCount: async () => {
      const { rows } = await client.query<{ count: string }>(
        "SELECT count(*) FROM contact WHERE organisation = $1 AND active",
        [organisation],
      );
      return Number(rows[0]?.count ?? 0);
    },
  };
}

/** What rules ask about the scope of incidents, in the running transaction. */
export function scopeRecords(client: pg.ClientBase, organisation: string): ScopeRecords {
  return {
    of: async (incident) => {
      const { rows } = await client.query<{ state: ScopeElement }>(
        "SELECT state FROM scope_element WHERE organisation = $1 AND incident = $2 ORDER BY id",
        [organisation, incident],
      );
      return rows.map((row) => row.state);
    },
    element: async (id) => {
      const { rows } = await client.query<{ state: ScopeElement }>(
        "SELECT state FROM scope_element WHERE organisation = $1 AND id = $2",
        [organisation, id],
      );
      const found = rows[0]?.state;
      if (found === undefined) return undefined;
      await client.query("SELECT 1 FROM incident WHERE organisation = $1 AND id = $2 FOR UPDATE", [
        organisation,
        found.incident,
      ]);
      const { rows: locked } = await client.query<{ state: ScopeElement }>(
        "SELECT state FROM scope_element WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return locked[0]?.state;
    },
  };
}
