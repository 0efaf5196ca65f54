import { base64OfText } from "../../kernel/base64.ts";
import type { Instant } from "../../kernel/time.ts";
import { withOffset } from "../../kernel/time.ts";
import { TLP_MEANS, type Tlp } from "../../kernel/tlp.ts";
import type { Contact } from "../../prepare/contact/contact.ts";
import { INDICATORS_NAME, type Indicators } from "./indicators.ts";
import type { Letterhead } from "./letterhead.ts";
import { header, mailbox, mailDate, quotedPrintable } from "./mime.ts";

/** A mail of plain words, all of its bytes ASCII; it hangs on the `earlier` ones of its thread. */
export function mailOf(mail: {
  readonly letterhead: Pick<Letterhead, "team" | "email">;
  readonly at: Pick<Contact, "name" | "email">;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly composedAt: Instant;
  readonly earlier: readonly string[];
  readonly indicators?: Indicators | undefined;
}): string {
  const { letterhead, composedAt, earlier } = mail;
  return [
    `From: ${mailbox(letterhead.team, letterhead.email)}`,
    `To: ${mailbox(mail.at.name, mail.at.email)}`,
    header("Subject", mail.subject),
    `Date: ${mailDate(composedAt)}`,
    `Message-ID: ${mail.messageId}`,
    ...(earlier.length === 0
      ? []
      : [`In-Reply-To: ${earlier.at(-1)}`, `References: ${earlier.slice(-10).join("\r\n ")}`]),
    "MIME-Version: 1.0",
    ...(mail.indicators === undefined
      ? wordsPart(mail.text)
      : withAttached(wordsPart(mail.text), mail.indicators)),
    "",
  ].join("\r\n");
}

function wordsPart(text: string): readonly string[] {
  const head = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"];
  return [...head, "", quotedPrintable(text)];
}

/** @source RFC 2046 §5.1.3; RFC 4180 §3 */
function withAttached(words: readonly string[], { text }: Indicators): readonly string[] {
  // Neither encoding of the parts can hold an equals sign followed by an underscore.
  const edge = "=_indicators";
  return [
    `Content-Type: multipart/mixed; boundary="${edge}"`,
    "",
    `--${edge}`,
    ...words,
    `--${edge}`,
    `Content-Type: text/csv; charset=utf-8; header=present; name="${INDICATORS_NAME}"`,
    `Content-Disposition: attachment; filename="${INDICATORS_NAME}"`,
    // Bytes that no server rewrites, so that their digest stays what it is.
    "Content-Transfer-Encoding: base64",
    "",
    ...(base64OfText(text).match(/.{1,76}/gu) ?? []),
    `--${edge}--`,
  ];
}

/** A moment in UTC, and beside it on the clocks of a zone. */
export function timeText(at: Instant, zone: string | null): string {
  const utc = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  if (zone === null || zone === "UTC") return utc;
  const there = withOffset(at, zone);
  const offset = there.endsWith("Z") ? "+00:00" : there.slice(-6);
  return `${utc} (${there.slice(0, 10)} ${there.slice(11, 19)} ${offset})`;
}

/** Somebody with their organisation, as a letter names them. */
export function nameOf({ name, organisation }: Pick<Contact, "name" | "organisation">): string {
  return organisation === "" || organisation === name ? name : `${name}, ${organisation}`;
}

/** Who writes, and how they are called back. */
export function callBackOf({ team, phone, email, hours, url }: Letterhead, callBack: string): string {
  return [
    team,
    ...(callBack.trim() === "" ? [] : [`Ask for: ${callBack.trim()}`]),
    `Phone: ${phone} (${hours})`,
    `Mail: ${email}`,
    ...(url.trim() === "" ? [] : [`Who we are: ${url.trim()}`]),
  ].join("\n");
}

/** What a label means, in a sentence. */
export function meaning(marking: Tlp): string {
  return wrapped(`${marking}: ${TLP_MEANS[marking]}`);
}

/** Paragraphs with an empty line between. */
export function joined(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

/** Line ends of one kind, and no other character that steers a terminal or a printer. */
export function clean(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[^\P{Cc}\n\t]/gu, " ")
    .trim();
}

const WIDTH = 72;

/** A text in lines of at most 72 characters where it has blanks to break at. */
export function wrapped(text: string): string {
  return text
    .split("\n")
    .map((line) => broken(line, WIDTH).join("\n"))
    .join("\n");
}

/** A text with something before its first line, and the others as far in. */
export function indented(first: string, text: string): string {
  const rest = " ".repeat(first.length);
  const lines = text.split("\n").flatMap((line) => broken(line, WIDTH - first.length));
  return lines.map((line, at) => `${at === 0 ? first : rest}${line}`).join("\n");
}

function broken(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
