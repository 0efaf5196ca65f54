import {
  actionToTell,
  attachedTo,
  type Contact,
  ContactId,
  ContactRole,
  clearanceOf,
  hearsBusiness,
  IncidentId,
  type Instant,
  isOpenAt,
  isOverdue,
  isUnanswered,
  Letterhead,
  type Notification,
  NotificationChannel,
  NotificationDraft,
  NotificationId,
  stateOfTold,
  Tlp,
  whyBarred,
  whyNotRelease,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import { REFUSALS } from "../refusals.ts";
import { AttachedTable, tableOf } from "./attached-table.ts";
import { releasingOf } from "./releasing.ts";

const ToldState = z.enum([
  "draft",
  "released",
  "failed",
  "unknown",
  "told",
  "acknowledged",
  "answered",
  "closed",
]);

const RecipientView = z.object({
  contact: ContactId,
  name: z.string(),
  organisation: z.string(),
  channel: NotificationChannel,
  via: z.string().describe("name of the intermediary; empty for none"),
  copy: z.boolean(),
  state: ToldState,
  at: z.string().nullable().describe("when the state was reached"),
  said: z.string().describe("what they answered, or what became of the mail"),
  address: z.string(),
  sha256: z.string().describe("digest of what was released to them last; empty while nothing was"),
  encrypted: z.boolean(),
  current: z.boolean().describe("whether what was released is what is drafted now"),
  waited: z.boolean().describe("whether their answer is waited for"),
});

const Head = {
  id: NotificationId,
  incident: IncidentId,
  ref: z.string(),
  subject: z.string(),
  marking: Tlp,
  composedAt: z.string(),
  by: z.string(),
  dropped: z.string(),
  answerBy: z.string().nullable(),
  overdue: z.boolean(),
};

const NotificationRow = z
  .object({ ...Head, factCount: z.int(), recipients: z.array(RecipientView) })
  .meta({ id: "NotificationRow" });

const asked = { phase: "coordinate", action: "incident.read" } as const;

export const listNotifications = query({
  name: "notification.of_incident",
  ...asked,
  summary: "Who is told of an incident, and how far each is; newest first",
  path: "/v1/incident/{incident}/notification",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(NotificationRow) }),
  run: async ({ incident }, reading) => {
    if ((await reading.incident(incident)) === undefined) return undefined;
    return { items: await rowsOf(reading, await reading.notifications.of(incident)) };
  },
});

export const listWaiting = query({
  name: "notification.waiting",
  ...asked,
  summary: "Who was told in any incident and has not answered, the earliest answer first",
  path: "/v1/notification",
  input: z.strictObject({}),
  output: z.object({ items: z.array(NotificationRow) }),
  run: async (_input, reading) => ({ items: await rowsOf(reading, await reading.notifications.waiting()) }),
});

export const showNotification = query({
  name: "notification.show",
  ...asked,
  summary: "A notification as it is drafted, with each recipient",
  path: "/v1/notification/{notification}",
  input: z.strictObject({ notification: NotificationId }),
  output: z.object({ ...NotificationRow.shape, draft: z.object(NotificationDraft.shape) }),
  run: async (input, reading) => {
    const found = await reading.notifications.notification(input.notification);
    const [row] = found === undefined ? [] : await rowsOf(reading, [found]);
    if (found === undefined || row === undefined) return undefined;
    const { subject, marking, recipients, facts, advice, callBack, answerBy, indicators } = found;
    const words = { subject, advice, callBack, found: found.found };
    const draft = { ...words, marking, recipients, facts, answerBy, indicators };
    return { ...row, draft };
  },
});

export const previewNotification = query({
  name: "notification.preview",
  ...asked,
  summary: "Exactly what a recipient will be told, byte for byte, what is struck out of it and why",
  path: "/v1/notification/{notification}/preview/{recipient}",
  input: z.strictObject({ notification: NotificationId, recipient: ContactId }),
  output: z.object({
    text: z.string(),
    message: z.string().describe("the bytes"),
    sha256: z.string().describe("what releasing it has to name"),
    indicators: AttachedTable,
    struck: z.array(z.object({ fact: z.int(), because: z.string() })),
    action: z.string().describe("the action of the policy that telling them falls under"),
    hinders: z
      .object({ code: z.string(), message: z.string(), next: z.string() })
      .nullable()
      .describe("why it cannot be released as it stands"),
  }),
  run: async ({ notification: id, recipient }, reading) => {
    const notification = await reading.notifications.notification(id);
    const incident = notification && (await reading.incident(notification.incident));
    if (notification === undefined || incident === undefined) return undefined;
    const releasing = await releasingOf(reading.notifications, incident, notification, recipient);
    if (!releasing.ok) {
      const { code } = releasing.refusal;
      const hinders = { code, message: REFUSALS[code].message, next: REFUSALS[code].next };
      const nothing = { text: "", message: "", sha256: "", indicators: null, struck: [] };
      return { ...nothing, action: "site.contact", hinders };
    }
    const { letter, to } = releasing.value;
    const why = whyNotRelease(releasing.value);
    return {
      ...{ text: letter.text, message: letter.message, struck: [...letter.struck] },
      sha256: reading.notifications.sha256(letter.message),
      indicators: tableOf(letter.indicators?.text, reading),
      action: actionToTell(to),
      hinders: why
        ? { code: why.code, message: REFUSALS[why.code].message, next: REFUSALS[why.code].next }
        : null,
    };
  },
});

