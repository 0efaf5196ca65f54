import { generateKeyPairSync } from "node:crypto";
import {
  ed25519Signer,
  formatVkey,
  isKeyName,
  parseVkey,
  type Signer,
  type VerifierKey,
  verifierKey,
} from "@jumpkit/tlog";
import { ManifestRefused } from "./manifest.ts";

/** A new key of one person, as the texts of its two files. */
export interface KeyFiles {
  /** The private half: a line with the name, then PKCS#8 PEM. */
  readonly secret: string;
  /** The public half, one line: `name+id+key`. */
  readonly vkey: string;
}

/** Makes an Ed25519 key for this person. @throws ManifestRefused for a name that a key cannot bear */
export function makeKey(name: string): KeyFiles {
  if (!isKeyName(name)) throw new ManifestRefused("A key's name has no spaces and no plus sign.");
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const bytes = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return {
    secret: `jumpkit key of ${name}\n${privateKey.export({ format: "pem", type: "pkcs8" })}`,
    vkey: `${formatVkey(verifierKey(name, bytes))}\n`,
  };
}

/** Reads the private half. @throws ManifestRefused */
export function readSecretKey(text: string, place: string): Signer {
  const [, name] = /^jumpkit key of (\S+)\n-----BEGIN PRIVATE KEY-----\n/u.exec(text) ?? [];
  if (name === undefined) throw new ManifestRefused(`${place} is not a key of jumpkit master-copy keygen.`);
  try {
    return ed25519Signer(name, text);
  } catch (cause) {
    throw new ManifestRefused(`${place} holds no usable Ed25519 key.`, { cause });
  }
}

/** Reads the public half. @throws ManifestRefused */
export function readPublicKey(text: string, place: string): VerifierKey {
  const key = parseVkey(text.trim());
  if (!key.ok) throw new ManifestRefused(`${place} is not a public key (${key.refusal.code}).`);
  return key.value;
}
