import * as z from "zod";
import { ObservableKind } from "../../detect/observable/recognise.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ContactId, type IncidentId, NotificationId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant } from "../../kernel/time.ts";
import { Tlp } from "../../kernel/tlp.ts";
import { FactClass, NotificationChannel } from "./sharing.ts";

/** How many facts and recipients one notification can have. */
export const FACTS_MAX = 2000;
export const RECIPIENTS_MAX = 200;

/** Something that was found, as it is told: in the writer's words, with the label it carries. */
export const ToldFact = z
  .strictObject({
    entry: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe("The line of the incident's log it is taken from"),
    observable: z
      .strictObject({ kind: ObservableKind, value: z.string().min(1).max(4096) })
      .nullable()
      .default(null)
      .describe("The confirmed observable that it names"),
    at: Instant.nullable().default(null).describe("When it happened, where that is told"),
    text: prose(2000).default(""),
    tlp: Tlp,
    class: FactClass.default("technical"),
    received: z
      .boolean()
      .default(false)
      .describe("Whether somebody outside told it to us under this label, and not we found it"),
  })
  .refine(({ text, observable }) => text.trim() !== "" || observable !== null, { error: "says nothing" });
export type ToldFact = z.infer<typeof ToldFact>;

/** Somebody who is told, and how. */
export const Recipient = z.strictObject({
  contact: ContactId,
  channel: NotificationChannel.default("mail"),
  via: ContactId.nullable()
    .default(null)
    .describe("The trusted intermediary who passes it on without saying whom it comes from"),
  copy: z.boolean().default(false).describe("Whether they only get to know of it, such as the national team"),
  named: prose(200).default("").describe("The person who alone may hear it; needed for TLP:RED"),
});
export type Recipient = z.infer<typeof Recipient>;

/** A notification as it is drafted. */
export const NotificationDraft = z
  .strictObject({
    subject: line(200),
    marking: Tlp,
    recipients: z.array(Recipient).min(1).max(RECIPIENTS_MAX),
    found: prose(4000).default("").describe("What was found, in words before the facts"),
    facts: z.array(ToldFact).max(FACTS_MAX).default([]),
    advice: prose(8000).default("").describe("What they may want to do"),
    callBack: prose(300).default("").describe("Whom they ask for when they call back"),
    answerBy: Instant.nullable()
      .default(null)
      .describe("By when an answer is hoped for, or the law asks for"),
    indicators: z
      .boolean()
      .default(false)
      .describe("Whether the values of its facts go with it as indicators.csv, for machines"),
  })
  .refine(({ recipients }) => new Set(recipients.map(({ contact }) => contact)).size === recipients.length, {
    error: "names somebody twice",
    path: ["recipients"],
  })
  .refine(({ recipients }) => recipients.every(({ contact, via }) => contact !== via), {
    error: "goes through its own recipient",
    path: ["recipients"],
  });
export type NotificationDraft = z.infer<typeof NotificationDraft>;

/**
 * What became of a copy that was released. `unknown` is a mail of which nobody can say whether it left; `kept` is
 * one of an exercise, which never leaves.
 */
export const DeliveryOutcome = z.enum(["accepted", "failed", "unknown", "handed_over", "read_out", "kept"]);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

/** How far a recipient is. */
export const AnswerState = z.enum(["acknowledged", "answered", "closed"]);
export type AnswerState = z.infer<typeof AnswerState>;

const ABOUT = { notification: NotificationId, ref: z.string() };
const SAID = {
  ...ABOUT,
  subject: z.string(),
  marking: Tlp,
  recipients: z.array(Recipient),
  found: z.string(),
  facts: z.array(ToldFact),
  advice: z.string(),
  callBack: z.string(),
  answerBy: Instant.nullable(),
  indicators: z.boolean().optional(),
};
const TO = { ...ABOUT, recipient: ContactId, name: z.string() };

/** @source NIST SP 800-61r2 §3.2.7, §4.3; CERT/CC: other sites are told what was found, and how to call back */
export const NOTIFICATION_ENTRIES = {
  "notification.drafted": z.object(SAID),
  "notification.changed": z.object(SAID),
  "notification.dropped": z.object({ ...ABOUT, reason: prose(1000) }),
  "notification.released": z.object({
    ...TO,
    channel: NotificationChannel,
    /** Where it goes: a mail address, or how they are reached otherwise. */
    address: z.string(),
    through: z.string(),
    marking: Tlp,
    subject: z.string(),
    messageId: z.string(),
    /** The very text that was released, byte for byte, and its digest. */
    message: z.string(),
    sha256: z.string(),
    /** The OpenPGP key it is encrypted to; empty for none. */
    encryptedTo: z.string(),
  }),
  "notification.delivered": z.object({
    ...TO,
    outcome: DeliveryOutcome,
    detail: prose(2000),
    /** Digest of what went over the wire, where that differs from the text: signed or encrypted. */
    wireSha256: z.string(),
  }),
  "notification.answered": z.object({ ...TO, state: AnswerState, answer: prose(4000) }),
};
export type NotificationFact = Fact<typeof NOTIFICATION_ENTRIES>;
type NotificationEntry = Entry<typeof NOTIFICATION_ENTRIES>;

