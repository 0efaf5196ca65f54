import { createHash } from "node:crypto";

/** A mail as its signatures see it: header fields as they came, one character a byte, and the body. */
export interface RawMail {
  readonly fields: readonly { readonly name: string; readonly raw: string }[];
  readonly body: string;
}

export type Canonical = "simple" | "relaxed";

/** A mail taken apart byte for byte; lines that were saved with a line feed alone end as they did on the way. */
export function rawMail(bytes: Uint8Array): RawMail {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replaceAll(/\r?\n/gu, "\r\n");
  const ends = text.indexOf("\r\n\r\n");
  const head = ends === -1 ? text : text.slice(0, ends);
  const fields = head.split(/\r\n(?![ \t])/u).map((raw) => {
    return {
      name: raw
        .slice(0, Math.max(0, raw.indexOf(":")))
        .trim()
        .toLowerCase(),
      raw,
    };
  });
  return { fields, body: ends === -1 ? "" : text.slice(ends + 4) };
}

/** The SHA-256 of a body in base64. @source RFC 6376 §3.4.3, §3.4.4 */
export function bodyHash(body: string, how: Canonical): string {
  const lines = body.split("\r\n");
  const plain =
    how === "simple" ? lines : lines.map((line) => line.replaceAll(/[ \t]+/gu, " ").replace(/ $/u, ""));
  let end = plain.length;
  while (end > 0 && plain[end - 1] === "") end--;
  const empty = how === "simple" ? "\r\n" : "";
  const text = end === 0 ? empty : `${plain.slice(0, end).join("\r\n")}\r\n`;
  return createHash("sha256").update(text, "latin1").digest("base64");
}

/**
 * The bytes that a signature of header fields is over: the named fields, of several with one name the lowest that
 * was not taken yet, and then the signature's own field with nothing in its `b`.
 *
 * @source RFC 6376 §3.4.1, §3.4.2, §3.7, §5.4.2
 */
export function signedHeader(
  { fields }: RawMail,
  names: readonly string[],
  own: string,
  how: Canonical,
): Uint8Array {
  const taken = new Map<string, number>();
  const lines = names.flatMap((name) => {
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    const field = fields.filter((each) => each.name === name).at(-1 - before);
    return field === undefined ? [] : [`${canonicalField(field.raw, how)}\r\n`];
  });
  const colon = own.indexOf(":") + 1;
  const emptied =
    own.slice(0, colon) + own.slice(colon).replace(/(^|;)([ \t\r\n]*b[ \t\r\n]*=)[^;]*/u, "$1$2");
  return Buffer.from(lines.join("") + canonicalField(emptied, how), "latin1");
}

function canonicalField(raw: string, how: Canonical): string {
  if (how === "simple") return raw;
  const colon = raw.indexOf(":");
  const value = raw
    .slice(colon + 1)
    .replaceAll("\r\n", "")
    .replaceAll(/[ \t]+/gu, " ");
  return `${raw.slice(0, colon).trim().toLowerCase()}:${value.trim()}`;
}
