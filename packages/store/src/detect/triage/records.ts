import type { TriagedSign, TriageRecords } from "@jumpkit/app";
import type { Incident, Observable, PendingHandOver, Sign, SignId, SignTriage } from "@jumpkit/core";
import type pg from "pg";
import { digestOf } from "../observable/sighting.ts";

/** What the rules of triage ask, read and locked in the running transaction. */
export function triageRecordsIn(
  client: pg.ClientBase,
  organisation: string,
  {
    lockIncident,
    pendingHandOvers,
  }: {
    readonly lockIncident: (id: string) => Promise<Incident | undefined>;
    readonly pendingHandOvers: (incident: string) => Promise<readonly PendingHandOver[]>;
  },
): TriageRecords {
  return {
    observable: async (incident, value) => {
      const { rows } = await client.query<{ state: Observable }>(
        "SELECT state FROM observable WHERE organisation = $1 AND id = $2",
        [organisation, `${incident}.${digestOf(value)}`],
      );
      return rows[0]?.state;
    },
    signs: (ids) => lockSigns(client, organisation, ids),
    takenInto: async (id) => {
      const incident = await lockIncident(id);
      if (incident === undefined) return undefined;
      const entries = await client.query<{ type: string }>(
        "SELECT type FROM log_entry WHERE organisation = $1 AND incident = $2 ORDER BY incident_seq LIMIT 2000",
        [organisation, id],
      );
      const signs = await client.query<{ sign: SignId }>(
        "SELECT sign FROM sign_triage WHERE organisation = $1 AND incident = $2 ORDER BY sign",
        [organisation, id],
      );
      return {
        incident,
        entryTypes: entries.rows.map(({ type }) => type),
        signs: signs.rows.map(({ sign }) => sign),
        pending: await pendingHandOvers(id),
      };
    },
    reporterOf: async (signs) => {
      const sources = [...new Set(signs.flatMap(({ source }) => source ?? []))];
      if (sources.length === 0) return "somebody who reported it";
      const { rows } = await client.query<{ name: string }>(
        "SELECT name FROM source WHERE organisation = $1 AND id = ANY($2) ORDER BY name",
        [organisation, sources],
      );
      return (
        rows
          .map(({ name }) => name)
          .join(", ")
          .slice(0, 200) || "a source of signs"
      );
    },
  };
}

/** Locked in the order of their ids, so that two who decide on overlapping choices never wait for each other in a circle. */
async function lockSigns(
  client: pg.ClientBase,
  organisation: string,
  ids: readonly SignId[],
): Promise<ReadonlyMap<SignId, TriagedSign>> {
  const signs = await client.query<{ id: SignId; state: Sign }>({
    name: "lock-signs",
    text: `SELECT id, state FROM sign WHERE organisation = $1 AND id = ANY($2) ORDER BY id FOR NO KEY UPDATE`,
    values: [organisation, ids],
  });
  // Read only now: while the lock was waited for, somebody may have decided.
  const triages = await client.query<{ sign: SignId; state: SignTriage }>({
    name: "triage-of-signs",
    text: "SELECT sign, state FROM sign_triage WHERE organisation = $1 AND sign = ANY($2)",
    values: [organisation, ids],
  });
  const states = new Map(triages.rows.map(({ sign, state }) => [sign, state]));
  return new Map(signs.rows.map(({ id, state }) => [id, { sign: state, triage: states.get(id) }]));
}
