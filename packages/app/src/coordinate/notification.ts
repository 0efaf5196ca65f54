import {
  AnswerState,
  accept,
  actionToTell,
  ContactId,
  changeNotification,
  deliverByHand,
  draftNotification,
  dropNotification,
  IncidentId,
  Letterhead,
  line,
  NotificationDraft,
  type NotificationFact,
  NotificationId,
  prose,
  type Result,
  recordAnswer,
  refuse,
  releaseTo,
  setLetterhead,
  settleMail,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import type { Refusal } from "../refusals.ts";
import type { QueuedMail } from "./notification-ports.ts";
import { releasingOf } from "./releasing.ts";
import { senderOf } from "./sender.ts";

const SEEN = { phase: "coordinate", visibleBy: ["incident.read", "contact.read"] } as const;
const WRITES = { ...SEEN, action: "log.write" } as const;
const OF_ONE = { ...WRITES, thing: "notification" } as const;
const Done = z.object({ incident: IncidentId, notification: NotificationId });
const One = { notification: NotificationId, recipient: ContactId.describe("The contact who is told") };

export const letterheadSet = operation({
  name: "letterhead.set",
  phase: "coordinate",
  action: "policy.manage",
  summary: "Say who writes to others, and how they call back",
  input: z.strictObject(Letterhead.shape),
  output: z.object({}),
  load: async (input) => input,
  decide: (said, _input, act) =>
    accept({ facts: [setLetterhead(stampOf(undefined, act), said)], output: {} }),
});

export const notificationDraft = operation({
  name: "notification.draft",
  ...WRITES,
  summary: "Draft what others are told of an incident",
  input: z.strictObject({ incident: IncidentId, ...NotificationDraft.shape }),
  output: Done,
  load: async ({ incident: id, ...said }, records, act) => {
    const incident = await records.incident(id);
    const sources = incident && (await sourcesOf(records, incident.id, said));
    return incident && sources && { incident, sources, id: act.newId("ntf") };
  },
  decide: ({ incident, sources, id }, { incident: _, ...said }, act) =>
    withDraft(said, (draft) =>
      single(id, draftNotification(incident, id, stampOf(undefined, act), draft, sources)),
    ),
});

export const notificationChange = operation({
  name: "notification.change",
  ...OF_ONE,
  summary: "Write a notification anew; what was released before stays as it was",
  input: z.strictObject({ notification: NotificationId, ...NotificationDraft.shape }),
  output: Done,
  load: async ({ notification: id, ...said }, records) => {
    const found = await one(records, id);
    const sources = found && (await sourcesOf(records, found.incident.id, said));
    return found && sources && { ...found, sources };
  },
  decide: ({ incident, notification, sources }, { notification: _, ...said }, act) =>
    withDraft(said, (draft) =>
      single(
        notification.id,
        changeNotification(incident, notification, stampOf(undefined, act), draft, sources),
      ),
    ),
});

export const notificationDrop = operation({
  name: "notification.drop",
  ...OF_ONE,
  summary: "Give a drafted notification up",
  input: z.strictObject({ notification: NotificationId, reason: line(1000) }),
  output: Done,
  load: (input, records) => one(records, input.notification),
  decide: ({ incident, notification }, { reason }, act) =>
    single(notification.id, dropNotification(incident, notification, stampOf(undefined, act), reason)),
});

export const notificationRelease = operation({
  name: "notification.release",
  ...SEEN,
  // Vendors, the police and the press fall under actions of their own.
  action: "site.contact",
  thing: "notification",
  summary: "Tell one recipient exactly what was previewed: these bytes and no others leave the house",
  input: z.strictObject({
    ...One,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("The digest that the preview showed"),
  }),
  output: Done.extend({ messageId: z.string() }),
  load: async (input, records, act) => {
    const found = await one(records, input.notification);
    if (found === undefined) return undefined;
    const { incident, notification } = found;
    const releasing = await releasingOf(records.notifications, incident, notification, input.recipient);
    const sha256 = releasing.ok ? act.sha256(releasing.value.letter.message) : "";
    return { incident, notification, releasing, sha256 };
  },
  actionOf: ({ releasing }) => (releasing.ok ? actionToTell(releasing.value.to) : "site.contact"),
  explain: ({ notification, releasing }) => ({
    thing: `${releasing.ok ? releasing.value.to.name : "somebody"}: ${notification.subject} (${notification.marking})`,
    consequence: "What they are told leaves the house and cannot be taken back.",
  }),
  decide: ({ incident, notification, releasing, sha256 }, { sha256: seen }, act) => {
    if (!releasing.ok) return releasing;
    const digests = { seen, sha256 };
    const outcome = releaseTo(incident, releasing.value, stampOf(undefined, act), digests);
    if (!outcome.ok) return outcome;
    const { letter, to, via, from, team, recipient } = releasing.value;
    const reached = via ?? to;
    const mail: QueuedMail = {
      kind: "mail_queued",
      ...{ about: { notification: notification.id }, recipient: to.id, sender: senderOf(act.by) },
      ...{ messageId: letter.messageId, from, team, address: reached.email, message: letter.message },
      pgpKey: reached.pgpKey,
    };
    return accept({
      facts: [outcome.value],
      effects: recipient.channel === "mail" ? [mail] : [],
      output: { incident: incident.id, notification: notification.id, messageId: letter.messageId },
    });
  },
});

export const notificationDeliver = operation({
  name: "notification.deliver",
  ...OF_ONE,
  summary: "Write down that a letter was handed over, or that a script was read out and to whom",
  input: z.strictObject({
    ...One,
    detail: line(2000).describe("Whom one spoke to, or who took the letter, and what they said"),
    happened,
  }),
  output: Done,
  load: (input, records) => one(records, input.notification),
  decide: ({ incident, notification }, { recipient, detail, happened: said }, act) =>
    single(notification.id, deliverByHand(incident, notification, recipient, stampOf(said, act), detail)),
});

export const notificationAnswer = operation({
  name: "notification.answer",
  ...OF_ONE,
  summary: "Write down how far a recipient is: it was acknowledged, answered, or is closed",
  input: z.strictObject({ ...One, state: AnswerState, said: prose(4000).default(""), happened }),
  output: Done,
  load: (input, records) => one(records, input.notification),
  decide: ({ notification }, { recipient, state, said, happened: when }, act) =>
    single(
      notification.id,
      recordAnswer(notification, recipient, stampOf(when, act), { state, answer: said }),
    ),
});

/** What the house itself writes down of a mail that it tried; no route leads to it. */
export const settleQueuedMail = operation({
  name: "notification.settle",
  phase: "coordinate",
  thing: "notification",
  action: "own",
  summary: "What became of a mail",
  input: z.strictObject({
    ...One,
    messageId: z.string(),
    outcome: z.enum(["accepted", "failed", "unknown", "kept"]),
    detail: z.string().max(2000),
    wireSha256: z.string(),
  }),
  output: Done,
  load: (input, records) => one(records, input.notification),
  decide: ({ notification }, { notification: _, recipient, messageId, ...delivery }, act) => {
    const outcome = settleMail(notification, recipient, stampOf(undefined, act), delivery);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "mail_settled", messageId }],
      output: { incident: notification.incident, notification: notification.id },
    });
  },
});

