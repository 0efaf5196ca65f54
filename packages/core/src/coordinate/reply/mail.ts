import * as z from "zod";
import { ContactId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant } from "../../kernel/time.ts";

/** How much of a mail stands on the record beside its digest. The bytes themselves are kept whole. */
export const MAIL_TEXT_MAX = 20_000;
export const REFERENCES_MAX = 50;
export const ATTACHED_MAX = 50;

/**
 * What is odd about a mail, and so said beside it.
 *
 * `unreadable`: it is no mail that could be read; `cut`: it goes on beyond what was read; `several_senders`: it
 * names more than one sender; `turned_text`: characters that turn the direction of text stood in it, such as make
 * `exe.pdf` of a name that ends in `fdp.exe`; `automatic`: a machine wrote it.
 */
export const MailOddity = z.enum(["unreadable", "cut", "several_senders", "turned_text", "automatic"]);
export type MailOddity = z.infer<typeof MailOddity>;

/** A result of one check of a sender, in the words of RFC 8601. */
export const CheckResult = z.enum([
  "pass",
  "fail",
  "softfail",
  "neutral",
  "none",
  "policy",
  "temperror",
  "permerror",
]);
export type CheckResult = z.infer<typeof CheckResult>;

/**
 * What the mail server that the operator trusts says of who sent a mail; `null` means not checked.
 *
 * @source RFC 8601 §2.2, §5: only a header of one's own server counts
 */
export const MailVerdict = z.object({
  host: z.string().max(253).describe("The server that says so"),
  spf: CheckResult.nullable(),
  dkim: CheckResult.nullable(),
  dmarc: CheckResult.nullable(),
  arc: CheckResult.nullable(),
  domain: z.string().max(253).describe("Whose DKIM signature it was; empty where that is not said"),
});
export type MailVerdict = z.infer<typeof MailVerdict>;

/** How many DKIM signatures of one mail are looked at. */
export const SIGNATURES_MAX = 5;

/** What we found ourselves of one DKIM signature. @source RFC 6376; RFC 8601 §2.7.1 for the words */
export const DkimCheck = z.object({
  domain: prose(253).describe("Whose signature it says it is; empty where that is no name"),
  selector: prose(253),
  result: CheckResult,
});
export type DkimCheck = z.infer<typeof DkimCheck>;

/** Why a mail that is encrypted was not opened here. */
export const NotOpened = z.enum(["no_key", "other_key", "damaged", "too_large", "smime"]);
export type NotOpened = z.infer<typeof NotOpened>;

/** Whose signature a mail bears: of a key that a contact of ours has, of another key, one that does not hold, none. */
export const MailSignature = z.enum(["known", "other", "broken", "none"]);

/**
 * How a mail was closed on its way: encrypted, signed, or both.
 *
 * @source RFC 3156; RFC 9580 §6 for armour within the words
 */
export const MailEnvelope = z.object({
  way: z.enum(["pgp_mime", "pgp_inline", "smime"]),
  encrypted: z.boolean(),
  notOpened: NotOpened.nullable(),
  signature: MailSignature,
  keyOf: ContactId.nullable().describe("Whose key signed it, as the directory had it then"),
  keyId: prose(100).describe("The id of the key that signed it; empty for none"),
});
export type MailEnvelope = z.infer<typeof MailEnvelope>;

/** A mail as it was read: text alone, bounded, and without characters that steer a screen. */
export const MailRead = z.object({
  messageId: prose(300).describe("Its Message-ID; empty for none"),
  references: z
    .array(line(300))
    .max(REFERENCES_MAX)
    .describe("The messages it answers, the one it answers directly first"),
  fromName: prose(300).describe("What the sender calls itself: anybody can write anything there"),
  fromAddress: prose(320),
  subject: prose(500),
  sentAt: Instant.nullable().describe("When it says that it was sent"),
  text: prose(MAIL_TEXT_MAX),
  attached: z
    .array(z.object({ name: prose(300), mediaType: prose(100) }))
    .max(ATTACHED_MAX)
    .describe("What is attached to it: never opened here"),
  oddities: z.array(MailOddity).max(MailOddity.options.length),
  verdict: MailVerdict.nullable(),
  dkim: z
    .array(DkimCheck)
    .max(SIGNATURES_MAX)
    .optional()
    .describe("Its DKIM signatures as we checked them; absent where we did not"),
  envelope: MailEnvelope.optional().describe("How it was closed; absent for a mail that was open"),
});
export type MailRead = z.infer<typeof MailRead>;

/** What a mail is taken for that could not be read. */
export const UNREADABLE_MAIL: MailRead = {
  ...{ messageId: "", references: [], fromName: "", fromAddress: "", subject: "", sentAt: null },
  ...{ text: "", attached: [], oddities: ["unreadable"], verdict: null },
};

/** Characters that turn the direction of text or hide in it. */
const STEERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Whether a text holds characters that turn its direction. */
export function turnsText(text: string): boolean {
  return text.search(STEERING) !== -1;
}

/** A text of others as it may be shown and kept: what steers a screen is replaced, and nothing beyond `max` stays. */
export function tamed(text: string, max: number): string {
  const plain = text
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    .replaceAll(/[^\P{Cc}\n\t]/gu, " ")
    .replaceAll(STEERING, "\ufffd");
  return plain.slice(0, max).toWellFormed();
}

/** The same on one line. */
export function tamedLine(text: string, max: number): string {
  return tamed(text, max * 4)
    .replaceAll(/\s+/gu, " ")
    .trim()
    .slice(0, max)
    .toWellFormed();
}
