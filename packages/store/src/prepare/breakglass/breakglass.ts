import type { BreakGlassReading, BreakGlassRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  BREAK_GLASS_ENTRIES,
  type BreakGlass,
  type Instant,
  projectBreakGlass,
} from "@jumpkit/core";
import type pg from "pg";

/** The table of broken glass, with the columns of its key beside the organisation. */
export const BREAK_GLASS_TABLES = { break_glass: ["id"] } as const;

/** Brings broken glass up to date with one more entry; leaves entries of other nouns alone. */
export async function projectBreakGlasses(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in BREAK_GLASS_ENTRIES)) return;
  const told = entry as Extract<AnyEntry, { type: keyof typeof BREAK_GLASS_ENTRIES }>;
  const { rows } = await client.query<{ state: BreakGlass }>(
    "SELECT state FROM break_glass WHERE organisation = $1 AND id = $2",
    [organisation, told.body.breakglass],
  );
  const after = projectBreakGlass(rows[0]?.state, told);
  if (after === undefined) return;
  await client.query({
    name: "project-break-glass",
    text: `INSERT INTO break_glass (organisation, id, incident, person, action, expires_at, reviewed, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (organisation, id) DO UPDATE SET reviewed = $7, state = $8`,
    values: [
      organisation,
      after.id,
      after.incident,
      after.person,
      after.action,
      after.expiresAt,
      after.review !== null,
      JSON.stringify(after),
    ],
  });
}

function reader(client: pg.ClientBase, organisation: string) {
  return async (text: string, ...values: unknown[]): Promise<BreakGlass[]> => {
    const { rows } = await client.query<{ state: BreakGlass }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
}

const UNREVIEWED = "SELECT state FROM break_glass WHERE organisation = $1 AND NOT reviewed";

/** What rules ask about broken glass, in the running transaction. */
export function breakGlassRecords(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): BreakGlassRecords {
  const all = reader(client, organisation);
  return {
    breakGlass: async (id) =>
      (await all("SELECT state FROM break_glass WHERE organisation = $1 AND id = $2 FOR UPDATE", id))[0],
    brokenBy: (person, action) =>
      all(
        `SELECT state FROM break_glass
         WHERE organisation = $1 AND person = $2 AND action = $3 AND expires_at > $4 ORDER BY id`,
        person,
        action,
        now,
      ),
    unreviewedOf: (incident) => all(`${UNREVIEWED} AND incident = $2 ORDER BY id`, incident),
  };
}

/** What queries read of broken glass, in the connection's running transaction. */
export function breakGlassReading(client: pg.ClientBase, organisation: string): BreakGlassReading {
  const all = reader(client, organisation);
  return {
    unreviewed: () => all(`${UNREVIEWED} ORDER BY id LIMIT 200`),
    unreviewedOf: (incident) => all(`${UNREVIEWED} AND incident = $2 ORDER BY id`, incident),
  };
}
