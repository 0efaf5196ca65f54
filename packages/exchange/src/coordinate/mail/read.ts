import {
  ATTACHED_MAX,
  Instant,
  MAIL_TEXT_MAX,
  type MailOddity,
  type MailRead,
  REFERENCES_MAX,
  tamed,
  tamedLine,
  turnsText,
  UNREADABLE_MAIL,
} from "@jumpkit/core";
import type { Email } from "postal-mime";
import { verdictIn } from "./verdict.ts";
import { wordsOfHtml } from "./words.ts";

/** How much of a mail's beginning is read; the words come first, and what is attached is never opened. */
export const MAIL_HEAD_BYTES = 1024 * 1024;

const HEADERS_MAX_BYTES = 128 * 1024;
const HEADER_LINES_MAX = 1000;
const NESTING_MAX = 20;
/** Lines that may begin a part. Beyond so many it is no letter any more, and nothing behind them is read. */
const PARTS_MAX = 200;

/**
 * What a mail says, from its first bytes: text alone and bounded, whatever the mail is made of.
 *
 * A mail within a mail is an attachment, and HTML gives its words alone: nothing of it is ever rendered.
 *
 * @param head     at most {@link MAIL_HEAD_BYTES} of its beginning
 * @param whole    whether that is all of it
 * @param trusted  the server whose word on the sender counts, as it calls itself in the header
 * @source         RFC 5322, RFC 2045 to 2047, RFC 3834 §5 for what a machine wrote
 */
export async function readMail(
  head: Uint8Array,
  whole: boolean,
  trusted: string | undefined,
): Promise<MailRead> {
  const parsed = await parsedMail(head);
  return parsed === undefined ? UNREADABLE_MAIL : mailOf(parsed.email, parsed.cut || !whole, trusted);
}

/** A mail taken apart within bounds; `undefined` when it is none that could be read. */
export async function parsedMail(
  head: Uint8Array,
): Promise<{ readonly email: Email; readonly cut: boolean } | undefined> {
  const { bytes, cut } = bounded(head.subarray(0, MAIL_HEAD_BYTES));
  if (headerLines(bytes) > HEADER_LINES_MAX) return undefined;
  // Loaded with the first mail: most servers start without one.
  const { default: PostalMime } = await import("postal-mime");
  try {
    const email = await PostalMime.parse(bytes, {
      maxHeadersSize: HEADERS_MAX_BYTES,
      maxNestingDepth: NESTING_MAX,
      forceRfc822Attachments: true,
    });
    return email.headers.length === 0 ? undefined : { email, cut };
  } catch {
    return undefined;
  }
}

function mailOf(email: Email, cut: boolean, trusted: string | undefined): MailRead {
  const values = (key: string) => email.headers.filter((each) => each.key === key).map(({ value }) => value);
  const senders = email.from === undefined ? [] : (email.from.group ?? [email.from]);
  const [sender] = senders;
  const words = email.text ?? wordsOfHtml(email.html ?? "");
  const names = email.attachments.map(({ filename }) => filename ?? "");
  const answers = [...messageIds(email.inReplyTo), ...messageIds(email.references).toReversed()];
  const odd: readonly (MailOddity | false)[] = [
    (cut || words.length > MAIL_TEXT_MAX || email.attachments.length > ATTACHED_MAX) && "cut",
    (senders.length > 1 || values("from").length > 1 || values("from").some(namesSeveral)) &&
      "several_senders",
    [words, sender?.name ?? "", email.subject ?? "", ...names].some(turnsText) && "turned_text",
    isAutomatic(values) && "automatic",
  ];
  return {
    messageId: messageIds(email.messageId)[0] ?? "",
    references: [...new Set(answers)].slice(0, REFERENCES_MAX),
    fromName: tamedLine(sender?.name ?? "", 300),
    fromAddress: tamedLine(sender?.address ?? "", 320),
    subject: tamedLine(email.subject ?? "", 500),
    sentAt: instantIn(email.date),
    text: tamed(words, MAIL_TEXT_MAX),
    attached: email.attachments.slice(0, ATTACHED_MAX).map(({ filename, mimeType }) => ({
      name: tamedLine(filename ?? "", 300),
      mediaType: tamedLine(mimeType, 100),
    })),
    oddities: odd.filter((each) => each !== false),
    verdict: verdictIn(values("authentication-results"), trusted),
  };
}

/** More than one address where there has to be one: the reader of a mail sees another sender than its checker. */
function namesSeveral(from: string): boolean {
  return (from.replaceAll(/"(?:[^"\\]|\\.)*"/gu, "").match(/</gu) ?? []).length > 1;
}

function isAutomatic(values: (key: string) => readonly string[]): boolean {
  return (
    values("auto-submitted").some((value) => value.trim().toLowerCase() !== "no") ||
    values("content-type").some((value) => /^\s*multipart\/report\b/iu.test(value)) ||
    values("return-path").some((value) => value.trim() === "<>")
  );
}

function messageIds(text: string | undefined): readonly string[] {
  return (text ?? "").match(/<[^<>\s]{1,298}>/gu)?.map((id) => tamedLine(id, 300)) ?? [];
}

function instantIn(date: string | undefined) {
  const at = new Date(date ?? "");
  if (Number.isNaN(at.getTime())) return null;
  const parsed = Instant.safeParse(at.toISOString());
  return parsed.success ? parsed.data : null;
}

const LINE_FEED = 0x0a;
const DASH = 0x2d;

/** The bytes up to where more parts may begin than a letter has. */
function bounded(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly cut: boolean } {
  let parts = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (bytes[at + 1] !== DASH || bytes[at + 2] !== DASH) continue;
    parts += 1;
    if (parts > PARTS_MAX) return { bytes: bytes.subarray(0, at), cut: true };
  }
  return { bytes, cut: false };
}

/** How many lines stand before the first empty one. */
function headerLines(bytes: Uint8Array): number {
  let lines = 0;
  let from = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, from)) {
    const empty = at === from || (at === from + 1 && bytes[from] === 0x0d);
    if (empty || lines > HEADER_LINES_MAX) return lines;
    lines += 1;
    from = at + 1;
  }
  return lines;
}
