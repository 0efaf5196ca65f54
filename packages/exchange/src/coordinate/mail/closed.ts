import type { Email } from "postal-mime";
import { parsedMail } from "./read.ts";

/** A mail that was closed on its way, with what opening it or checking its signature takes. */
export type ClosedMail =
  | { readonly way: "encrypted"; readonly armour: string; readonly inline: boolean; readonly more: boolean }
  | { readonly way: "signed"; readonly signed: Uint8Array; readonly signature: string }
  | { readonly way: "clear_signed"; readonly armour: string; readonly more: boolean }
  | { readonly way: "smime" };

const ENCRYPTED = ["-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----"] as const;
const CLEAR = ["-----BEGIN PGP SIGNED MESSAGE-----", "-----END PGP SIGNATURE-----"] as const;

/**
 * How a mail is closed; `undefined` for one that is open, and for what is no mail.
 *
 * Of a signed mail only the signed part counts, and of armour in the words only what stands within it: `more` says
 * that something stands around it, which nobody vouches for.
 *
 * @source RFC 3156 §4, §5; RFC 9580 §6, §7; RFC 8551 §3 for S/MIME
 */
export async function closedIn(head: Uint8Array): Promise<ClosedMail | undefined> {
  const email = (await parsedMail(head))?.email;
  if (email === undefined) return undefined;
  const type = email.headers.find(({ key }) => key === "content-type")?.value ?? "";
  if (/^\s*application\/(?:x-)?pkcs7-mime\b|protocol="?application\/(?:x-)?pkcs7-signature/iu.test(type)) {
    return { way: "smime" };
  }
  if (/^\s*multipart\/signed\b/iu.test(type)) return signedIn(head, email, type);
  return armouredIn(email, /^\s*multipart\/encrypted\b/iu.test(type));
}

function armouredIn(email: Email, encrypted: boolean): ClosedMail | undefined {
  const text = email.text ?? "";
  const attached = encrypted ? attachedText(email, (each) => each.includes(ENCRYPTED[0])) : undefined;
  const armour = attached === undefined ? undefined : within(attached, ENCRYPTED);
  if (armour) return { way: "encrypted", ...armour, inline: false, more: text.trim() !== "" };
  const inline = within(text, ENCRYPTED);
  if (inline) return { way: "encrypted", ...inline, inline: true };
  const clear = within(text, CLEAR);
  return clear && { way: "clear_signed", ...clear };
}

/** The armour that stands in a text, and whether anything but blanks stands around it. */
function within(text: string, [begins, ends]: readonly [string, string]) {
  const from = text.indexOf(begins);
  const to = text.indexOf(ends, from);
  if (from === -1 || to === -1) return undefined;
  const armour = text.slice(from, to + ends.length);
  return { armour, more: text.trim().length > armour.length };
}

function attachedText({ attachments }: Email, is: (text: string) => boolean): string | undefined {
  return attachments.map(({ content }) => textOf(content)).find(is);
}

function textOf(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === "string" ? content : new TextDecoder("latin1").decode(content);
}

/** The first part byte for byte, its line ends as they were signed, and the signature in the second. */
function signedIn(head: Uint8Array, email: Email, type: string): ClosedMail | undefined {
  const edge = /boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/iu.exec(type);
  const signature = attachedText(email, (each) => each.includes("-----BEGIN PGP SIGNATURE-----"));
  if (edge === null || signature === undefined) return undefined;
  // One character a byte, so that nothing of it is changed by reading it.
  const raw = Array.from(head, (byte) => String.fromCharCode(byte))
    .join("")
    .replaceAll(/\r?\n/gu, "\r\n");
  const line = `\r\n--${edge[1] ?? edge[2]}`;
  const opens = raw.indexOf(line);
  const from = raw.indexOf("\r\n", opens + line.length) + 2;
  const to = raw.indexOf(line, from - 2);
  if (opens === -1 || from < 2 || to === -1) return undefined;
  return {
    way: "signed",
    signed: Uint8Array.from(raw.slice(from, to), (each) => each.charCodeAt(0)),
    signature,
  };
}
