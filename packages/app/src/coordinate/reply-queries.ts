import {
  AdvisoryId,
  type Answered,
  ContactId,
  IncidentId,
  isOpenReply,
  isPlayed,
  isStranger,
  type KnownBad,
  MailRead,
  type MailReply,
  MatchedBy,
  NotificationId,
  ReplyId,
  ReplyWay,
  suggestedState,
  whyBarred,
} from "@jumpkit/core";
import * as z from "zod";
import type { Viewer } from "../ports.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";

const EXCERPT = 300;

const ReplyRow = z
  .object({
    id: ReplyId,
    incident: IncidentId.nullable(),
    played: z.boolean().describe("whether that incident is played in an exercise"),
    notification: NotificationId.nullable(),
    advisory: AdvisoryId.nullable(),
    ref: z.string(),
    subject: z.string().describe("subject or title of what it answers; empty while nobody knows"),
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

export const listAdvisoryReplies = query({
  name: "reply.of_advisory",
  ...asked,
  summary: "Mail that came back to an advisory, newest first",
  path: "/v1/advisory/{advisory}/reply",
  input: z.strictObject({ advisory: AdvisoryId }),
  output: z.object({ items: z.array(ReplyRow) }),
  run: async ({ advisory }, reading, viewer) => {
    if (!(await reading.permission(viewer, "contact.read")).allowed) return undefined;
    if ((await reading.advisories.advisory(advisory)) === undefined) return undefined;
    return { items: await rowsOf(reading, await reading.replies.toAdvisory(advisory)) };
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

const Addressed = z.array(z.object({ contact: ContactId, name: z.string(), address: z.string() }));
const Candidate = z.object({
  notification: NotificationId,
  incident: IncidentId,
  ref: z.string(),
  subject: z.string(),
  played: z.boolean().describe("whether its incident is played in an exercise"),
  told: Addressed,
});
const AdvisoryCandidate = z.object({
  advisory: AdvisoryId,
  ref: z.string(),
  title: z.string(),
  told: Addressed.describe("everybody who was sent any version, at the address of the latest"),
});

export const listCandidates = query({
  name: "reply.candidates",
  ...asked,
  summary: "Notifications and advisories that were sent, for a reply that names none of them; newest first",
  path: "/v1/reply-candidate",
  input: z.strictObject({}),
  output: z.object({ items: z.array(Candidate), advisories: z.array(AdvisoryCandidate) }),
  run: async (_input, reading, viewer) => ({
    advisories: await advisoryCandidates(reading, viewer),
    items: await notificationCandidates(reading),
  }),
});

async function notificationCandidates(reading: Reading) {
  const sent = await reading.replies.candidates();
  const played = await playedAmong(
    reading,
    sent.map(({ incident }) => incident),
  );
  return sent.map(({ id: notification, incident, ref, subject, told }) => ({
    ...{ notification, incident, ref, subject, played: played.has(incident) },
    told: told.map(({ contact, name, released }) => ({ contact, name, address: released?.address ?? "" })),
  }));
}

async function advisoryCandidates(reading: Reading, viewer: Viewer) {
  if (!(await reading.permission(viewer, "contact.read")).allowed) return [];
  const sent = (await reading.advisories.all()).filter((each) => each.sent.length > 0).slice(0, 200);
  return sent.map(({ id: advisory, ref, draft: { title }, sent: versions }) => {
    const told = new Map(
      versions.flatMap(({ advised }) =>
        advised.map(({ contact, name, address }) => [contact, { contact, name, address }] as const),
      ),
    );
    return { advisory, ref, title, told: [...told.values()] };
  });
}

async function rowsOf(reading: Reading, replies: readonly MailReply[]) {
  const answered = new Map<string, Answered | undefined>();
  const known = new Map<string, KnownBad>();
  const played = await playedAmong(
    reading,
    replies.map(({ incident }) => incident),
  );
  const rows = [];
  for (const reply of replies) {
    const { notification, advisory, incident } = reply;
    const id = notification ?? advisory ?? "";
    if (!answered.has(id)) answered.set(id, await answeredBy(reading, reply));
    // What answers nothing of one incident is held against what any of them knows.
    const of = incident ?? "";
    const bad = known.get(of) ?? (await knownFor(reading, incident));
    known.set(of, bad);
    rows.push({ ...rowOf(reply, answered.get(id), bad), played: incident !== null && played.has(incident) });
  }
  return rows;
}

/** Which of these incidents are played in an exercise; each is read once. */
async function playedAmong(
  reading: Reading,
  incidents: readonly (IncidentId | null)[],
): Promise<ReadonlySet<IncidentId>> {
  const played = new Set<IncidentId>();
  for (const id of new Set(incidents)) {
    const incident = id === null ? undefined : await reading.incident(id);
    if (incident !== undefined && isPlayed(incident)) played.add(incident.id);
  }
  return played;
}

function knownFor(reading: Reading, incident: IncidentId | null): Promise<KnownBad> {
  return incident === null ? reading.advisories.knownAnywhere() : reading.notifications.known(incident);
}

async function answeredBy(reading: Reading, reply: MailReply): Promise<Answered | undefined> {
  const notification =
    reply.notification === null ? undefined : await reading.notifications.notification(reply.notification);
  if (notification !== undefined) return { notification };
  const advisory = reply.advisory === null ? undefined : await reading.advisories.advisory(reply.advisory);
  return advisory && { advisory };
}

function subjectOf(of: Answered | undefined): string {
  if (of === undefined) return "";
  return "notification" in of ? of.notification.subject : of.advisory.draft.title;
}

function rowOf(reply: MailReply, of: Answered | undefined, known: KnownBad) {
  const { mail: whole, content, ...rest } = reply;
  const { text, ...mail } = whole;
  return {
    ...{ ...rest, mail, excerpt: text.trim().slice(0, EXCERPT) },
    ...{ sha256: content.sha256, sizeBytes: content.sizeBytes, fileName: content.name },
    subject: subjectOf(of),
    stranger: of !== undefined && isStranger(reply, of),
    barred: whyBarred(whole.fromAddress, "mail", known) ?? null,
    open: isOpenReply(reply),
    suggested: reply.recipient === null || reply.advisory !== null ? null : suggestedState(reply),
  };
}

export const REPLY_QUERIES = [
  listReplies,
  listAdvisoryReplies,
  listOpenReplies,
  showReply,
  listCandidates,
] as const;
