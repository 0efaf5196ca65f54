import { isUtf8 } from "node:buffer";

/**
 * A path as the bytes that the file system holds, one character for each byte (latin1).
 *
 * A name need not be UTF-8: whoever reads names as text can be kept from seeing a file by one byte. In this
 * form nothing is lost, and comparing two paths as strings compares their bytes.
 */
export type RawPath = string & { readonly bytesOfPath: true };

/** The path of these bytes. */
export function rawPath(bytes: Uint8Array): RawPath {
  return Buffer.from(bytes).toString("latin1") as RawPath;
}

/** The path that a person or a JSON text spells as `text`. */
export function rawPathOf(text: string): RawPath {
  return rawPath(Buffer.from(text));
}

/** Both parts as one path; `tail` brings its own slash. */
export function joinRaw(head: RawPath, tail: string): RawPath {
  return `${head}${tail}` as RawPath;
}

/** The bytes of a path, as the file system takes them. */
export function bytesOf(path: RawPath): Buffer {
  return Buffer.from(path, "latin1");
}

/** The path as text, or undefined when its bytes are not UTF-8. */
export function textOf(path: RawPath): string | undefined {
  const bytes = bytesOf(path);
  return isUtf8(bytes) ? bytes.toString() : undefined;
}

/** Directional, invisible and control characters: those that make a name look like another, or like none. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/**
 * A path for people: what cannot be seen, or would steer a terminal, stands as an escape; the top is `/`.
 */
export function shownPath(path: RawPath): string {
  if (path === "") return "/";
  const text = textOf(path);
  if (text === undefined) {
    return path.replace(/[^\x20-\x7e]|\\/gu, (byte) => `\\x${hex(byte.charCodeAt(0), 2)}`);
  }
  return text
    .replace(/\\/gu, "\\\\")
    .replace(UNSEEN, (character) => `\\u{${hex(character.codePointAt(0) ?? 0, 1)}}`);
}

/** Why the last name of a path looks as if it were made to be overlooked, or undefined. */
export function hiddenBecause(path: RawPath): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1) as RawPath;
  const text = textOf(name);
  if (text === undefined) return "its name is not UTF-8";
  if (/\p{Cc}/u.test(text)) return "its name has control characters";
  if (text.search(UNSEEN) >= 0) return "its name has characters that cannot be seen";
  if (/^\s|\s$/u.test(text)) return "its name begins or ends with a space";
  if (/^\.{3,}$/u.test(text)) return "its name is only dots";
  return undefined;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
