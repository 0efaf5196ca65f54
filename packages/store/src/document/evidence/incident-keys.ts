import type pg from "pg";
import { withTransaction } from "../../database/transaction.ts";
import type { BlobPlace } from "./blob/disk-blob-store.ts";
import type { IncidentKey, KeyRing } from "./blob/keys.ts";

/**
 * The key of each incident's evidence, kept wrapped in the database; the first file of an incident makes it.
 *
 * Destroying an incident's row here, and in every backup, destroys its evidence for good.
 */
export function incidentKeys(pool: pg.Pool, ring: KeyRing): (place: BlobPlace) => Promise<IncidentKey> {
  return ({ organisation, incident }) =>
    withTransaction(pool, organisation, async (client) => {
      const find = async (): Promise<string | undefined> => {
        const { rows } = await client.query<{ wrapped: string }>(
          "SELECT wrapped FROM incident_key WHERE organisation = $1 AND incident = $2",
          [organisation, incident],
        );
        return rows[0]?.wrapped;
      };
      const known = await find();
      if (known !== undefined) return ring.unwrap(known);
      // Of two first files at once, one makes the key and both use it.
      await client.query(
        "INSERT INTO incident_key (organisation, incident, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [organisation, incident, ring.newIncidentKey().wrapped],
      );
      const made = await find();
      if (made === undefined) throw new Error(`The key of ${incident} was not kept`);
      return ring.unwrap(made);
    });
}
