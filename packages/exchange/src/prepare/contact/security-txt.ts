import { accept, type ContactRecord, type Instant, parseInstant, type Result, refuse } from "@jumpkit/core";
import type { Unreadable } from "../table.ts";
import { oneLine } from "./text.ts";

/**
 * The contact that a `security.txt` file names.
 *
 * A file that has expired says nothing that may be relied on, and one without an expiry is none: both are
 * refused. A cleartext signature around it is left off and not verified. Nothing is fetched.
 *
 * @param now  the moment that the expiry is compared with
 * @source     RFC 9116 §2.3, §2.5
 */
export function readSecurityTxt(text: string, now: Instant): Result<readonly ContactRecord[], Unreadable> {
  const fields = fieldsOf(text);
  const first = (name: string) => fields.find((field) => field.name === name);
  const contacts = fields.filter((field) => field.name === "contact").map((field) => field.value);
  if (contacts.length === 0) return refuse({ line: 1, problem: "has no Contact field" });
  const expires = first("expires");
  const until = expires && parseInstant(expires.value.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  if (expires === undefined || until === undefined) {
    return refuse({ line: expires?.line ?? 1, problem: "has no Expires field that names a moment" });
  }
  if (until <= now) return refuse({ line: expires.line, problem: `expired on ${until.slice(0, 10)}` });
  const host = hostOf(first("canonical")?.value ?? contacts.find((each) => /^https?:/i.test(each)) ?? "");
  const mail = contacts.find((each) => /^mailto:/i.test(each) || each.includes("@"));
  const phone = contacts.find((each) => /^tel:/i.test(each));
  const page = contacts.find((each) => /^https:/i.test(each));
  const email = oneLine((mail ?? "").replace(/^mailto:/i, ""));
  const languages = (first("preferred-languages")?.value ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const domain = host === "" ? (email.split("@")[1] ?? "") : host;
  const notes = [
    ["Page", page],
    ["Policy", first("policy")?.value],
    ["Key", first("encryption")?.value],
  ].flatMap(([word, value]) => (value ? [`${word}: ${value}`] : []));
  return accept([
    {
      line: fields[0]?.line ?? 1,
      said: {
        name: domain === "" ? "Security contact" : `Security contact of ${domain}`,
        ...(domain === "" ? {} : { organisation: domain, answersFor: [domain] }),
        ...(email === "" ? {} : { email }),
        ...(phone === undefined ? {} : { phone: oneLine(phone.slice(4)) }),
        ...fingerprintIn(first("encryption")?.value ?? ""),
        ...(languages.length === 0 ? {} : { languages }),
        validUntil: until,
        notes: notes.join("\n"),
      },
    },
  ]);
}

interface Field {
  readonly line: number;
  readonly name: string;
  readonly value: string;
}

function fieldsOf(text: string): Field[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, at) => {
    const colon = line.indexOf(":");
    if (colon < 1 || line.startsWith("#") || line.startsWith("-")) return [];
    return [
      { line: at + 1, name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() },
    ];
  });
}

function hostOf(address: string): string {
  return /^https?:\/\/([a-z0-9.-]+)/i.exec(address)?.[1]?.toLowerCase() ?? "";
}

function fingerprintIn(address: string): { pgpFingerprint?: string } {
  const found = /^openpgp4fpr:([0-9a-f]{16,64})$/i.exec(address)?.[1];
  return found === undefined ? {} : { pgpFingerprint: found };
}
