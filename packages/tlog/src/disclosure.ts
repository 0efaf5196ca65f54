import { fromBase64Url } from "./base64.ts";
import { sha256 } from "./hash.ts";
import { accept, type Result, refuse } from "./result.ts";
import { fromUtf8 } from "./utf8.ts";

/** Longest disclosure that is read. */
export const DISCLOSURE_MAX_BYTES = 1024 * 1024;

/** One field of an entry, which can be shown or withheld on its own. */
export interface Disclosure {
  /** Makes the digest of a guessable value unguessable. */
  readonly salt: string;
  readonly name: string;
  /** Any JSON value. */
  readonly value: unknown;
}

/** Why a text is not a disclosure. */
export type DisclosureRefusal = { readonly code: "disclosure.malformed" };

/**
 * The disclosure text of a field: base64url of the JSON array of salt, name and value.
 *
 * @param salt  128 random bits in base64url; never used for another field
 * @source RFC 9901 §4.2.1
 */
export function makeDisclosure({ salt, name, value }: Disclosure): string {
  if (!isFieldName(name)) throw new RangeError(`a disclosure cannot be named ${name}`);
  const json = JSON.stringify([salt, name, value]);
  return Buffer.from(json).toString("base64url");
}

/**
 * The digest that stands for a disclosure in a leaf: base64url of SHA-256 of the disclosure text.
 *
 * @source RFC 9901 §4.2.3
 */
export function digestDisclosure(disclosure: string): string {
  return sha256(disclosure).toString("base64url");
}

/**
 * Reads a disclosure text. Whether it belongs to a leaf is for its digest to say.
 *
 * @source RFC 9901 §4.2.1, §7.1
 */
export function readDisclosure(disclosure: string): Result<Disclosure, DisclosureRefusal> {
  if (disclosure.length > DISCLOSURE_MAX_BYTES) return refuse({ code: "disclosure.malformed" });
  const json = fromUtf8(fromBase64Url(disclosure) ?? Buffer.alloc(0));
  const parts = json === undefined ? undefined : fromJson(json);
  if (!Array.isArray(parts) || parts.length !== 3) return refuse({ code: "disclosure.malformed" });
  const [salt, name, value]: unknown[] = parts;
  if (typeof salt !== "string" || typeof name !== "string" || !isFieldName(name)) {
    return refuse({ code: "disclosure.malformed" });
  }
  return accept({ salt, name, value });
}

/** RFC 9901 keeps these two names for itself. */
function isFieldName(name: string): boolean {
  return name !== "_sd" && name !== "...";
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
