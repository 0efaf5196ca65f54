import {
  type AnyEntry,
  type GatePlan,
  hostOf,
  projectGatePlan,
  projectHost,
  RECOVERY_ENTRIES,
  type RecoveringHost,
} from "@jumpkit/core";
import type pg from "pg";

/** The tables of hosts on their way back, with the columns of their keys beside the organisation. */
export const RECOVERY_TABLES = { recovery_host: ["id"], gate_plan: ["incident"] } as const;

type RecoveryEntry = Parameters<typeof projectHost>[1];

/** Brings hosts on their way back up to date with one more entry; leaves entries of other nouns alone. */
export async function projectRecovery(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in RECOVERY_ENTRIES)) return;
  const told = entry as RecoveryEntry;
  const host = hostOf(told);
  if (host === null) await projectPlan(client, organisation, told);
  else await projectOneHost(client, organisation, host, told);
}

async function projectOneHost(
  client: pg.ClientBase,
  organisation: string,
  id: string,
  entry: RecoveryEntry,
): Promise<void> {
  const { rows } = await client.query<{ state: RecoveringHost }>({
    name: "recovery-host-before",
    text: "SELECT state FROM recovery_host WHERE organisation = $1 AND id = $2",
    values: [organisation, id],
  });
  const after = projectHost(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-recovery-host",
    text: `INSERT INTO recovery_host (organisation, id, incident, folded, asset, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET state = $6`,
    values: [
      organisation,
      after.id,
      after.incident,
      after.name.toLowerCase(),
      after.asset,
      JSON.stringify(after),
    ],
  });
}

async function projectPlan(client: pg.ClientBase, organisation: string, entry: RecoveryEntry): Promise<void> {
  const { rows } = await client.query<{ state: GatePlan }>(
    "SELECT state FROM gate_plan WHERE organisation = $1 AND incident = $2",
    [organisation, entry.incident],
  );
  const after = projectGatePlan(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-gate-plan",
    text: `INSERT INTO gate_plan (organisation, incident, state) VALUES ($1, $2, $3)
      ON CONFLICT (organisation, incident) DO UPDATE SET state = $3`,
    values: [organisation, after.incident, JSON.stringify(after)],
  });
}
