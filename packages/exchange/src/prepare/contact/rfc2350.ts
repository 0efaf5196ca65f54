import { accept, type ContactRecord, type Result, refuse } from "@jumpkit/core";
import type { Unreadable } from "../table.ts";
import { oneLine } from "./text.ts";

/** The headings that tell of one field, in the words in which teams write them. */
const SECTIONS: readonly (readonly [field: string, heading: RegExp])[] = [
  ["name", /name of the team/i],
  ["zone", /time ?zone/i],
  ["phone", /^(?!.*facsimile).*(telephone number|phone number|^telephone$|emergency phone)/i],
  ["secondChannel", /other telecommunication|other communication/i],
  ["email", /electronic mail|e-?mail address/i],
  ["key", /public keys?|encryption information|other information on keys/i],
  ["address", /^address$/i],
  ["constituency", /constituency$/i],
];

/** Longer lines and sections are no part of such a document, and patterns are never run over them. */
const LINE_MAX = 300;
const SECTION_MAX_LINES = 60;

const HEADING = /^\d+(?:\.\d+)*\.?\s+(\S.*)$/;
const FINGERPRINT = /(?:[0-9A-F]{4}[ :]*){10}|(?:[0-9A-F]{2}[ :]){15,31}[0-9A-F]{2}/i;

/**
 * The team that an RFC 2350 document describes: name, zone, telephone, other channels, mail, PGP key.
 *
 * These documents are written for people; what stands under the numbered headings of the template is taken, and
 * everything else is left out. Without a team's name, and mail or telephone, the text is no such document.
 *
 * @source RFC 2350, appendix D
 */
export function readRfc2350(text: string): Result<readonly ContactRecord[], Unreadable> {
  const sections = sectionsOf(text);
  const of = (field: string): string => sections.get(field)?.text ?? "";
  const name = oneLine(firstPart(of("name")));
  const email = /[^\s<>"'()]+@[^\s<>"'()]+\.[a-z]{2,}/i.exec(of("email"))?.[0] ?? "";
  const phone = /\+?[\d(][\d\s()./-]{5,}\d/.exec(of("phone"))?.[0] ?? "";
  if (name === "") return refuse({ line: 1, problem: "has no section “Name of the Team”" });
  if (email === "" && phone === "") {
    return refuse({ line: sections.get("name")?.line ?? 1, problem: "names neither mail nor telephone" });
  }
  const zone = /\b(?:[A-Z][a-z]+\/[A-Z][A-Za-z_]+)\b/.exec(of("zone"))?.[0];
  const fingerprint = FINGERPRINT.exec(of("key"))?.[0];
  const key = keyIn(text);
  const second = oneLine(of("secondChannel"));
  const notes = [
    ["Address", of("address")],
    ["Time zone", zone === undefined ? of("zone") : ""],
    ["Constituency", of("constituency")],
  ].flatMap(([word = "", value = ""]) => (value === "" ? [] : [`${word}: ${value}`]));
  return accept([
    {
      line: sections.get("name")?.line ?? 1,
      said: {
        name,
        organisation: name,
        roles: ["other_team"],
        ...(email === "" ? {} : { email }),
        ...(phone === "" ? {} : { phone: oneLine(phone) }),
        ...(second === "" || /^(none|n\/a|not available)\b/i.test(second)
          ? {}
          : { secondChannel: second.slice(0, 300) }),
        ...(zone === undefined ? {} : { homeZone: zone }),
        ...(fingerprint === undefined ? {} : { pgpFingerprint: oneLine(fingerprint) }),
        ...(key === undefined ? {} : { pgpKey: key }),
        notes: notes.join("\n").slice(0, 4000),
      },
    },
  ]);
}

interface Section {
  readonly line: number;
  readonly text: string;
}

function sectionsOf(text: string): Map<string, Section> {
  const found = new Map<string, { line: number; said: string[] }>();
  let current: { line: number; said: string[] } | undefined;
  text.split(/\r\n|\n|\r/).forEach((line, at) => {
    const heading = line.length > LINE_MAX ? undefined : HEADING.exec(line.trim())?.[1];
    if (heading === undefined) {
      if (current !== undefined && current.said.length < SECTION_MAX_LINES) {
        current.said.push(line.slice(0, LINE_MAX).trim());
      }
      return;
    }
    const [title = "", ...rest] = heading.split(": ");
    const field = SECTIONS.find(([, words]) => words.test(title.replace(/:$/, "")))?.[0];
    current = undefined;
    if (field === undefined || found.has(field)) return;
    current = { line: at + 1, said: [rest.join(": ").trim()] };
    found.set(field, current);
  });
  return new Map(
    [...found].map(([field, { line, said }]) => [field, { line, text: said.join("\n").trim() }]),
  );
}

/** The first PGP key that stands in the text. */
function keyIn(text: string): string | undefined {
  const begin = text.indexOf("-----BEGIN PGP PUBLIC KEY BLOCK-----");
  const end = text.indexOf(KEY_ENDS, begin);
  return begin < 0 || end < 0 ? undefined : text.slice(begin, end + KEY_ENDS.length);
}

const KEY_ENDS = "-----END PGP PUBLIC KEY BLOCK-----";

/** The first paragraph, and of it what a quoted name or the first sentence says. */
function firstPart(text: string): string {
  const paragraph = text.split("\n\n", 1)[0] ?? "";
  return (/"([^"]+)"/.exec(paragraph)?.[1] ?? paragraph).slice(0, 200);
}
