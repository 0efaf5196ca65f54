import {
  ContactId,
  IncidentId,
  isOpenReply,
  isStranger,
  MailRead,
  type MailReply,
  MatchedBy,
  type Notification,
  NotificationId,
  ReplyId,
  ReplyWay,
  suggestedState,
  whyBarred,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";

const EXCERPT = 300;

const ReplyRow = z
  .object({
    id: ReplyId,
    incident: IncidentId.nullable(),
    notification: NotificationId.nullable(),
    ref: z.string(),
    subject: z.string().describe("subject of the notification that it answers; empty while nobody knows"),
    recipient: ContactId.nullable(),
    name: z.string().describe("whose answer it is; empty where that is not known"),
    matchedBy: MatchedBy,
    way: ReplyWay,
    receivedAt: z.string(),
    ...{ mail: MailRead.omit({ text: true }), excerpt: z.string() },
    ...{ sha256: z.string(), sizeBytes: z.int(), fileName: z.string() },
    twin: z.boolean(),
    stranger: z.boolean().describe("whether it comes from another address than its party was written to"),
    barred: z.enum(["intruder", "compromised"]).nullable().describe("whether its address is the intruder's"),
    open: z.boolean().describe("whether nobody has dealt with it"),
    dismissed: z.string(),
    settled: z.object({ at: z.string(), by: z.string(), state: z.string().nullable() }).nullable(),
    suggested: z.enum(["acknowledged", "answered", "closed"]).nullable(),
  })
  .meta({ id: "ReplyRow" });

const asked = { phase: "coordinate", action: "incident.read" } as const;

export const listReplies = query({
  name: "reply.of_notification",
  ...asked,
  summary: "Mail that came back to a notification, newest first",
  path: "/v1/notification/{notification}/reply",
  input: z.strictObject({ notification: NotificationId }),
  output: z.object({ items: z.array(ReplyRow) }),
  run: async ({ notification }, reading) => {
    if ((await reading.notifications.notification(notification)) === undefined) return undefined;
    return { items: await rowsOf(reading, await reading.replies.to(notification)) };
  },
});

export const listOpenReplies = query({
  name: "reply.waiting",
  ...asked,
  summary: "Mail that came back and nobody has dealt with, newest first",
  path: "/v1/reply",
  input: z.strictObject({}),
  output: z.object({ items: z.array(ReplyRow) }),
  run: async (_input, reading, viewer) => {
    if (!(await reading.permission(viewer, "contact.read")).allowed) return { items: [] };
    return { items: await rowsOf(reading, await reading.replies.open()) };
  },
});

export const showReply = query({
  name: "reply.show",
  ...asked,
  summary: "A mail that came back, with its words",
  path: "/v1/reply/{reply}",
  input: z.strictObject({ reply: ReplyId }),
  output: z.object({ ...ReplyRow.shape, text: z.string() }),
  run: async ({ reply: id }, reading, viewer) => {
    if (!(await reading.permission(viewer, "contact.read")).allowed) return undefined;
    const reply = await reading.replies.reply(id);
    const [row] = reply === undefined ? [] : await rowsOf(reading, [reply]);
    return reply && row && { ...row, text: reply.mail.text };
  },
});

const Candidate = z.object({
  notification: NotificationId,
  incident: IncidentId,
  ref: z.string(),
  subject: z.string(),
  told: z.array(z.object({ contact: ContactId, name: z.string(), address: z.string() })),
});

export const listCandidates = query({
  name: "reply.candidates",
  ...asked,
  summary: "Notifications that were released, for a reply that names none of them; newest first",
  path: "/v1/reply-candidate",
  input: z.strictObject({}),
  output: z.object({ items: z.array(Candidate) }),
  run: async (_input, reading) => ({
    items: (await reading.replies.candidates()).map(({ id: notification, incident, ref, subject, told }) => ({
      ...{ notification, incident, ref, subject },
      told: told.map(({ contact, name, released }) => ({ contact, name, address: released?.address ?? "" })),
    })),
  }),
});

async function rowsOf(reading: Reading, replies: readonly MailReply[]) {
  const notifications = new Map<NotificationId, Notification>();
  const known = new Map<IncidentId, Awaited<ReturnType<Reading["notifications"]["known"]>>>();
  const rows = [];
  for (const reply of replies) {
    const { notification: id, incident } = reply;
    const notification =
      id === null ? undefined : (notifications.get(id) ?? (await reading.notifications.notification(id)));
    if (notification !== undefined) notifications.set(notification.id, notification);
    const bad = incident && (known.get(incident) ?? (await reading.notifications.known(incident)));
    if (incident && bad) known.set(incident, bad);
    rows.push(rowOf(reply, notification, bad));
  }
  return rows;
}

function rowOf(
  reply: MailReply,
  notification: Notification | undefined,
  known: Awaited<ReturnType<Reading["notifications"]["known"]>> | null,
) {
  const { mail: whole, content, ...rest } = reply;
  const { text, ...mail } = whole;
  return {
    ...{ ...rest, mail, excerpt: text.trim().slice(0, EXCERPT) },
    ...{ sha256: content.sha256, sizeBytes: content.sizeBytes, fileName: content.name },
    subject: notification?.subject ?? "",
    stranger: notification !== undefined && isStranger(reply, notification),
    barred: (known && whyBarred(whole.fromAddress, "mail", known)) ?? null,
    open: isOpenReply(reply),
    suggested: reply.recipient === null ? null : suggestedState(reply),
  };
}

export const REPLY_QUERIES = [listReplies, listOpenReplies, showReply, listCandidates] as const;
