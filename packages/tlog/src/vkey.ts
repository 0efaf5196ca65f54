import { createPublicKey, type KeyObject } from "node:crypto";
import { fromBase64 } from "./base64.ts";
import { sha256 } from "./hash.ts";
import { accept, type Result, refuse } from "./result.ts";

const ED25519 = 1;
const PUBLIC_KEY_BYTES = 32;
const MAX_VKEY_LENGTH = 1024;
/** What DER puts before the 32 bytes of an Ed25519 public key (RFC 8410 §4). */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** The public half of a key that signs notes: a name, a 4-byte id bound to name and key, and the key. */
export interface VerifierKey {
  readonly name: string;
  /** Big-endian number of four bytes. */
  readonly id: number;
  /** 32 bytes, as RFC 8032 encodes them. */
  readonly publicKey: Buffer;
}

/** Why a text is not a verifier key that can be used. */
export type VkeyRefusal =
  | { readonly code: "vkey.malformed" }
  | { readonly code: "vkey.unknown_algorithm" }
  | { readonly code: "vkey.wrong_id" };

/**
 * The verifier key of this name and Ed25519 public key.
 *
 * Throws for a name that no note can carry or a key of another length.
 *
 * @source C2SP signed-note, Ed25519 signatures
 */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError(`not a key name: ${JSON.stringify(name)}`);
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError("an Ed25519 public key has 32 bytes");
  return { name, id: keyId(name, publicKey), publicKey: Buffer.from(publicKey) };
}

/**
 * A verifier key as the one line of text that is handed to those who check: `name+id+key`.
 *
 * @source C2SP signed-note, Verifier keys
 */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${idText(key.id)}+${typedKey(key.publicKey).toString("base64")}`;
}

/**
 * Reads a verifier key; no white space around it is tolerated.
 *
 * @source C2SP signed-note, Verifier keys
 */
export function parseVkey(text: string): Result<VerifierKey, VkeyRefusal> {
  if (text.length > MAX_VKEY_LENGTH) return refuse({ code: "vkey.malformed" });
  // The key may hold a plus itself, as base64 does; the name and the id cannot.
  const [, name = "", id, encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text) ?? [];
  const typed = fromBase64(encoded);
  if (typed === undefined || !isKeyName(name)) return refuse({ code: "vkey.malformed" });
  if (typed[0] !== ED25519) return refuse({ code: "vkey.unknown_algorithm" });
  if (typed.length !== 1 + PUBLIC_KEY_BYTES) return refuse({ code: "vkey.malformed" });
  const key = verifierKey(name, typed.subarray(1));
  if (idText(key.id) !== id) return refuse({ code: "vkey.wrong_id" });
  return accept(key);
}

/** The key as PEM text (SPKI), which openssl reads. Ends with a newline. */
export function vkeyPem(key: VerifierKey): string {
  const body = Buffer.concat([SPKI_PREFIX, key.publicKey]).toString("base64");
  return `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----\n`;
}

/** The key in the form that `node:crypto` verifies with. */
export function publicKeyObject(key: VerifierKey): KeyObject {
  return createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, key.publicKey]),
    format: "der",
    type: "spki",
  });
}

/**
 * Whether a note can carry `name` as a key name: not empty, no space of any script, no plus, no control character.
 *
 * @source C2SP signed-note, Format
 */
export function isKeyName(name: string): boolean {
  return name !== "" && name.isWellFormed() && !/[\p{White_Space}+\p{Cc}]/u.test(name);
}

function keyId(name: string, publicKey: Uint8Array): number {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), typedKey(publicKey)])).readUInt32BE(0);
}

function typedKey(publicKey: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(ED25519), publicKey]);
}

function idText(id: number): string {
  return id.toString(16).padStart(8, "0");
}
