import type { Attachment } from "../../detect/report/report.ts";
import type { ContactId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Stamp } from "../../kernel/time.ts";
import { foldName } from "../../prepare/register/address.ts";
import type { Advisory } from "../advisory/advisory.ts";
import type { AdvisoryRefusal } from "../advisory/rules.ts";
import type { AnswerState, Notification, NotificationFact } from "../notification/notification.ts";
import { type NotificationRefusal, recordAnswer } from "../notification/rules.ts";
import type { MailRead } from "./mail.ts";
import {
  isOpenReply,
  type MailReply,
  type MatchedBy,
  type ReplyFact,
  type ReplyId,
  type ReplyWay,
} from "./reply.ts";

export type ReplyRefusal =
  | { readonly code: "reply.known"; readonly reply: ReplyId }
  | { readonly code: "reply.no_such_upload" }
  | { readonly code: "reply.too_large" }
  | { readonly code: "reply.done" }
  | { readonly code: "reply.unmatched" }
  | { readonly code: "reply.of_advisory" };

/** Something of ours that a mail can answer. */
export type Answered = { readonly notification: Notification } | { readonly advisory: Advisory };

/** What a reply answers. */
export interface Match {
  readonly of: Answered;
  /** Whose answer it is; `null` where that is not known. */
  readonly contact: ContactId | null;
  readonly by: MatchedBy;
}

/** What the record knows of the messages and references that a mail names: of its own organisation alone. */
export interface NamedInMail {
  /** The first message of ours that it answers. */
  readonly message: { readonly of: Answered; readonly contact: ContactId } | undefined;
  /** The notification or advisory whose reference stands in its subject. */
  readonly subject: Answered | undefined;
  /** The one on whose page it was dropped. */
  readonly chosen: Answered | undefined;
}

const REFERENCE = /\b[AN]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/iu;

/** The reference of a notification or an advisory that stands in a subject, or the empty text. */
export function referenceIn(subject: string): string {
  return REFERENCE.exec(subject)?.[0].toUpperCase() ?? "";
}

/**
 * What a mail answers: the message that its headers name, else the reference in its subject, else where it was
 * dropped. `undefined` when none of them is ours.
 */
export function matchOf(
  mail: Pick<MailRead, "fromAddress" | "envelope">,
  named: NamedInMail,
): Match | undefined {
  if (named.message !== undefined) return { ...named.message, by: "headers" };
  const { subject, chosen } = named;
  if (subject !== undefined) return { of: subject, contact: senderIn(subject, mail), by: "subject" };
  if (chosen !== undefined) return { of: chosen, contact: senderIn(chosen, mail), by: "person" };
  return undefined;
}

/** Somebody who was told, and the mail address they were written to; empty for a letter or a call. */
interface Party {
  readonly contact: ContactId;
  readonly name: string;
  readonly address: string;
}

function partiesOf(of: Answered): readonly Party[] {
  if ("notification" in of) {
    return of.notification.told.map(({ contact, name, released }) => {
      return { contact, name, address: released?.channel === "mail" ? released.address : "" };
    });
  }
  // As they were written to last: the latest version first.
  return of.advisory.sent.toReversed().flatMap(({ advised }) => advised);
}

function partyOf(of: Answered, contact: ContactId | null): Party | undefined {
  return partiesOf(of).find((each) => each.contact === contact);
}

/** Who of those who were told sent a mail: by their address, else by the key that signed it. */
function senderIn(
  of: Answered,
  { fromAddress, envelope }: Pick<MailRead, "fromAddress" | "envelope">,
): ContactId | null {
  const from = foldName(fromAddress);
  const parties = partiesOf(of);
  const byAddress = parties.find(({ address }) => from !== "" && foldName(address) === from);
  const signer = envelope?.signature === "known" ? envelope.keyOf : null;
  return (byAddress ?? parties.find(({ contact }) => contact === signer))?.contact ?? null;
}

/** Whether a reply comes from another address than its party was written to at. */
export function isStranger(reply: Pick<MailReply, "recipient" | "mail">, of: Answered): boolean {
  const address = partyOf(of, reply.recipient)?.address ?? "";
  // A letter or a call had no mail address to come back from.
  return address !== "" && foldName(address) !== foldName(reply.mail.fromAddress);
}

/** The entry of a mail that came back. */
export function receiveReply(
  happened: Stamp,
  came: {
    readonly id: ReplyId;
    readonly way: ReplyWay;
    readonly mail: MailRead;
    readonly content: Attachment;
    readonly twin: boolean;
  },
  match: Match | undefined,
): ReplyFact {
  const { id: reply, way, mail, content, twin } = came;
  return {
    type: "reply.received",
    incident: match === undefined ? null : incidentOf(match.of),
    happened,
    body: {
      ...{ reply, way, mail, content, twin, matchedBy: match?.by ?? "nothing" },
      ...(match === undefined ? NOBODY : bodyOf(match.of, match.contact)),
    },
  };
}

const NOBODY = { notification: null, ref: "", recipient: null, name: "" };

function bodyOf(of: Answered, recipient: ContactId | null) {
  const who = { recipient, name: partyOf(of, recipient)?.name ?? "" };
  if ("notification" in of) return { notification: of.notification.id, ref: of.notification.ref, ...who };
  return { notification: null, advisory: of.advisory.id, ref: of.advisory.ref, ...who };
}

function incidentOf(of: Answered) {
  return "notification" in of ? of.notification.incident : null;
}

/** The entry by which a person says what a reply answers, or `reply.done` when it was dealt with. */
export function matchReply(
  reply: MailReply,
  of: Answered,
  recipient: ContactId | null,
  happened: Stamp,
): Result<ReplyFact, ReplyRefusal | NotificationRefusal | AdvisoryRefusal> {
  if (!isOpenReply(reply)) return refuse({ code: "reply.done" });
  if (recipient !== null && partyOf(of, recipient) === undefined) {
    return refuse({ code: "notification" in of ? "notification.not_to_them" : "advisory.not_to_them" });
  }
  const body = { reply: reply.id, ...bodyOf(of, recipient) };
  return accept({ type: "reply.matched", incident: incidentOf(of), happened, body });
}

/** The entry that sets a reply aside: it is no answer to anything of ours. */
export function dismissReply(
  reply: MailReply,
  reason: string,
  happened: Stamp,
): Result<ReplyFact, ReplyRefusal> {
  if (!isOpenReply(reply)) return refuse({ code: "reply.done" });
  const body = { reply: reply.id, ref: reply.ref, reason };
  return accept({ type: "reply.dismissed", incident: reply.incident, happened, body });
}

/**
 * The entries of a reply that somebody read: and how far its sender is, where they say so. A reply alone never
 * says it: anybody can write one.
 */
export function settleReply(
  reply: MailReply,
  notification: Notification | undefined,
  said: { readonly state: AnswerState | null; readonly answer: string },
  happened: Stamp,
): Result<readonly (ReplyFact | NotificationFact)[], ReplyRefusal | NotificationRefusal> {
  if (!isOpenReply(reply)) return refuse({ code: "reply.done" });
  const { state, answer } = said;
  const body = { reply: reply.id, ref: reply.ref, state };
  const settled: ReplyFact = { type: "reply.settled", incident: reply.incident, happened, body };
  if (state === null) return accept([settled]);
  if (reply.advisory !== null) return refuse({ code: "reply.of_advisory" });
  if (notification === undefined || reply.recipient === null) return refuse({ code: "reply.unmatched" });
  const answered = recordAnswer(notification, reply.recipient, happened, { state, answer });
  return answered.ok ? accept([settled, answered.value]) : answered;
}
