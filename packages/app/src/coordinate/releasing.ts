import {
  accept,
  type Contact,
  type ContactId,
  type Incident,
  isPlayed,
  type LetterParts,
  letterOf,
  type Notification,
  type NotificationRefusal,
  type Recipient,
  type Releasing,
  type Result,
  refuse,
} from "@jumpkit/core";
import type { LetterSources } from "./notification-ports.ts";

/** The message of a notification to one recipient, as it would be released now. */
export async function releasingOf(
  sources: LetterSources,
  incident: Incident,
  notification: Notification,
  contact: ContactId,
): Promise<Result<Releasing & { readonly from: string; readonly team: string }, NotificationRefusal>> {
  const recipient = notification.recipients.find((each) => each.contact === contact);
  if (recipient === undefined) return refuse({ code: "notification.not_to_them" });
  const letterhead = await sources.letterhead();
  if (letterhead === undefined) return refuse({ code: "notification.no_letterhead" });
  const parties = await partiesOf(sources, notification, recipient);
  const { to, via, copies } = parties;
  if (to === undefined || via === undefined) return refuse({ code: "notification.not_to_them" });
  const domain = letterhead.email.slice(letterhead.email.lastIndexOf("@") + 1);
  const known = await sources.known(incident.id);
  const parts: LetterParts = {
    ...{ letterhead, ref: notification.ref, draft: notification, composedAt: notification.composedAt },
    ...{ recipient, to, via, copies },
    earlier: notification.told.find((each) => each.contact === contact)?.messageIds ?? [],
    played: isPlayed(incident),
    ourNames: [await sources.organisationName(), letterhead.team, domain, letterhead.phone, incident.code],
    marked: known.observables,
  };
  return accept({
    notification,
    recipient,
    to,
    via,
    known,
    letter: letterOf(parts),
    from: letterhead.email,
    team: letterhead.team,
  });
}

async function partiesOf(sources: LetterSources, { recipients }: Notification, recipient: Recipient) {
  const copied = recipients.filter(({ copy, contact }) => copy && contact !== recipient.contact);
  const ids = [recipient, ...copied].map(({ contact }) => contact);
  const found = await sources.parties(recipient.via === null ? ids : [...ids, recipient.via]);
  const by = (id: ContactId): Contact | undefined => found.find((each) => each.id === id);
  return {
    to: by(recipient.contact),
    via: recipient.via === null ? null : by(recipient.via),
    // Through an intermediary, nobody hears who else is told.
    copies:
      recipient.via === null
        ? copied.flatMap(({ contact }) => by(contact)?.organisation || (by(contact)?.name ?? []))
        : [],
  };
}
