import type { MailEffect, Outbox, PostedMail } from "@jumpkit/app";
import type { Instant } from "@jumpkit/core";
import type pg from "pg";
import { runStatement, withTransaction } from "../database/transaction.ts";
import { isDemonstrationByLog, isPlayedByLog } from "../document/log/played.ts";

type Posted = Omit<PostedMail, "played">;

/** Puts a mail into the outbox, or takes it out when it is known what became of it. */
export async function applyMailEffect(
  client: pg.ClientBase,
  organisation: string,
  effect: MailEffect,
  now: Instant,
): Promise<void> {
  if (effect.kind === "mail_settled") {
    await client.query("DELETE FROM outbox WHERE organisation = $1 AND message_id = $2", [
      organisation,
      effect.messageId,
    ]);
    return;
  }
  const { kind: _, sender, ...mail } = effect;
  await client.query(
    "INSERT INTO outbox (organisation, message_id, sender, mail, queued_at) VALUES ($1, $2, $3, $4, $5)",
    [organisation, mail.messageId, JSON.stringify(sender), JSON.stringify(mail), now],
  );
}

/** The outbox on PostgreSQL: a mail is claimed by one server, once, and never tried by another. */
export class PostgresOutbox implements Outbox {
  readonly #pool: pg.Pool;
  readonly #now: () => Instant;

  constructor(pool: pg.Pool, now: () => Instant) {
    this.#pool = pool;
    this.#now = now;
  }

  async claim(): Promise<PostedMail | undefined> {
    // Claimed and committed before the first byte leaves: after a crash nobody tries it again.
    const { rows } = await runStatement<Posted>(
      this.#pool,
      `UPDATE outbox SET claimed_at = $1
       WHERE (organisation, message_id) = (
         SELECT organisation, message_id FROM outbox WHERE claimed_at IS NULL
         ORDER BY queued_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING sender, mail`,
      [this.#now()],
      "claim-mail",
    );
    return rows[0] && this.#told(rows[0]);
  }

  async lost(before: Instant): Promise<readonly PostedMail[]> {
    const { rows } = await runStatement<Posted>(
      this.#pool,
      "SELECT sender, mail FROM outbox WHERE claimed_at < $1 ORDER BY claimed_at LIMIT 100",
      [before],
      "lost-mail",
    );
    return Promise.all(rows.map((row) => this.#told(row)));
  }

  /** The mail with whether it is played, as the log says. What the log does not know never leaves. */
  #told(posted: Posted): Promise<PostedMail> {
    const { organisation } = posted.sender;
    return withTransaction(this.#pool, organisation, async (client) => {
      const { about } = posted.mail;
      if ("advisory" in about) {
        // An advisory is of no incident: it is played where everything is. One that nobody knows never leaves.
        const { rowCount } = await client.query(
          "SELECT 1 FROM advisory WHERE organisation = $1 AND id = $2",
          [organisation, about.advisory],
        );
        return { ...posted, played: rowCount === 0 || (await isDemonstrationByLog(client, organisation)) };
      }
      const { rows } = await client.query<{ incident: string }>(
        "SELECT incident FROM notification WHERE organisation = $1 AND id = $2",
        [organisation, about.notification],
      );
      const incident = rows[0]?.incident ?? "";
      return { ...posted, played: await isPlayedByLog(client, organisation, incident) };
    });
  }
}
