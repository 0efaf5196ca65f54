import type {
  AdvisoryId,
  Contact,
  ContactId,
  IncidentId,
  Instant,
  KnownBad,
  Letterhead,
  Notification,
  NotificationId,
  Observable,
  ObservableValue,
  Tlp,
} from "@jumpkit/core";
import type { Viewer } from "../ports.ts";

/** What a message to a recipient follows from. */
export interface LetterSources {
  notification(id: NotificationId): Promise<Notification | undefined>;
  /** Contacts by id, retired ones too. */
  parties(ids: readonly ContactId[]): Promise<readonly Contact[]>;
  letterhead(): Promise<Letterhead | undefined>;
  organisationName(): Promise<string>;
  /** Confirmed observables, scope and passwords to reset: what bars an address. */
  known(incident: IncidentId): Promise<KnownBad & { readonly observables: readonly Observable[] }>;
}

/** What rules ask about notifications. */
export interface NotificationRecords extends LetterSources {
  /** The notification, its incident's row and its own locked until the transaction ends. */
  toChange(id: NotificationId): Promise<Notification | undefined>;
  /** Which of these places of an incident's log hold a line that somebody wrote, each with its own label if any. */
  lines(incident: IncidentId, places: readonly number[]): Promise<ReadonlyMap<number, Tlp | undefined>>;
}

/** Somebody who answers for something that was seen in an incident. */
export interface Answers {
  readonly contact: Contact;
  /** What was seen that they answer for, as it stands in the record. */
  readonly of: readonly string[];
}

/** What queries read of notifications. */
export interface NotificationReading extends LetterSources {
  sha256(text: string): string;
  /** Notifications of an incident, newest first, at most 500. */
  of(incident: IncidentId): Promise<readonly Notification[]>;
  /** Notifications of all incidents whose answers are waited for, the earliest answer first, at most 200. */
  waiting(): Promise<readonly Notification[]>;
  /** Contacts that answer for one of these values, or for a constituent by its name; at most 500. */
  answeringFor(
    values: readonly ObservableValue[],
    constituents: readonly string[],
  ): Promise<readonly Answers[]>;
  /** Constituents whose networks the scope of an incident touches, by name. */
  constituentsOf(incident: IncidentId): Promise<readonly string[]>;
  /** The bytes that were released to a recipient last. */
  released(
    id: NotificationId,
    contact: ContactId,
  ): Promise<{ readonly message: string; readonly subject: string; readonly sha256: string } | undefined>;
}

/** A mail that is to leave: it is tried once, and whether it left is then written down. */
export interface QueuedMail {
  readonly kind: "mail_queued";
  /** What it tells of: a notification, or a version of an advisory. */
  readonly about:
    | { readonly notification: NotificationId }
    | { readonly advisory: AdvisoryId; readonly version: number };
  readonly recipient: ContactId;
  readonly messageId: string;
  readonly from: string;
  readonly team: string;
  readonly address: string;
  readonly message: string;
  /** The key to encrypt to, as armoured text; empty for none. */
  readonly pgpKey: string;
  /** The person who released it, as they were then. */
  readonly sender: Viewer;
}

/** A mail as the outbox holds it. */
export interface PostedMail {
  readonly sender: Viewer;
  /** Whether it is of an incident that is played in an exercise: it then stays in the house. */
  readonly played: boolean;
  readonly mail: Omit<QueuedMail, "kind" | "sender">;
}

/** Mail on its way: each is claimed once, so that none is sent twice. */
export interface Outbox {
  /** The mail that has waited longest, from now on this server's to try; `undefined` when none waits. */
  claim(): Promise<PostedMail | undefined>;
  /** Mails claimed before a moment of which nobody wrote down what became of them. */
  lost(before: Instant): Promise<readonly PostedMail[]>;
}

/** What an operation changes beside the record when mail leaves. */
export type MailEffect = QueuedMail | { readonly kind: "mail_settled"; readonly messageId: string };
