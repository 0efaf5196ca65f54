import type { ReturningReading, ReturningRecords, ReturningSeen } from "@jumpkit/app";
import { type Backup, nothingRestored, type PasswordReset, type Restoring } from "@jumpkit/core";
import type pg from "pg";

/** What rules ask about bringing hosts back, read and locked in the running transaction. */
export function returningRecords(client: pg.ClientBase, organisation: string): ReturningRecords {
  return {
    ...returningSeen(client, organisation),
    backup: async (id) => {
      const { rows } = await client.query<{ state: Backup }>(
        "SELECT state FROM backup WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    reset: async (id) => {
      // The incident's row before the reset's: the same order everywhere keeps writers from deadlock.
      await client.query(
        `SELECT 1 FROM incident WHERE organisation = $1
           AND id = (SELECT incident FROM password_reset WHERE organisation = $1 AND id = $2) FOR UPDATE`,
        [organisation, id],
      );
      const { rows } = await client.query<{ state: PasswordReset }>(
        "SELECT state FROM password_reset WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
  };
}

/** What queries read of bringing hosts back, in the connection's running transaction. */
export function returningReading(client: pg.ClientBase, organisation: string): ReturningReading {
  return {
    ...returningSeen(client, organisation),
    backups: async () => {
      const { rows } = await client.query<{ state: Backup }>(
        "SELECT state FROM backup WHERE organisation = $1 AND active ORDER BY folded, id LIMIT 500",
        [organisation],
      );
      return rows.map((row) => row.state);
    },
  };
}

function returningSeen(client: pg.ClientBase, organisation: string): ReturningSeen {
  return {
    restoring: async (incident) => {
      const { rows } = await client.query<{ state: Restoring }>(
        "SELECT state FROM restoring WHERE organisation = $1 AND incident = $2",
        [organisation, incident],
      );
      return rows[0]?.state ?? nothingRestored(incident);
    },
    resetsOf: async (incident) => {
      const { rows } = await client.query<{ state: PasswordReset }>(
        "SELECT state FROM password_reset WHERE organisation = $1 AND incident = $2 ORDER BY id LIMIT 2000",
        [organisation, incident],
      );
      return rows.map((row) => row.state);
    },
    earliestSignAt: async (incident) => {
      const { rows } = await client.query<{ at: Date | null }>(
        `SELECT min(sign.first_at) AS at FROM sign
         JOIN sign_triage ON sign_triage.organisation = sign.organisation AND sign_triage.sign = sign.id
         WHERE sign.organisation = $1 AND sign_triage.incident = $2`,
        [organisation, incident],
      );
      return rows[0]?.at?.toISOString() ?? null;
    },
  };
}
