import type { GrantReading, GrantRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  GRANT_ENTRIES,
  type IncidentGrant,
  type IncidentId,
  projectGrant,
} from "@jumpkit/core";
import type pg from "pg";

/** The table of grants, with the columns of its key beside the organisation. */
export const GRANT_TABLES = { incident_grant: ["id"] } as const;

/** Brings grants up to date with one more entry; leaves entries of other nouns alone. */
export async function projectGrants(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in GRANT_ENTRIES)) return;
  const told = entry as Extract<AnyEntry, { type: keyof typeof GRANT_ENTRIES }>;
  const { rows } = await client.query<{ state: IncidentGrant }>(
    "SELECT state FROM incident_grant WHERE organisation = $1 AND id = $2",
    [organisation, told.body.grant],
  );
  const after = projectGrant(rows[0]?.state, told);
  if (after === undefined) return;
  await client.query({
    name: "project-grant",
    text: `INSERT INTO incident_grant (organisation, id, incident, team, active, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET active = $5, state = $6`,
    values: [
      organisation,
      after.id,
      after.incident,
      after.team,
      after.status === "active",
      JSON.stringify(after),
    ],
  });
}

/** A grant counts while it is active, its team is an active coordinating one, and the person is in the team now. */
const HELD = `FROM incident_grant held
  JOIN team ON team.organisation = held.organisation AND team.id = held.team
  WHERE held.organisation = $1 AND held.active AND team.active AND team.coordinating AND $2 = ANY(team.members)`;

/** What rules ask about grants, in the running transaction. */
export function grantRecords(client: pg.ClientBase, organisation: string): GrantRecords {
  return {
    activeOn: async (incident) => {
      const { rows } = await client.query<{ state: IncidentGrant }>(
        "SELECT state FROM incident_grant WHERE organisation = $1 AND incident = $2 AND active ORDER BY id",
        [organisation, incident],
      );
      return rows.map((row) => row.state);
    },
    grant: async (id) => {
      const { rows } = await client.query<{ state: IncidentGrant }>(
        "SELECT state FROM incident_grant WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    heldBy: async (person, incident) => {
      const { rows } = await client.query<{ state: IncidentGrant }>(
        `SELECT held.state ${HELD} AND held.incident = $3 ORDER BY held.id LIMIT 1`,
        [organisation, person, incident],
      );
      return rows[0]?.state;
    },
  };
}

/** What queries read of grants, in the connection's running transaction. */
export function grantReading(client: pg.ClientBase, organisation: string): GrantReading {
  return {
    incidentsOf: async (person) => {
      const { rows } = await client.query<{ incident: IncidentId }>(`SELECT DISTINCT held.incident ${HELD}`, [
        organisation,
        person,
      ]);
      return rows.map((row) => row.incident);
    },
    on: async (incident) => {
      const { rows } = await client.query<{ state: IncidentGrant }>(
        "SELECT state FROM incident_grant WHERE organisation = $1 AND incident = $2 ORDER BY id",
        [organisation, incident],
      );
      return rows.map((row) => row.state);
    },
  };
}
