import type { ContactRecord } from "@jumpkit/core";
import { accept, type Result, refuse } from "@jumpkit/core";
import type { Unreadable } from "../table.ts";
import { oneLine } from "./text.ts";

interface Property {
  readonly line: number;
  readonly name: string;
  readonly params: string;
  readonly value: string;
}

/** Which of a vCard's text properties says which field of a contact. */
const TEXTS: Readonly<Record<string, string>> = { ORG: "organisation", NOTE: "notes" };

/**
 * The contacts of a vCard file, version 3.0 or 4.0, in the order of the file.
 *
 * Reads name, organisation, telephones (the first, and a second one as the second channel), mail, languages,
 * zone, notes and a PGP key that stands in the card as text. Everything else is left out. Nothing is fetched: a
 * key that is only named by its address is not read.
 *
 * @source RFC 2426, RFC 6350
 */
export function readVcards(text: string, maxCards: number): Result<readonly ContactRecord[], Unreadable> {
  const records: ContactRecord[] = [];
  let card: Property[] | undefined;
  for (const property of propertiesOf(text)) {
    const { line, name, value } = property;
    if (name === "BEGIN" && value.toUpperCase() === "VCARD") {
      if (card !== undefined) return refuse({ line, problem: "a card begins inside another one" });
      card = [];
    } else if (name === "END" && value.toUpperCase() === "VCARD") {
      if (card === undefined) return refuse({ line, problem: "a card ends that never began" });
      if (records.length === maxCards) return refuse({ line, problem: `has more than ${maxCards} cards` });
      records.push(recordOf(card, line));
      card = undefined;
    } else {
      card?.push(property);
    }
  }
  if (card !== undefined) return refuse({ line: card[0]?.line ?? 1, problem: "a card never ends" });
  if (records.length === 0) return refuse({ line: 1, problem: "holds no card" });
  return accept(records);
}

function recordOf(card: readonly Property[], endsAt: number): ContactRecord {
  const said: Record<string, unknown> = {};
  const phones: string[] = [];
  const languages: string[] = [];
  for (const { name, params, value } of card) {
    const text = plainOf(value);
    const field = TEXTS[name];
    if (name === "FN") said["name"] = oneLine(text);
    else if (field === "organisation") said[field] ??= oneLine(componentsOf(value)[0] ?? "");
    else if (field !== undefined) said[field] ??= text;
    else if (name === "TEL") phones.push(oneLine(text.replace(/^tel:/i, "")));
    else if (name === "EMAIL") said["email"] ??= oneLine(text);
    else if (name === "LANG") languages.push(oneLine(text));
    else if (name === "TZ" && isZoneName(text)) said["homeZone"] ??= text;
    else if (name === "KEY" && text.includes("BEGIN PGP PUBLIC KEY BLOCK")) said["pgpKey"] ??= text;
    else if (name === "KEY" && /^openpgp4fpr:/i.test(text)) said["pgpFingerprint"] ??= text.slice(12);
    else if (name === "IMPP" || (name === "URL" && params.includes("HOME")))
      said["secondChannel"] ??= oneLine(text);
  }
  if (said["name"] === undefined) said["name"] = said["organisation"] ?? "";
  if (phones[0] !== undefined) said["phone"] = phones[0];
  if (phones[1] !== undefined) said["secondChannel"] = phones[1];
  if (languages.length > 0) said["languages"] = [...new Set(languages)];
  return { line: card[0]?.line ?? endsAt, said };
}

/** The lines of a file with those that go on in the next one put together, as properties. */
function propertiesOf(text: string): Property[] {
  const lines: { line: number; text: string }[] = [];
  text.split(/\r\n|\n|\r/).forEach((each, at) => {
    const last = lines.at(-1);
    if (/^[ \t]/.test(each) && last !== undefined) last.text += each.slice(1);
    else if (each !== "") lines.push({ line: at + 1, text: each });
  });
  return lines.flatMap(({ line, text: whole }) => {
    const colon = colonOf(whole);
    if (colon < 0) return [];
    const [head = "", ...params] = whole.slice(0, colon).split(";");
    const name = head.slice(head.lastIndexOf(".") + 1).toUpperCase();
    return [{ line, name, params: params.join(";").toUpperCase(), value: whole.slice(colon + 1) }];
  });
}

/** Where the value begins: the first colon outside quotation marks. */
function colonOf(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    if (line[at] === ":" && !quoted) return at;
  }
  return -1;
}

function componentsOf(value: string): string[] {
  return value.split(/(?<!\\);/).map(plainOf);
}

function plainOf(value: string): string {
  return value.replaceAll(/\\(.)/g, (_, char: string) => (char === "n" || char === "N" ? "\n" : char));
}

function isZoneName(text: string): boolean {
  return /^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(text) || text === "UTC";
}
