import {
  type Advised,
  type Advisory,
  type AdvisoryNext,
  type AdvisoryRefusal,
  type Audience,
  accept,
  advisoryMail,
  advisoryText,
  audienceOf,
  type Contact,
  type ContactId,
  type Letterhead,
  type NotificationRefusal,
  type NotWritable,
  type Result,
  refuse,
  sayingOf,
  whyNotWrite,
} from "@jumpkit/core";
import type { AdvisorySources } from "./advisory-ports.ts";

/** A version as it would be sent now: its words, who gets it and who does not, and each mail. */
export interface Advising {
  readonly letterhead: Letterhead;
  readonly next: AdvisoryNext;
  readonly audience: Audience;
  readonly text: string;
  readonly mails: readonly (Advised & { readonly message: string; readonly pgpKey: string })[];
  /** Digest of what it says, whoever it goes to. */
  readonly saying: string;
  /** Digest over every mail. */
  readonly sha256: string;
  /** Another advisory that was sent in the very same words. */
  readonly same: Advisory | undefined;
}

/** The drafted version of an advisory as it would be sent now. */
export async function advisingOf(
  sources: AdvisorySources,
  advisory: Advisory,
  sha256Of: (text: string) => string,
): Promise<Result<Advising, AdvisoryRefusal | NotificationRefusal>> {
  const { next } = advisory;
  if (next === null) return refuse({ code: "advisory.nothing_drafted" });
  const letterhead = await sources.letterhead();
  if (letterhead === undefined) return refuse({ code: "notification.no_letterhead" });
  const audience = audienceOf(
    { sent: advisory.sent, next },
    await sources.directory(),
    await sources.knownAnywhere(),
  );
  const text = advisoryText(advisory, next, letterhead);
  const mails = audience.to.map((to) => {
    const version = { ...next, composedAt: next.writtenAt };
    const { messageId, message } = advisoryMail(advisory, version, { letterhead, text, to });
    const { id: contact, name, email: address, pgpKey } = to;
    return { contact, name, address, messageId, sha256: sha256Of(message), message, pgpKey };
  });
  const saying = sha256Of(sayingOf(next, next.kind));
  const sha256 = sha256Of(
    mails.map(({ contact, address, sha256: each }) => `${contact} ${address} ${each}\n`).join(""),
  );
  const same = await sources.sentAs(saying, advisory.id);
  return accept({ letterhead, next, audience, text, mails, saying, sha256, same });
}

/** What sending one mail of a version again follows from: the contact as they are now, and who writes. */
export interface AdvisingAgain {
  readonly letterhead: Letterhead;
  readonly to: Contact | undefined;
  readonly notWritable: NotWritable | undefined;
}

/** Whether a contact can be written to at this moment, and by whom. */
export async function advisingAgainOf(
  sources: AdvisorySources,
  advisory: Advisory,
  contact: ContactId,
): Promise<Result<AdvisingAgain, NotificationRefusal>> {
  const letterhead = await sources.letterhead();
  if (letterhead === undefined) return refuse({ code: "notification.no_letterhead" });
  const to = (await sources.directory()).find(({ id }) => id === contact);
  const marking = advisory.sent.at(-1)?.marking ?? advisory.draft.marking;
  const known = to && (await sources.knownAnywhere());
  const notWritable = to && known ? whyNotWrite(to, marking, known) : "retired";
  return accept({ letterhead, to, notWritable });
}