/** What was released to a recipient last, and what became of it. */
export interface Released {
  readonly at: string;
  readonly by: string;
  readonly channel: NotificationChannel;
  readonly address: string;
  readonly messageId: string;
  readonly sha256: string;
  readonly encryptedTo: string;
  readonly outcome: DeliveryOutcome | null;
  readonly detail: string;
  readonly settledAt: string | null;
  /** When the draft was written that it was released from. */
  readonly composedAt: Instant;
}

/** How it stands with one recipient. */
export interface Told {
  readonly contact: ContactId;
  readonly name: string;
  readonly released: Released | null;
  /** The ids of every message that was released to them, oldest first. */
  readonly messageIds: readonly string[];
  readonly answer: {
    readonly state: AnswerState;
    readonly at: string;
    readonly by: string;
    readonly said: string;
  } | null;
}

/** A notification of an incident, with how it stands with each recipient who was told. */
export interface Notification extends NotificationDraft {
  readonly id: NotificationId;
  readonly incident: IncidentId;
  /** What it is called towards the outside: it gives away neither the incident's number nor ours. */
  readonly ref: string;
  /** Why it was given up; empty while it was not. */
  readonly dropped: string;
  /** When it was last written: the date that its messages bear. */
  readonly composedAt: Instant;
  readonly by: string;
  readonly told: readonly Told[];
}

/** The reference of a notification: twelve characters of its id that are random, in groups of four. */
export function referenceOf(id: NotificationId): string {
  return `N-${id
    .slice(-12)
    .toUpperCase()
    .replace(/(.{4})(.{4})(.{4})/, "$1-$2-$3")}`;
}

/** The notification after one more entry about it. */
export function projectNotification(
  before: Notification | undefined,
  entry: NotificationEntry,
): Notification | undefined {
  switch (entry.type) {
    case "notification.drafted":
    case "notification.changed":
      return written(before, entry);
    case "notification.dropped":
      return before && { ...before, dropped: entry.body.reason ?? "(withheld)" };
    default:
      return before && toldMore(before, entry);
  }
}

function written(
  before: Notification | undefined,
  entry: Extract<NotificationEntry, { type: "notification.drafted" | "notification.changed" }>,
): Notification | undefined {
  const {
    notification: id,
    ref,
    marking = "TLP:RED",
    recipients = [],
    facts = [],
    answerBy = null,
    indicators = false,
  } = entry.body;
  if (id === undefined || entry.incident === null) return before;
  const { subject = "(withheld)", found = "", advice = "", callBack = "" } = entry.body;
  return {
    id,
    incident: entry.incident,
    ref: ref ?? referenceOf(id),
    ...{ subject, marking, recipients, found, facts, advice, callBack, answerBy },
    indicators,
    dropped: "",
    composedAt: entry.recordedAt,
    by: entry.actor?.name ?? "(withheld)",
    told: before?.told ?? [],
  };
}

type ToldEntry = Exclude<
  NotificationEntry,
  { type: "notification.drafted" | "notification.changed" | "notification.dropped" }
>;

function toldMore(before: Notification, entry: ToldEntry): Notification {
  const { recipient, name = "(withheld)" } = entry.body;
  if (recipient === undefined) return before;
  const earlier = before.told.find(({ contact }) => contact === recipient);
  const told = earlier ?? { contact: recipient, name, released: null, messageIds: [], answer: null };
  const now = toldNow(told, entry, before.composedAt);
  const others = before.told.filter(({ contact }) => contact !== recipient);
  return { ...before, told: [...others, now] };
}

function toldNow(told: Told, entry: ToldEntry, composedAt: Instant): Told {
  const by = entry.actor?.name ?? "(withheld)";
  switch (entry.type) {
    case "notification.released": {
      const { channel = "letter", address = "(withheld)", messageId = "", sha256 = "" } = entry.body;
      const { encryptedTo = "" } = entry.body;
      const released = {
        ...{ at: entry.recordedAt, by, channel, address, messageId, sha256, encryptedTo },
        ...{ outcome: null, detail: "", settledAt: null, composedAt },
      };
      return { ...told, released, messageIds: [...told.messageIds, messageId], answer: null };
    }
    case "notification.delivered": {
      const { outcome = "unknown", detail = "" } = entry.body;
      const released = told.released && { ...told.released, outcome, detail, settledAt: entry.happenedAt };
      return { ...told, released };
    }
    case "notification.answered": {
      const { state = "acknowledged", answer: said = "(withheld)" } = entry.body;
      return { ...told, answer: { state, at: entry.happenedAt, by, said } };
    }
  }
}

/** How it stands with a recipient, in one word. */
export type ToldState =
  | "draft"
  | "released"
  | "failed"
  | "unknown"
  | "told"
  | "acknowledged"
  | "answered"
  | "closed";

/** How it stands with a recipient: what they answered, otherwise what became of what was released to them. */
export function stateOfTold(told: Told | undefined): ToldState {
  if (told?.answer) return told.answer.state;
  if (!told?.released) return "draft";
  const { outcome } = told.released;
  if (outcome === null) return "released";
  return outcome === "failed" || outcome === "unknown" ? outcome : "told";
}

/** Whether an answer of a recipient is still waited for. */
export function isUnanswered(told: Told): boolean {
  return ["released", "failed", "unknown", "told", "acknowledged"].includes(stateOfTold(told));
}
