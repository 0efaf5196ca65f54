import { verify } from "node:crypto";
import { fromBase64 } from "./base64.ts";
import { accept, type Result, refuse } from "./result.ts";
import { isKeyName, publicKeyObject, type VerifierKey } from "./vkey.ts";

/** Longest note that is read. Room for 32 signatures of the longest kind that C2SP assigns. */
export const NOTE_MAX_BYTES = 256 * 1024;
/** Most signatures that are read; the format asks for at least 16. */
export const NOTE_MAX_SIGNATURES = 100;

const KEY_ID_BYTES = 4;
const SIGNATURE_START = "\u2014 ";

/** One signature line of a note, not yet checked. */
export interface NoteSignature {
  readonly name: string;
  readonly id: number;
  readonly signature: Buffer;
}

/** A note taken apart; its text is to be believed only after its signatures were checked. */
export interface Note {
  /** Ends with a newline. */
  readonly text: string;
  /** In the order of the note. */
  readonly signatures: readonly NoteSignature[];
}

/** A note that at least one known key signed. */
export interface VerifiedNote extends Note {
  /** The known keys whose signatures are good, in the order of the note. Never empty. */
  readonly signedBy: readonly VerifierKey[];
}

/** Why a text is not a note that can be believed. */
export type NoteRefusal =
  | { readonly code: "note.too_large" }
  | { readonly code: "note.malformed" }
  | { readonly code: "note.not_signed" }
  | { readonly code: "note.bad_signature"; readonly name: string };

/**
 * A text with its signatures as one note. Throws for a text that no note can carry.
 *
 * @source C2SP signed-note, Format
 */
export function formatNote(text: string, signatures: readonly NoteSignature[]): string {
  if (!isNoteText(text))
    throw new RangeError("a note's text ends with a newline and has no control characters");
  return `${text}\n${signatures.map(signatureLine).join("")}`;
}

/**
 * Takes a note apart without checking its signatures.
 *
 * @source C2SP signed-note, Format
 */
export function parseNote(note: string): Result<Note, NoteRefusal> {
  if (Buffer.byteLength(note) > NOTE_MAX_BYTES) return refuse({ code: "note.too_large" });
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return refuse({ code: "note.malformed" });
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  if (!isNoteText(text) || lines.length > NOTE_MAX_SIGNATURES) return refuse({ code: "note.malformed" });
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = readSignature(line);
    if (signature === undefined) return refuse({ code: "note.malformed" });
    signatures.push(signature);
  }
  return accept({ text, signatures });
}

/**
 * Takes a note apart and checks it against the keys that are known.
 *
 * Signatures by other keys are ignored, so that keys can be added; a bad signature in the name of a
 * known key rejects the whole note, and so does a note that no known key signed.
 *
 * @source C2SP signed-note, Signatures
 */
export function openNote(note: string, keys: readonly VerifierKey[]): Result<VerifiedNote, NoteRefusal> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value;
  const signedBy: VerifierKey[] = [];
  for (const { name, id, signature } of signatures) {
    const key = keys.find((known) => known.name === name && known.id === id);
    if (key === undefined) continue;
    if (!verify(null, Buffer.from(text), publicKeyObject(key), signature)) {
      return refuse({ code: "note.bad_signature", name });
    }
    if (!signedBy.includes(key)) signedBy.push(key);
  }
  if (signedBy.length === 0) return refuse({ code: "note.not_signed" });
  return accept({ text, signatures, signedBy });
}

function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these.
  return text.endsWith("\n") && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/u.test(text);
}

function signatureLine({ name, id, signature }: NoteSignature): string {
  const idBytes = Buffer.alloc(KEY_ID_BYTES);
  idBytes.writeUInt32BE(id);
  return `${SIGNATURE_START}${name} ${Buffer.concat([idBytes, signature]).toString("base64")}\n`;
}

function readSignature(line: string): NoteSignature | undefined {
  if (!line.startsWith(SIGNATURE_START)) return undefined;
  const [name, encoded, ...more] = line.slice(SIGNATURE_START.length).split(" ");
  if (name === undefined || encoded === undefined || more.length > 0 || !isKeyName(name)) return undefined;
  const bytes = fromBase64(encoded);
  if (bytes === undefined || bytes.length <= KEY_ID_BYTES) return undefined;
  return { name, id: bytes.readUInt32BE(0), signature: bytes.subarray(KEY_ID_BYTES) };
}
