import { type Actor, type Instant, stampNow } from "@jumpkit/core";
import type pg from "pg";
import { withOwnerTransaction } from "../../database/transaction.ts";
import { appendFacts } from "./append.ts";
import { generationOf, originOf } from "./origin.ts";

/** What is known of the log that the restored one does not reach any more. */
export interface LostLog {
  /** How many entries were published; at least as many as were restored. */
  readonly publishedSize: number;
  /** The latest checkpoint known of it, verbatim. */
  readonly publishedCheckpoint: string;
}

/**
 * Opens a new origin for a log whose database was restored from a backup.
 *
 * A restored log is another log: going on under the old name would contradict what was published. Its first
 * entry, `log.restored`, names what may be missing. Sessions and download links of the old database end.
 *
 * @returns the new origin
 */
export async function openNewOrigin(
  pool: pg.Pool,
  organisation: string,
  lost: LostLog,
  by: { readonly now: Instant; readonly actor: Actor; readonly reason: string },
): Promise<string> {
  return withOwnerTransaction(pool, async (client) => {
    await client.query("DELETE FROM session WHERE organisation = $1", [organisation]);
    // A token that was revoked after the backup must not come back to life.
    await client.query("DELETE FROM access_token WHERE organisation = $1", [organisation]);
    await client.query("DELETE FROM ticket WHERE organisation = $1", [organisation]);
    const { rows } = await client.query<{ origin: string; size: string }>(
      "SELECT origin, size FROM log_head WHERE organisation = $1 FOR UPDATE",
      [organisation],
    );
    const head = rows[0];
    if (head === undefined) throw new Error(`Organisation ${organisation} has no log`);
    const toOrigin = originOf(organisation, generationOf(head.origin) + 1);
    await client.query("UPDATE log_head SET origin = $2 WHERE organisation = $1", [organisation, toOrigin]);
    const body = {
      fromOrigin: head.origin,
      toOrigin,
      restoredSize: Number(head.size),
      publishedSize: lost.publishedSize,
      publishedCheckpoint: lost.publishedCheckpoint,
      reason: by.reason,
    };
    const fact = { type: "log.restored" as const, incident: null, happened: stampNow(by.now, "UTC"), body };
    await appendFacts(client, organisation, [fact], { ...by, authority: undefined });
    return toOrigin;
  });
}
