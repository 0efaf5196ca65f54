import type { Source } from "./source-queries.ts";

type Reading = Source["reading"];
export type Mapping = NonNullable<Reading["mapping"]>;

export const KIND_WORDS: Readonly<Record<Reading["kind"], string>> = {
  suricata_eve: "Suricata EVE",
  web_access: "Web access log",
  json: "JSON",
  csv: "CSV table",
};

export const TIME_WORDS: Readonly<Record<Mapping["time"]["format"], string>> = {
  iso: "2026-11-22 10:04:31, with or without an offset",
  web_server: "22/Nov/2026:10:04:31 +0100",
  unix_seconds: "seconds since 1970",
  unix_milliseconds: "milliseconds since 1970",
};

/** How a source is: a word, and whether it needs somebody. */
export function healthOf(source: Source): { readonly words: string; readonly needsLook: boolean } {
  if (source.status === "retired") return { words: "Retired", needsLook: false };
  if (source.silentForHours !== null) {
    return { words: `Silent for ${source.silentForHours} h`, needsLook: true };
  }
  if (source.lastArrivalAt === null) return { words: "Nothing yet", needsLook: false };
  return { words: "Healthy", needsLook: false };
}

/** The mapped fields as lines that can be typed: `theirs = ours`, and the role where it is an address. */
export function mappingText(mapping: Mapping | null): string {
  return (mapping?.fields ?? [])
    .map(({ from, to, role }) => `${from} = ${to}${role === undefined ? "" : ` (${role})`}`)
    .join("\n");
}

/** The fields that such lines map; the server says what is wrong with them. */
export function mappingFrom(text: string): Mapping["fields"] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, from = line, to = "", role] = /^(.*?)\s*=\s*(\S+?)\s*(?:\((\w+)\))?$/.exec(line.trim()) ?? [];
      return { from, to, ...(role === undefined ? {} : { role }) } as Mapping["fields"][number];
    });
}
