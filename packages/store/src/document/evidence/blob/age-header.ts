import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  generateKeyPairSync,
  hkdfSync,
  timingSafeEqual,
} from "node:crypto";
import { type Identity, type Recipient, recipientOf, sharedSecret } from "./age-key.ts";

/** The bytes that the file key wraps in: 16 of key, 16 of authentication. */
const WRAPPED_KEY_BYTES = 32;
const FILE_KEY_BYTES = 16;
const INTRODUCTION = "age-encryption.org/v1";
const LABEL_X25519 = "age-encryption.org/v1/X25519";
const ZERO_NONCE = Buffer.alloc(12);

/** No header of ours comes near; a longer one is hostile. */
export const LONGEST_HEADER_BYTES = 16 * 1024;

/** What a header tells: where it ends and, to the holder of a fitting key, the file's own key. */
export type OpenedHeader = { readonly fileKey: Buffer; readonly lengthBytes: number };

/**
 * The header of an age file whose key `fileKey` each of `recipients` can take out of it.
 *
 * @source  C2SP age.md, "Header"
 */
export function sealHeader(fileKey: Buffer, recipients: readonly Recipient[]): Buffer {
  const stanzas = recipients.map((recipient) => wrapFor(recipient, fileKey)).join("");
  const covered = `${INTRODUCTION}\n${stanzas}---`;
  return Buffer.from(`${covered} ${toBase64(macOf(fileKey, covered))}\n`, "latin1");
}

/**
 * Takes the file's key out of the header at the start of `bytes`.
 *
 * @returns `undefined` when the header is damaged or `identity` is none of its recipients
 * @source  C2SP age.md, "Header"
 */
export function openHeader(bytes: Buffer, identity: Identity): OpenedHeader | undefined {
  const text = bytes.subarray(0, LONGEST_HEADER_BYTES).toString("latin1");
  const match =
    /^(age-encryption\.org\/v1\n((?:-> [!-~]+(?: [!-~]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+)---) ([A-Za-z0-9+/]{43})\n/.exec(
      text,
    );
  const [whole, covered, stanzas, mac] = match ?? [];
  if (whole === undefined || covered === undefined || stanzas === undefined || mac === undefined)
    return undefined;
  for (const stanza of stanzas.split(/^(?=-> )/m)) {
    const fileKey = unwrap(stanza, identity);
    if (fileKey === undefined) continue;
    const claimed = fromBase64(mac);
    const isWhole = claimed !== undefined && timingSafeEqual(claimed, macOf(fileKey, covered));
    return isWhole ? { fileKey, lengthBytes: whole.length } : undefined;
  }
  return undefined;
}

function wrapFor(recipient: Recipient, fileKey: Buffer): string {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  const share = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const key = wrapKey(sharedSecret(privateKey, recipient.publicKey), share, recipient);
  const cipher = createCipheriv("chacha20-poly1305", key, ZERO_NONCE, { authTagLength: 16 });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return `-> X25519 ${toBase64(share)}\n${toBase64(body)}\n`;
}

function unwrap(stanza: string, identity: Identity): Buffer | undefined {
  const [, shareText, bodyText] = /^-> X25519 (\S+)\n(\S+)\n$/.exec(stanza) ?? [];
  const share = fromBase64(shareText ?? "");
  const body = fromBase64(bodyText ?? "");
  if (share?.length !== 32 || body?.length !== WRAPPED_KEY_BYTES) return undefined;
  try {
    const secret = sharedSecret(identity.privateKey, recipientOf(share).publicKey);
    const key = wrapKey(secret, share, identity.recipient);
    const decipher = createDecipheriv("chacha20-poly1305", key, ZERO_NONCE, { authTagLength: 16 });
    decipher.setAuthTag(body.subarray(FILE_KEY_BYTES));
    return Buffer.concat([decipher.update(body.subarray(0, FILE_KEY_BYTES)), decipher.final()]);
  } catch {
    // Meant for somebody else, or damaged: the next stanza may be ours.
    return undefined;
  }
}

function wrapKey(secret: Buffer, share: Buffer, recipient: Recipient): Buffer {
  const salt = Buffer.concat([share, recipient.bytes]);
  return Buffer.from(hkdfSync("sha256", secret, salt, LABEL_X25519, 32));
}

function macOf(fileKey: Buffer, covered: string): Buffer {
  const key = Buffer.from(hkdfSync("sha256", fileKey, "", "header", 32));
  return createHmac("sha256", key).update(covered, "latin1").digest();
}

/** age writes base64 without padding. */
function toBase64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

/** Only the one canonical spelling of the bytes is taken. */
function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return toBase64(bytes) === text ? bytes : undefined;
}
