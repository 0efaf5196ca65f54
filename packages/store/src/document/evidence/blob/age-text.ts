import { randomBytes } from "node:crypto";
import { openHeader, sealHeader } from "./age-header.ts";
import type { Identity, Recipient } from "./age-key.ts";
import { CHUNK_BYTES, PAYLOAD_NONCE_BYTES, payloadCipher, payloadKey, TAG_BYTES } from "./age-payload.ts";

const FIRST_LINE = "-----BEGIN AGE ENCRYPTED FILE-----";
const LAST_LINE = "-----END AGE ENCRYPTED FILE-----";

/**
 * A short text as an armored age file that each of `recipients` can open with `age -d`.
 *
 * @source  C2SP age.md, "ASCII armor"
 */
export function sealText(text: string, recipients: readonly Recipient[]): string {
  const clear = Buffer.from(text, "utf8");
  if (clear.length > CHUNK_BYTES) throw new RangeError("Only a short text fits into one chunk.");
  const fileKey = randomBytes(16);
  const nonce = randomBytes(PAYLOAD_NONCE_BYTES);
  const sealed = payloadCipher(payloadKey(fileKey, nonce)).seal(clear, 0, true);
  const file = Buffer.concat([sealHeader(fileKey, recipients), nonce, ...sealed]).toString("base64");
  return `${[FIRST_LINE, ...(file.match(/.{1,64}/g) ?? []), LAST_LINE].join("\n")}\n`;
}

/** The text of an armored file made by {@link sealText} or `age -a`; `undefined` when `identity` cannot open it. */
export function openText(armored: string, identity: Identity): string | undefined {
  const [first, ...lines] = armored.trim().split(/\r?\n/);
  if (first !== FIRST_LINE || lines.pop() !== LAST_LINE) return undefined;
  const file = Buffer.from(lines.join(""), "base64");
  const header = openHeader(file, identity);
  if (header === undefined) return undefined;
  const payload = file.subarray(header.lengthBytes);
  const sealed = payload.subarray(PAYLOAD_NONCE_BYTES);
  if (sealed.length < TAG_BYTES || sealed.length > CHUNK_BYTES + TAG_BYTES) return undefined;
  const cipher = payloadCipher(payloadKey(header.fileKey, payload.subarray(0, PAYLOAD_NONCE_BYTES)));
  return cipher.open(sealed, 0, true)?.toString("utf8");
}
