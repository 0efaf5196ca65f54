import type { ConnectorEffect, ConnectorQueue, TakenRun, Viewer } from "@jumpkit/app";
import {
  type Connector,
  type Instant,
  ISOLATION_ENTRIES,
  type Isolation,
  type OrganisationId,
  offerOf,
  projectIsolation,
  type RunId,
} from "@jumpkit/core";
import type pg from "pg";
import { Lead } from "../database/lead.ts";
import { runStatement, withTransaction } from "../database/transaction.ts";
import { isPlayedByLog } from "../document/log/played.ts";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "../document/log/read.ts";

/** "CONNEC" in ASCII: who holds it runs connectors. */
const LEAD_LOCK = "74007895229763";

/** Runs of connectors as rows of a table, taken at most once. */
export class PostgresConnectorQueue implements ConnectorQueue {
  readonly #pool: pg.Pool;
  readonly #lead: Lead;
  readonly #now: () => Instant;

  constructor(pool: pg.Pool, databaseUrl: string, now: () => Instant) {
    this.#pool = pool;
    this.#lead = new Lead(databaseUrl, "jumpkit connectors", LEAD_LOCK);
    this.#now = now;
  }

  leads(): Promise<boolean> {
    return this.#lead.has();
  }

  async left(): Promise<readonly TakenRun[]> {
    const { rows } = await runStatement<Open>(
      this.#pool,
      "SELECT organisation, id, isolation FROM connector_run WHERE state = 'running' ORDER BY asked_at",
    );
    const left: TakenRun[] = [];
    for (const row of rows) {
      const taken = await withTransaction(this.#pool, row.organisation, (client) => takenRun(client, row));
      if (taken !== undefined) left.push(taken);
    }
    return left;
  }

  async take(): Promise<TakenRun | undefined> {
    const { rows } = await runStatement<Open>(
      this.#pool,
      "SELECT organisation, id, isolation FROM connector_run WHERE state = 'pending' ORDER BY asked_at, id LIMIT 1",
      [],
      "next-run",
    );
    const open = rows[0];
    if (open === undefined) return undefined;
    return withTransaction(this.#pool, open.organisation, async (client) => {
      // Whoever takes the isolation back waits here until it is settled whether the run was begun.
      await client.query(
        `SELECT 1 FROM incident WHERE organisation = $1
           AND id = (SELECT incident FROM isolation WHERE organisation = $1 AND id = $2) FOR UPDATE`,
        [open.organisation, open.isolation],
      );
      const { rowCount } = await client.query(
        `UPDATE connector_run SET state = 'running', taken_at = $3
         WHERE organisation = $1 AND id = $2 AND state = 'pending'`,
        [open.organisation, open.id, this.#now()],
      );
      if (rowCount !== 1) return undefined;
      const taken = await takenRun(client, open);
      // A row of which the log knows nothing was written by no operation of ours.
      if (taken === undefined)
        await applyConnectorEffect(client, open.organisation, {
          kind: "run_over",
          run: open.id,
          outcome: "not_run",
          now: this.#now(),
        });
      return taken;
    });
  }

  close(): Promise<void> {
    return this.#lead.end();
  }
}

/** Whether runs wait, or were left behind, that somebody has to look after. */
export async function hasOpenRuns(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await runStatement(
    pool,
    "SELECT 1 FROM connector_run WHERE state IN ('pending', 'running') LIMIT 1",
  );
  return rowCount !== 0;
}

/** Stores that a run waits, or that it is over. */
export async function applyConnectorEffect(
  client: pg.ClientBase,
  organisation: string,
  effect: ConnectorEffect,
): Promise<void> {
  if (effect.kind === "run_queued") {
    await client.query(
      "INSERT INTO connector_run (organisation, id, isolation, state, asked_at) VALUES ($1, $2, $3, 'pending', $4)",
      [organisation, effect.run, effect.isolation, effect.now],
    );
    return;
  }
  await client.query(
    `UPDATE connector_run SET state = $3, over_at = $4
     WHERE organisation = $1 AND id = $2 AND state IN ('running', 'unknown')`,
    [organisation, effect.run, effect.outcome, effect.now],
  );
}

/** What an organisation is told of the connectors that serve it. */
export function offersTo(connectors: readonly Connector[], organisation: string) {
  return connectors
    .filter(({ organisations }) => organisations?.some((each) => each === organisation) ?? true)
    .map(offerOf);
}

interface Open {
  readonly organisation: string;
  readonly id: RunId;
  readonly isolation: string;
}

/** The run with its isolation, put together from the log: a row that somebody forged lets nothing run. */
async function takenRun(client: pg.ClientBase, open: Open): Promise<TakenRun | undefined> {
  const entries = await entriesOf(client, open);
  const isolation = entries.reduce<Isolation | undefined>(projectIsolation, undefined);
  const asked = entries.find((entry) => entry.type === "isolation.run_asked" && entry.body.run === open.id);
  if (isolation === undefined || asked?.actor === undefined) return undefined;
  const run = isolation.runs?.find((each) => each.run === open.id);
  const asker: Viewer = {
    ...asked.actor,
    organisation: open.organisation as OrganisationId,
    zone: asked.zone ?? "UTC",
    roles: [],
  };
  const authorised = isolation.state === "approved" && run?.outcome === null;
  const played = await isPlayedByLog(client, open.organisation, isolation.incident);
  return { run: open.id, connector: run?.connector ?? "", isolation, asker, authorised, played };
}

type IsolationEntry = Parameters<typeof projectIsolation>[1];

async function entriesOf(client: pg.ClientBase, { organisation, isolation }: Open) {
  const { rows } = await client.query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
     WHERE e.organisation = $1 AND e.type = ANY($3)
       AND e.incident = (SELECT incident FROM isolation WHERE organisation = $1 AND id = $2)
     ORDER BY e.seq`,
    [organisation, isolation, Object.keys(ISOLATION_ENTRIES)],
  );
  return rows
    .map((row) => readEntry(row) as IsolationEntry)
    .filter((entry) => entry.body.isolation === isolation);
}
