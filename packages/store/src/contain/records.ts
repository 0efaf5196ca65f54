import type { ContainRecords } from "@jumpkit/app";
import type { ConnectorOffer, Isolation, Spare } from "@jumpkit/core";
import type pg from "pg";
import { containSeen } from "./seen.ts";

/** What rules ask about containment, read and locked in the running transaction. */
export function containRecords(
  client: pg.ClientBase,
  organisation: string,
  offers: readonly ConnectorOffer[],
): ContainRecords {
  return {
    ...containSeen(client, organisation, offers),
    isolation: async (id) => {
      // The incident's row before the isolation's: the same order everywhere keeps writers from deadlock.
      await client.query(
        `SELECT 1 FROM incident WHERE organisation = $1
           AND id = (SELECT incident FROM isolation WHERE organisation = $1 AND id = $2) FOR UPDATE`,
        [organisation, id],
      );
      const { rows } = await client.query<{ state: Isolation }>(
        "SELECT state FROM isolation WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    spare: async (id) => {
      const { rows } = await client.query<{ state: Spare }>(
        "SELECT state FROM spare WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
  };
}
