import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { bech32 } from "@scure/base";

/** A secret X25519 key in the sense of age, with the recipient that files are encrypted to. */
export type Identity = {
  /** `AGE-SECRET-KEY-1…`: whoever has this text can read what was encrypted to the recipient. */
  readonly secret: string;
  readonly privateKey: KeyObject;
  readonly recipient: Recipient;
};

/** A public X25519 key in the sense of age. */
export type Recipient = {
  /** `age1…`. */
  readonly text: string;
  readonly bytes: Buffer;
  readonly publicKey: KeyObject;
};

/** What precedes the 32 bytes of a raw X25519 key in its DER encoding (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b656e032100", "hex");
const KEY_BYTES = 32;

/** A new secret key from the system's random source. */
export function newIdentity(): Identity {
  return identityOf(generateKeyPairSync("x25519").privateKey);
}

/**
 * The secret key written as `AGE-SECRET-KEY-1…`, as `age-keygen` writes it.
 *
 * @throws Error  the text is no such key; the message does not repeat it
 */
export function parseIdentity(text: string): Identity {
  const bytes = decode("age-secret-key-", text.toLowerCase());
  if (bytes === undefined || text !== text.toUpperCase()) throw new Error("This is not a secret key of age.");
  return identityOf(
    createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, bytes]), format: "der", type: "pkcs8" }),
  );
}

/**
 * The public key written as `age1…`.
 *
 * @throws Error  the text is no such key; only X25519 keys are understood, not those of plugins
 */
export function parseRecipient(text: string): Recipient {
  const bytes = decode("age", text);
  if (bytes === undefined) throw new Error(`${JSON.stringify(text)} is not a public key of age (age1…).`);
  return recipientOf(bytes);
}

/** The recipient whose raw key is `bytes`. */
export function recipientOf(bytes: Buffer): Recipient {
  const publicKey = createPublicKey({
    key: Buffer.concat([PUBLIC_PREFIX, bytes]),
    format: "der",
    type: "spki",
  });
  return { text: bech32.encode("age", bech32.toWords(bytes)), bytes, publicKey };
}

/** What the holder of `privateKey` and the holder of `publicKey`'s secret have in common. */
export function sharedSecret(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  return diffieHellman({ privateKey, publicKey });
}

function identityOf(privateKey: KeyObject): Identity {
  const secretBytes = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-KEY_BYTES);
  const publicBytes = createPublicKey(privateKey)
    .export({ format: "der", type: "spki" })
    .subarray(-KEY_BYTES);
  return {
    secret: bech32.encode("age-secret-key-", bech32.toWords(secretBytes)).toUpperCase(),
    privateKey,
    recipient: recipientOf(publicBytes),
  };
}

function decode(prefix: string, text: string): Buffer | undefined {
  const decoded = bech32.decodeUnsafe(text);
  if (decoded === undefined || decoded.prefix !== prefix) return undefined;
  const bytes = bech32.fromWordsUnsafe(decoded.words);
  return bytes?.length === KEY_BYTES ? Buffer.from(bytes) : undefined;
}
