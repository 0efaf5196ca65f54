import { readDisclosure } from "@jumpkit/tlog";

/** What a report reads of one entry: its header and the fields that are disclosed. */
export interface ReportEntry {
  readonly type: string;
  readonly incidentSeq: number;
  /** When it happened, as the person said it, with its offset. */
  readonly at: string;
  /** When the server received it, in UTC. */
  readonly rx: string;
  /** Disclosed fields by name. Withheld and erased ones are missing. */
  readonly fields: ReadonlyMap<string, unknown>;
}

interface LeafHeader {
  readonly type?: unknown;
  readonly incidentSeq?: unknown;
  readonly at?: unknown;
  readonly rx?: unknown;
}

/**
 * What a report reads of an entry, from the parts that go into the case file.
 *
 * Throws for a leaf that is not JSON: the log itself wrote it.
 */
export function readReportEntry(leaf: Uint8Array, disclosures: readonly string[]): ReportEntry {
  const header: LeafHeader = JSON.parse(Buffer.from(leaf).toString());
  const fields = new Map<string, unknown>();
  for (const text of disclosures) {
    const disclosure = readDisclosure(text);
    if (disclosure.ok) fields.set(disclosure.value.name, disclosure.value.value);
  }
  return {
    type: String(header.type),
    incidentSeq: Number(header.incidentSeq),
    at: String(header.at),
    rx: String(header.rx),
    fields,
  };
}

/** What is written where a field was withheld or erased. */
export const WITHHELD = "(withheld)";

/** A field's text on one line; `(withheld)` when it is not disclosed, empty when it says nothing. */
export function textField(entry: ReportEntry, name: string): string {
  return entry.fields.has(name) ? shown(entry.fields.get(name)) : WITHHELD;
}

/** Any value on one line that can do no harm to a terminal or to the lines around it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, part]) => `${shown(name)} ${shown(part)}`)
      .join(", ");
  }
  return onOneLine(String(value));
}

/** Name, title and telephone of a person field such as `actor` or `to`. */
export function personField(entry: ReportEntry, name: string): string {
  const value = entry.fields.get(name);
  if (value === undefined) return WITHHELD;
  if (typeof value !== "object" || value === null) return shown(value);
  const person: { name?: unknown; title?: unknown; phone?: unknown } = value;
  return [person.name, person.title, person.phone]
    .map(shown)
    .filter((part) => part !== "")
    .join(", ");
}

/** Both times of an entry: when it happened, with the zone it was told in, and when it was recorded. */
export function shownTimes(entry: ReportEntry): string {
  const zone = entry.fields.has("zone") ? ` ${textField(entry, "zone")}` : "";
  return `${onOneLine(entry.at)}${zone} (recorded ${onOneLine(entry.rx)})`;
}

/**
 * Line ends become a visible mark; other control characters and those that turn the direction of writing
 * become their code, so that what is printed is what was typed.
 */
function onOneLine(text: string): string {
  return text
    .replaceAll(/\r\n|[\r\n\p{Zl}\p{Zp}]/gu, " ¶ ")
    .replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\u{${code.toString(16)}}`;
    });
}