export const showReleased = query({
  name: "notification.released",
  ...asked,
  summary: "The very bytes that were released to a recipient last",
  path: "/v1/notification/{notification}/released/{recipient}",
  input: z.strictObject({ notification: NotificationId, recipient: ContactId }),
  output: z.object({
    ...{ message: z.string(), subject: z.string(), sha256: z.string() },
    indicators: AttachedTable,
  }),
  run: async ({ notification, recipient }, reading) => {
    const released = await reading.notifications.released(notification, recipient);
    return released && { ...released, indicators: tableOf(attachedTo(released.message), reading) };
  },
});

const PartyView = z.object({
  contact: ContactId,
  name: z.string(),
  organisation: z.string(),
  roles: z.array(ContactRole),
  email: z.string(),
  phone: z.string(),
  zone: z.string().nullable(),
  open: z.boolean().nullable().describe("whether they answer now; null when nobody knows"),
  languages: z.array(z.string()),
  key: z.boolean().describe("whether their OpenPGP key is known"),
  clearance: Tlp,
  business: z.boolean(),
  of: z.array(z.string()).describe("what was seen in the incident that they answer for"),
  barred: z.enum(["intruder", "compromised"]).nullable(),
});

export const listParties = query({
  name: "notification.parties",
  ...asked,
  summary: "Whom to tell of an incident: who answers for what was seen in it, and who is always told",
  path: "/v1/incident/{incident}/party",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(PartyView) }),
  run: async ({ incident }, reading, viewer) => {
    if ((await reading.incident(incident)) === undefined) return undefined;
    if (!(await reading.permission(viewer, "contact.read")).allowed) return { items: [] };
    const { notifications } = reading;
    const known = await notifications.known(incident);
    const answering = await notifications.answeringFor(
      known.observables,
      await notifications.constituentsOf(incident),
    );
    return {
      items: answering.map(({ contact, of }) => ({
        ...partyView(contact, reading.now()),
        of: [...of],
        barred: whyBarred(contact.email, "mail", known) ?? null,
      })),
    };
  },
});

export const showLetterhead = query({
  name: "letterhead.show",
  phase: "coordinate",
  summary: "Who writes to others, and how they call back",
  action: "own",
  path: "/v1/letterhead",
  input: z.strictObject({}),
  output: z.object({ letterhead: Letterhead.nullable() }),
  run: async (_input, reading) => ({ letterhead: (await reading.notifications.letterhead()) ?? null }),
});

function partyView(contact: Contact, now: Instant) {
  const { id, name, organisation, roles, email, phone, homeZone: zone, hours, languages } = contact;
  return {
    ...{ contact: id, name, organisation, roles, email, phone, zone, languages },
    open: hours === null || zone === null ? null : isOpenAt(hours, zone, now),
    key: contact.pgpKey.trim() !== "",
    clearance: clearanceOf(contact),
    business: hearsBusiness(contact),
  };
}

async function rowsOf(reading: Reading, notifications: readonly Notification[]) {
  const ids = notifications.flatMap(({ recipients }) =>
    recipients.flatMap(({ contact, via }) => (via === null ? [contact] : [contact, via])),
  );
  const parties = new Map(
    (await reading.notifications.parties([...new Set(ids)])).map((each) => [each.id, each]),
  );
  return notifications.map((each) => rowOf(each, parties, reading.now()));
}

function rowOf(notification: Notification, parties: ReadonlyMap<ContactId, Contact>, now: Instant) {
  const { id, incident, ref, subject, marking, composedAt, by, dropped, answerBy, facts } = notification;
  const recipients = notification.recipients.map((recipient) => {
    const told = notification.told.find(({ contact }) => contact === recipient.contact);
    const party = parties.get(recipient.contact);
    const { released = null, answer = null } = told ?? {};
    return {
      contact: recipient.contact,
      name: party?.name ?? told?.name ?? "(withheld)",
      organisation: party?.organisation ?? "",
      channel: recipient.channel,
      via: recipient.via === null ? "" : (parties.get(recipient.via)?.name ?? "(withheld)"),
      copy: recipient.copy,
      state: stateOfTold(told),
      at: answer?.at ?? released?.settledAt ?? released?.at ?? null,
      said: answer?.said ?? released?.detail ?? "",
      address: released?.address ?? "",
      sha256: released?.sha256 ?? "",
      current: released?.composedAt === notification.composedAt,
      encrypted: (released?.encryptedTo ?? "") !== "",
      waited: told !== undefined && !recipient.copy && isUnanswered(told),
    };
  });
  const overdue = isOverdue(notification, now) && recipients.some(({ waited }) => waited);
  const head = { id, incident, ref, subject, marking, composedAt, by, dropped, answerBy, overdue };
  return { ...head, factCount: facts.length, recipients };
}

export const NOTIFICATION_QUERIES = [
  listNotifications,
  listWaiting,
  showNotification,
  previewNotification,
  showReleased,
  listParties,
  showLetterhead,
] as const;
