import { type AnyEntry, projectScope, SCOPE_ENTRIES, type ScopeElement } from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../../projection/state-of.ts";

/** The table of what is in the scope of incidents, with the columns of its key beside the organisation. */
export const SCOPE_TABLES = { scope_element: ["id"] } as const;

/** Brings the scope of incidents up to date with one more entry; leaves entries of other nouns alone. */
export async function projectScopes(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in SCOPE_ENTRIES)) return;
  const told = entry as Extract<AnyEntry, { type: `scope.${string}` }>;
  const before = await stateOf<ScopeElement>(client, "scope_element", organisation, told.body.element);
  const after = projectScope(before, told);
  if (after === undefined) return;
  await client.query({
    name: "project-scope",
    text: `INSERT INTO scope_element (organisation, id, incident, state) VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation, id) DO UPDATE SET state = $4`,
    values: [organisation, after.id, after.incident, JSON.stringify(after)],
  });
}
