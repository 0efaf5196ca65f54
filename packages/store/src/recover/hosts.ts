import type { RecoveryReading, RecoveryRecords } from "@jumpkit/app";
import type { GatePlan, RecoveringHost } from "@jumpkit/core";
import type pg from "pg";

/** What rules ask about hosts on their way back, in the running transaction. */
export function recoveryRecords(client: pg.ClientBase, organisation: string): RecoveryRecords {
  const read = recoveryReading(client, organisation);
  return {
    of: read.hosts,
    plan: read.plan,
    host: async (id) => {
      const found = await read.host(id);
      if (found === undefined) return undefined;
      // The incident's row before the host's: whatever is decided of a host waits here for what was decided before.
      await client.query("SELECT 1 FROM incident WHERE organisation = $1 AND id = $2 FOR UPDATE", [
        organisation,
        found.incident,
      ]);
      const { rows } = await client.query<{ state: RecoveringHost }>(
        "SELECT state FROM recovery_host WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    onItsWay: async (incident, { name, asset }) => {
      const { rows } = await client.query<{ state: RecoveringHost }>(
        `SELECT state FROM recovery_host
         WHERE organisation = $1 AND incident = $2 AND (folded = lower($3) OR asset = $4)
           AND state->'end' = 'null' ORDER BY id LIMIT 1`,
        [organisation, incident, name, asset],
      );
      return rows[0]?.state;
    },
  };
}

/** What queries read of hosts on their way back, in the connection's running transaction. */
export function recoveryReading(client: pg.ClientBase, organisation: string): RecoveryReading {
  return {
    hosts: async (incident) => {
      const { rows } = await client.query<{ state: RecoveringHost }>({
        name: "recovery-hosts",
        text: "SELECT state FROM recovery_host WHERE organisation = $1 AND incident = $2 ORDER BY folded, id",
        values: [organisation, incident],
      });
      return rows.map((row) => row.state);
    },
    host: async (id) => {
      const { rows } = await client.query<{ state: RecoveringHost }>(
        "SELECT state FROM recovery_host WHERE organisation = $1 AND id = $2",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    plan: async (incident) => {
      const { rows } = await client.query<{ state: GatePlan }>(
        "SELECT state FROM gate_plan WHERE organisation = $1 AND incident = $2",
        [organisation, incident],
      );
      return rows[0]?.state;
    },
  };
}
