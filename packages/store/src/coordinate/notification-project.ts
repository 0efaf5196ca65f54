import {
  type AnyEntry,
  isUnanswered,
  LETTERHEAD_ENTRIES,
  NOTIFICATION_ENTRIES,
  type Notification,
  projectLetterhead,
  projectNotification,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../projection/state-of.ts";

/** The tables of telling others, with the columns of each key beside the organisation. */
export const NOTIFICATION_TABLES = {
  letterhead: ["organisation"],
  notification: ["id"],
  notification_release: ["notification", "contact"],
  notification_message: ["message_id"],
} as const;

/** Brings notifications and the letterhead up to date with one more entry; leaves other nouns alone. */
export async function projectNotifications(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (entry.type in LETTERHEAD_ENTRIES) {
    const state = projectLetterhead(entry as Parameters<typeof projectLetterhead>[0]);
    if (state === undefined) return;
    await client.query(
      `INSERT INTO letterhead (organisation, state) VALUES ($1, $2)
       ON CONFLICT (organisation) DO UPDATE SET state = $2`,
      [organisation, JSON.stringify(state)],
    );
  } else if (entry.type in NOTIFICATION_ENTRIES) {
    await projectOne(client, organisation, entry as NotificationEntry);
  }
}

type NotificationEntry = Extract<AnyEntry, { type: keyof typeof NOTIFICATION_ENTRIES }>;

async function projectOne(client: pg.ClientBase, organisation: string, entry: NotificationEntry) {
  const { notification } = entry.body;
  const before = await stateOf<Notification>(client, "notification", organisation, notification);
  const after = projectNotification(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-notification",
    text: `INSERT INTO notification (organisation, id, incident, waiting, answer_by, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET waiting = $4, answer_by = $5, state = $6`,
    values: [organisation, after.id, after.incident, isWaiting(after), after.answerBy, JSON.stringify(after)],
  });
  if (entry.type === "notification.released") await keepRelease(client, organisation, entry.body);
}

/** Copies are for others to know: nobody waits for what they say. */
function isWaiting({ told, recipients }: Notification): boolean {
  return told.some(
    (each) => isUnanswered(each) && recipients.some(({ contact, copy }) => contact === each.contact && !copy),
  );
}

async function keepRelease(
  client: pg.ClientBase,
  organisation: string,
  body: Extract<NotificationEntry, { type: "notification.released" }>["body"],
) {
  const { subject = "(withheld)", message = "(withheld)", sha256 = "", messageId = "" } = body;
  if (messageId !== "") {
    await client.query(
      `INSERT INTO notification_message (organisation, message_id, notification, contact)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [organisation, messageId, body.notification, body.recipient],
    );
  }
  await client.query(
    `INSERT INTO notification_release (organisation, notification, contact, subject, message, sha256)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (organisation, notification, contact) DO UPDATE SET subject = $4, message = $5, sha256 = $6`,
    [organisation, body.notification, body.recipient, subject, message, sha256],
  );
}
