import type {
  AdvisoryId,
  ContactId,
  MailReply,
  Notification,
  NotificationId,
  OrganisationId,
  ReplyId,
} from "@jumpkit/core";

/** Which of ours a mail answers, by its id. */
export type AnsweredId = { readonly notification: NotificationId } | { readonly advisory: AdvisoryId };

/** What rules ask about mail that came back. */
export interface ReplyRecords {
  /** The reply, its incident's row and its own locked until the transaction ends. */
  toChange(id: ReplyId): Promise<MailReply | undefined>;
  /** The reply with these very bytes. */
  withBytes(sha256: string): Promise<ReplyId | undefined>;
  /** Whether a reply bears this Message-ID. */
  bears(messageId: string): Promise<boolean>;
  /** The first of these messages that this organisation sent, with whom it went to. */
  released(
    messageIds: readonly string[],
  ): Promise<(AnsweredId & { readonly contact: ContactId }) | undefined>;
  /** The notification or advisory that is called so towards the outside. */
  called(ref: string): Promise<AnsweredId | undefined>;
}

/** What queries read of mail that came back. */
export interface ReplyReading {
  reply(id: ReplyId): Promise<MailReply | undefined>;
  /** Contacts with a key who may have signed a mail: of this address, or whom these messages went to; at most 20. */
  keyHolders(
    fromAddress: string,
    messageIds: readonly string[],
  ): Promise<readonly { readonly contact: ContactId; readonly pgpKey: string }[]>;
  /** Replies to a notification, newest first, at most 200. */
  to(notification: NotificationId): Promise<readonly MailReply[]>;
  /** Replies to an advisory, newest first, at most 200. */
  toAdvisory(advisory: AdvisoryId): Promise<readonly MailReply[]>;
  /** Replies that nobody has dealt with, newest first, at most 200. */
  open(): Promise<readonly MailReply[]>;
  /** Released notifications that a reply may belong to, newest first, at most 200. */
  candidates(): Promise<readonly Notification[]>;
}

/** How far a mailbox was looked through; kept beside the record, so that no mail is fetched twice. */
export interface MailboxPlaces {
  /** Number of the last mail that was taken in, under the mailbox's own numbering; `undefined` at first. */
  at(organisation: OrganisationId, mailbox: string): Promise<MailboxPlace | undefined>;
  moveTo(organisation: OrganisationId, mailbox: string, place: MailboxPlace): Promise<void>;
}

/** @source RFC 3501 §2.3.1.1: a number stands for a mail as long as its mailbox's validity is the same */
export interface MailboxPlace {
  readonly validity: string;
  readonly uid: number;
}
