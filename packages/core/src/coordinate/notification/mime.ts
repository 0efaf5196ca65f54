import { textOfBase64 } from "../../kernel/base64.ts";

/**
 * A text as lines of seven-bit characters of at most 76, which every mail server carries unchanged.
 *
 * @source RFC 2045 §6.7
 */
export function quotedPrintable(text: string): string {
  return text.split("\n").map(quotedLine).join("\r\n");
}

/** The words of a mail that {@link quotedPrintable} made: its inverse, for what follows the headers. */
export function wordsOfMail(mail: string): string {
  const [words = ""] = bodiesOf(mail);
  const octets = words
    .replaceAll("=\r\n", "")
    .replaceAll("\r\n", "\n")
    .replaceAll("%", "%25")
    .replaceAll(/=([0-9A-F]{2})/gu, "%$1");
  return decodeURIComponent(octets);
}

/** The text of what is attached to a mail of ours; `undefined` when nothing is. */
export function attachedTo(mail: string): string | undefined {
  const [, attached] = bodiesOf(mail);
  return attached === undefined ? undefined : textOfBase64(attached);
}

/** The bodies of a mail's parts: of a mail of one part, what follows its headers. */
function bodiesOf(mail: string): readonly string[] {
  const ends = mail.indexOf("\r\n\r\n");
  const body = mail.slice(ends + 4);
  const edge = /^Content-Type: multipart\/mixed; boundary="([^"]+)"$/mu.exec(mail.slice(0, ends))?.[1];
  if (edge === undefined) return [body];
  const parts = `\r\n${body}`.split(`\r\n--${edge}`).slice(1, -1);
  return parts.map((part) => part.slice(part.indexOf("\r\n\r\n") + 4));
}

function quotedLine(text: string): string {
  let out = "";
  let width = 0;
  const last = text.length - 1;
  let at = 0;
  for (const character of text) {
    at += character.length;
    const bytes = quotedCharacter(character, at - 1 === last);
    if (width + bytes.length > 75) {
      out += "=\r\n";
      width = 0;
    }
    out += bytes;
    width += bytes.length;
  }
  return out;
}

function quotedCharacter(character: string, ends: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  const blank = code === 0x20 || code === 0x09;
  if (blank ? !ends : code > 0x20 && code < 0x7f && code !== 0x3d) return character;
  return octets(character, "=");
}

/** The UTF-8 octets of a character, each as two hexadecimal digits after `sign`. */
function octets(character: string, sign: string): string {
  const escaped = encodeURIComponent(character);
  if (!escaped.startsWith("%")) {
    return `${sign}${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return escaped.replaceAll("%", sign);
}

/**
 * One header of a mail, folded: characters outside ASCII as encoded words, and never a line break of the text's.
 *
 * @source RFC 2047 §5; RFC 5322 §2.2.3
 */
export function header(name: string, text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return fold(`${name}: ${isPlain(plain) ? plain : encodedWords(plain)}`);
}

/** A name and an address as a header takes them. */
export function mailbox(name: string, address: string): string {
  const plain = name.replaceAll(/[\p{Cc}\u2028\u2029"\\<>]+/gu, " ").trim();
  if (plain === "") return `<${address}>`;
  return isPlain(plain) ? `"${plain}" <${address}>` : `${encodedWords(plain)} <${address}>`;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes("=?");
}

/** Encoded words of at most 75 characters; no character is cut in two. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    const next = /^[A-Za-z0-9]$/.test(character) ? character : octets(character, "=");
    if (word.length + next.length > 60) {
      words.push(word);
      word = "";
    }
    word += next;
  }
  return [...words, word].map((each) => `=?utf-8?Q?${each}?=`).join(" ");
}

function fold(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > 76) {
      lines.push(line);
      line = ` ${word}`;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\r\n");
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A moment as a mail's `Date` says it, in UTC. @source RFC 5322 §3.3 */
export function mailDate(instant: string): string {
  const date = new Date(instant);
  const day = String(date.getUTCDate()).padStart(2, "0");
  const month = MONTHS[date.getUTCMonth()];
  return `${DAYS[date.getUTCDay()]}, ${day} ${month} ${date.getUTCFullYear()} ${instant.slice(11, 19)} +0000`;
}
