import type { ContainReading } from "@jumpkit/app";
import {
  type ConnectorOffer,
  defaultWatch,
  type Incident,
  type Isolation,
  type Spare,
  type Watch,
} from "@jumpkit/core";
import type pg from "pg";
import { containSeen } from "./seen.ts";

/** What queries read of containment, in the connection's running transaction. */
export function containReading(
  client: pg.ClientBase,
  organisation: string,
  offers: readonly ConnectorOffer[],
): ContainReading {
  return {
    ...containSeen(client, organisation, offers),
    standing: async () => {
      const { rows } = await client.query<{ state: Isolation }>(
        `SELECT isolation.state FROM isolation
         JOIN incident ON incident.organisation = isolation.organisation AND incident.id = isolation.incident
         WHERE isolation.organisation = $1 AND standing AND NOT incident.state ? 'exercise'
         ORDER BY review_at NULLS FIRST, isolation.id LIMIT 500`,
        [organisation],
      );
      return rows.map((row) => row.state);
    },
    watched: async () => {
      const { rows } = await client.query<{ incident: Incident; watch: Watch | null }>(
        `SELECT incident.state AS incident, watch.state AS watch FROM incident
         LEFT JOIN watch ON watch.organisation = incident.organisation AND watch.incident = incident.id
         WHERE incident.organisation = $1 AND incident.status IN ('reported', 'declared')
           AND NOT incident.state ? 'exercise'
         ORDER BY incident.id LIMIT 500`,
        [organisation],
      );
      return rows.map(({ incident, watch }) => ({
        incident,
        watch: watch ?? defaultWatch(incident.id),
      }));
    },
    spares: async (asset) => {
      const { rows } = await client.query<{ state: Spare }>(
        `SELECT state FROM spare WHERE organisation = $1 AND active AND ($2::text IS NULL OR $2 = ANY(stands_in_for))
         ORDER BY folded, id LIMIT 500`,
        [organisation, asset ?? null],
      );
      return rows.map((row) => row.state);
    },
  };
}
