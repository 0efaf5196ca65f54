import type { AnsweredId, MailboxPlace, MailboxPlaces, ReplyReading, ReplyRecords } from "@jumpkit/app";
import {
  type AdvisoryId,
  type AnyEntry,
  type ContactId,
  isOpenReply,
  type MailReply,
  type Notification,
  type NotificationId,
  type OrganisationId,
  projectReply,
  REPLY_ENTRIES,
  type ReplyEntry,
  type ReplyId,
} from "@jumpkit/core";
import type pg from "pg";
import { withTransaction } from "../database/transaction.ts";
import { stateOf } from "../projection/state-of.ts";

/** The tables of mail that came back, with the columns of each key beside the organisation. */
export const REPLY_TABLES = { reply: ["id"] } as const;

/** Brings replies up to date with one more entry; leaves other nouns alone. */
export async function projectReplies(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in REPLY_ENTRIES)) return;
  const said = entry as ReplyEntry;
  const before = await stateOf<MailReply>(client, "reply", organisation, said.body.reply);
  const after = projectReply(before, said);
  if (after === undefined || after === before) return;
  const { id, incident, notification, advisory, content, mail } = after;
  await client.query({
    name: "project-reply",
    text: `INSERT INTO reply (organisation, id, incident, notification, advisory, sha256, message_id, open, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (organisation, id)
      DO UPDATE SET incident = $3, notification = $4, advisory = $5, open = $8, state = $9`,
    values: [
      ...[organisation, id, incident, notification, advisory, content.sha256, mail.messageId],
      ...[isOpenReply(after), JSON.stringify(after)],
    ],
  });
}

/** What rules ask about replies, read and locked in the running transaction. */
export function replyRecords(client: pg.ClientBase, organisation: string): ReplyRecords {
  return {
    toChange: async (id) => {
      await client.query(
        `SELECT 1 FROM incident WHERE organisation = $1
           AND id = (SELECT incident FROM reply WHERE organisation = $1 AND id = $2) FOR UPDATE`,
        [organisation, id],
      );
      const { rows } = await client.query<{ state: MailReply }>(
        "SELECT state FROM reply WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    withBytes: async (sha256) => {
      // Of the same mail taken in twice at once, the second waits and then finds the first.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", [
        `${organisation} ${sha256}`,
      ]);
      const { rows } = await client.query<{ id: ReplyId }>(
        "SELECT id FROM reply WHERE organisation = $1 AND sha256 = $2 LIMIT 1",
        [organisation, sha256],
      );
      return rows[0]?.id;
    },
    bears: async (messageId) => {
      const { rowCount } = await client.query(
        "SELECT 1 FROM reply WHERE organisation = $1 AND message_id = $2 LIMIT 1",
        [organisation, messageId],
      );
      return rowCount !== 0;
    },
    released: async (messageIds) => {
      const { rows } = await client.query<AnsweredRow & { contact: ContactId }>(
        `SELECT notification, advisory, contact FROM (
           SELECT organisation, message_id, notification, NULL AS advisory, contact FROM notification_message
           UNION ALL
           SELECT organisation, message_id, NULL, advisory, contact FROM advisory_message) AS sent
         JOIN unnest($2::text[]) WITH ORDINALITY AS named (id, place) ON named.id = message_id
         WHERE organisation = $1 ORDER BY place LIMIT 1`,
        [organisation, messageIds],
      );
      const [row] = rows;
      const which = answeredId(row);
      return row && which && { ...which, contact: row.contact };
    },
    called: async (ref) => {
      const { rows } = await client.query<AnsweredRow>(
        `SELECT id AS notification, NULL AS advisory FROM notification
         WHERE organisation = $1 AND state ->> 'ref' = $2
         UNION ALL
         SELECT NULL, id FROM advisory WHERE organisation = $1 AND state ->> 'ref' = $2 LIMIT 1`,
        [organisation, ref],
      );
      return answeredId(rows[0]);
    },
  };
}

interface AnsweredRow {
  readonly notification: NotificationId | null;
  readonly advisory: AdvisoryId | null;
}

function answeredId(row: AnsweredRow | undefined): AnsweredId | undefined {
  if (row?.notification) return { notification: row.notification };
  return row?.advisory ? { advisory: row.advisory } : undefined;
}

/** What queries read of replies, in the connection's running transaction. */
export function replyReading(client: pg.ClientBase, organisation: string): ReplyReading {
  const states = async <State>(text: string, ...values: unknown[]): Promise<State[]> => {
    const { rows } = await client.query<{ state: State }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
  return {
    keyHolders: async (fromAddress, messageIds) => {
      const { rows } = await client.query<{ contact: ContactId; pgpKey: string }>(
        `SELECT id AS contact, state ->> 'pgpKey' AS "pgpKey" FROM contact
         WHERE organisation = $1 AND state ->> 'pgpKey' <> '' AND (
           ($2 <> '' AND lower(state ->> 'email') = lower($2))
           OR id IN (SELECT contact FROM notification_message WHERE organisation = $1 AND message_id = ANY($3))
           OR id IN (SELECT contact FROM advisory_message WHERE organisation = $1 AND message_id = ANY($3)))
         ORDER BY id LIMIT 20`,
        [organisation, fromAddress, messageIds],
      );
      return rows;
    },
    reply: (id) => stateOf<MailReply>(client, "reply", organisation, id),
    to: (notification) =>
      states<MailReply>(
        "SELECT state FROM reply WHERE organisation = $1 AND notification = $2 ORDER BY id DESC LIMIT 200",
        notification,
      ),
    toAdvisory: (advisory) =>
      states<MailReply>(
        "SELECT state FROM reply WHERE organisation = $1 AND advisory = $2 ORDER BY id DESC LIMIT 200",
        advisory,
      ),
    open: () =>
      states<MailReply>(
        "SELECT state FROM reply WHERE organisation = $1 AND open ORDER BY id DESC LIMIT 200",
      ),
    candidates: () =>
      states<Notification>(
        `SELECT state FROM notification WHERE organisation = $1 AND jsonb_array_length(state -> 'told') > 0
         ORDER BY id DESC LIMIT 200`,
      ),
  };
}

/** The places in mailboxes, on PostgreSQL. */
export class PostgresMailboxPlaces implements MailboxPlaces {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  at(organisation: OrganisationId, mailbox: string): Promise<MailboxPlace | undefined> {
    return withTransaction(this.#pool, organisation, async (client) => {
      const { rows } = await client.query<{ validity: string; uid: string }>(
        "SELECT validity, uid FROM mailbox_place WHERE organisation = $1 AND mailbox = $2",
        [organisation, mailbox],
      );
      const [row] = rows;
      return row && { validity: row.validity, uid: Number(row.uid) };
    });
  }

  async moveTo(organisation: OrganisationId, mailbox: string, place: MailboxPlace): Promise<void> {
    await withTransaction(this.#pool, organisation, (client) =>
      client.query(
        `INSERT INTO mailbox_place (organisation, mailbox, validity, uid) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organisation, mailbox) DO UPDATE SET validity = $3, uid = $4`,
        [organisation, mailbox, place.validity, place.uid],
      ),
    );
  }
}