async function one(records: Records, id: NotificationId) {
  const notification = await records.notifications.toChange(id);
  const incident = notification && (await records.incident(notification.incident));
  return notification && incident && { notification, incident };
}

/** What the facts of a draft are taken from; `undefined` when it names somebody who is no contact. */
async function sourcesOf(
  { notifications }: Records,
  incident: IncidentId,
  { facts, recipients }: Pick<NotificationDraft, "facts" | "recipients">,
) {
  const named = new Set(
    recipients.flatMap(({ contact, via }) => (via === null ? [contact] : [contact, via])),
  );
  if ((await notifications.parties([...named])).length !== named.size) return undefined;
  const places = facts.flatMap(({ entry }) => entry ?? []);
  const { observables } = await notifications.known(incident);
  return { observables, lines: await notifications.lines(incident, places) };
}

/** The whole draft is checked once more: an input's fields alone do not know of each other. */
function withDraft<Value>(
  said: z.output<z.ZodObject<typeof NotificationDraft.shape>>,
  work: (draft: NotificationDraft) => Result<Value, Refusal>,
): Result<Value, Refusal> {
  const draft = NotificationDraft.safeParse(said);
  if (draft.success) return work(draft.data);
  const complaints = draft.error.issues.map(({ path, message }) => ({
    path: path.map(String).join("."),
    problem: message,
  }));
  return refuse({ code: "request.malformed", complaints });
}

function single(notification: NotificationId, outcome: Result<NotificationFact, Refusal>) {
  if (!outcome.ok) return outcome;
  const { incident } = outcome.value;
  if (incident === null) throw new RangeError("A notification is of an incident");
  return accept({ facts: [outcome.value], output: { incident, notification } });
}

export const NOTIFICATION_OPERATIONS = [
  letterheadSet,
  notificationDraft,
  notificationChange,
  notificationDrop,
  notificationRelease,
  notificationDeliver,
  notificationAnswer,
] as const;
