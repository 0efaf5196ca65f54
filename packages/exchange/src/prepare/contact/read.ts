import type { ContactRecord, Instant, Result } from "@jumpkit/core";
import type { Unreadable } from "../table.ts";
import { readContactTable } from "./csv.ts";
import { readRfc2350 } from "./rfc2350.ts";
import { readSecurityTxt } from "./security-txt.ts";
import { readVcards } from "./vcard.ts";

/** The forms in which contacts come. */
export const CONTACT_FORMATS = ["csv", "vcard", "rfc2350", "security_txt"] as const;
export type ContactFormat = (typeof CONTACT_FORMATS)[number];

/** Which form a text has, by what only that form begins with or holds; a table when it is none of the others. */
export function contactFormatOf(text: string): ContactFormat {
  const head = text.slice(0, 4000);
  if (/^\ufeff?\s*BEGIN:VCARD/i.test(head)) return "vcard";
  if (/^contact:\s*\S/im.test(head)) return "security_txt";
  if (/name of the team/i.test(text.slice(0, 50_000))) return "rfc2350";
  return "csv";
}

/** The contacts in a text of a form, or why it cannot be read. */
export function readContacts(
  text: string,
  format: ContactFormat,
  options: { readonly max: number; readonly now: Instant },
): Result<readonly ContactRecord[], Unreadable> {
  switch (format) {
    case "vcard":
      return readVcards(text, options.max);
    case "security_txt":
      return readSecurityTxt(text, options.now);
    case "rfc2350":
      return readRfc2350(text);
    case "csv":
      return readContactTable(text, options.max);
  }
}
