import * as z from "zod";
import { Attachment } from "../../detect/report/report.ts";
import type { Actor, Entry, Fact } from "../../document/log/entry.ts";
import {
  ContactId,
  type Id,
  type IncidentId,
  idSchema,
  NotificationId,
  type PersonId,
} from "../../kernel/id.ts";
import { line } from "../../kernel/text.ts";
import { AdvisoryId } from "../advisory/advisory.ts";
import { AnswerState } from "../notification/notification.ts";
import { MailRead, UNREADABLE_MAIL } from "./mail.ts";

export type ReplyId = Id<"rpl">;
export const ReplyId = idSchema("rpl");

/** How a reply reached us: from the mailbox that the house looks into, or as a file that somebody dropped. */
export const ReplyWay = z.enum(["mailbox", "file"]);
export type ReplyWay = z.infer<typeof ReplyWay>;

/** What tells which message a reply answers: the headers, the reference in its subject, a person, or nothing. */
export const MatchedBy = z.enum(["headers", "subject", "person", "nothing"]);
export type MatchedBy = z.infer<typeof MatchedBy>;

const ABOUT = { reply: ReplyId, ref: z.string() };
const TO = {
  notification: NotificationId.nullable(),
  /** The advisory that it answers, where it is one. */
  advisory: AdvisoryId.nullable().optional(),
  recipient: ContactId.nullable(),
  name: z.string(),
};

/** @source CERT/CC: what other sites answer is kept with the incident; NIST SP 800-61r2 §3.2.7 */
export const REPLY_ENTRIES = {
  "reply.received": z.object({
    ...ABOUT,
    ...TO,
    matchedBy: MatchedBy,
    way: ReplyWay,
    mail: MailRead,
    /** The bytes as they came, by their digest. */
    content: Attachment,
    /** Whether another mail bears the same Message-ID. */
    twin: z.boolean(),
  }),
  "reply.matched": z.object({ ...ABOUT, ...TO }),
  "reply.dismissed": z.object({ ...ABOUT, reason: line(1000) }),
  "reply.settled": z.object({ ...ABOUT, state: AnswerState.nullable() }),
  "reply.saved": z.object({ ...ABOUT, content: Attachment }),
};
export type ReplyFact = Fact<typeof REPLY_ENTRIES>;
export type ReplyEntry = Entry<typeof REPLY_ENTRIES>;

/** A mail that came back, with what it belongs to and what became of it. */
export interface MailReply {
  readonly id: ReplyId;
  readonly incident: IncidentId | null;
  /** What it answers; `null` while nobody knows. */
  readonly notification: NotificationId | null;
  /** The advisory that it answers; at most one of the two is known. */
  readonly advisory: AdvisoryId | null;
  /** The reference of what it answers; empty while nobody knows. */
  readonly ref: string;
  /** Whose answer it is; `null` where that is not known. */
  readonly recipient: ContactId | null;
  readonly name: string;
  readonly matchedBy: MatchedBy;
  readonly way: ReplyWay;
  readonly receivedAt: string;
  readonly mail: MailRead;
  readonly content: Attachment;
  readonly twin: boolean;
  /** Why it was set aside; empty while it was not. */
  readonly dismissed: string;
  /** Who read it, when, and how far they said the party is. */
  readonly settled: { readonly at: string; readonly by: string; readonly state: AnswerState | null } | null;
}

/** Whether nobody has dealt with a reply yet. */
export function isOpenReply(reply: Pick<MailReply, "settled" | "dismissed">): boolean {
  return reply.settled === null && reply.dismissed === "";
}

/** How far a reply lets one think that its sender is: a person says whether it is so. */
export function suggestedState({ mail }: Pick<MailReply, "mail">): AnswerState | null {
  return mail.oddities.includes("automatic") || mail.oddities.includes("unreadable") ? null : "answered";
}

/** The reply after one more entry about it. */
export function projectReply(before: MailReply | undefined, entry: ReplyEntry): MailReply | undefined {
  switch (entry.type) {
    case "reply.received":
      return received(entry);
    case "reply.matched": {
      const { notification = null, advisory = null, recipient = null, ref = "", name = "" } = entry.body;
      const to = { incident: entry.incident, notification, advisory, recipient, ref, name };
      return before && { ...before, ...to, matchedBy: "person" };
    }
    case "reply.dismissed":
      return before && { ...before, dismissed: entry.body.reason ?? "(withheld)" };
    case "reply.settled": {
      const by = entry.actor?.name ?? "(withheld)";
      return before && { ...before, settled: { at: entry.recordedAt, by, state: entry.body.state ?? null } };
    }
    case "reply.saved":
      return before;
  }
}

function received(entry: Extract<ReplyEntry, { type: "reply.received" }>): MailReply | undefined {
  const { reply: id, notification = null, advisory = null, recipient = null } = entry.body;
  const { ref = "", name = "" } = entry.body;
  const { matchedBy = "nothing", way = "file", mail = UNREADABLE_MAIL, twin = false } = entry.body;
  if (id === undefined) return undefined;
  return {
    ...{ id, incident: entry.incident, notification, advisory, ref, recipient, name },
    ...{ matchedBy, way, mail, twin },
    receivedAt: entry.recordedAt,
    content: entry.body.content ?? { sha256: "", sizeBytes: 0, name: "(withheld)" },
    dismissed: "",
    settled: null,
  };
}

/** The one who acts when a mail comes into the mailbox that the house looks into. */
export const MAILBOX: Actor = {
  id: "psn_00000000000000000000000001" as PersonId,
  name: "Mailbox",
  title: "",
  phone: "",
};
