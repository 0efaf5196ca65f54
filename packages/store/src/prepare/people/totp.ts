import { createHmac, timingSafeEqual } from "node:crypto";

/** A code holds for thirty seconds and has six digits: what every authenticator understands. */
const STEP_MS = 30_000;
const DIGITS = 6;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The code of a step of time.
 *
 * @source RFC 4226 §5.3, RFC 6238 §4
 */
export function codeAt(secret: Uint8Array, step: number, digits: number = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** The step of time that a moment lies in. */
export function stepAt(unixMs: number): number {
  return Math.floor(unixMs / STEP_MS);
}

/**
 * The step whose code this is, or `undefined` when it is none that holds now.
 *
 * One step to either side holds too, for clocks that go wrong and people who type slowly. A step up to and
 * including `lastStep` was used: its code, overheard, opens nothing again.
 *
 * @source RFC 6238 §5.2
 */
export function matchingStep(
  secret: Uint8Array,
  code: string,
  unixMs: number,
  lastStep: number,
): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const now = stepAt(unixMs);
  let found: number | undefined;
  for (const step of [now - 1, now, now + 1]) {
    // All are compared, so that the time taken does not tell which one it was.
    const right = timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code));
    if (right && step > lastStep) found ??= step;
  }
  return found;
}

/** The secret as authenticators take it. @source RFC 4648 §6 */
export function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

/** The address that a QR code tells an authenticator: issuer, name and secret. */
export function otpauthUri(secret: Uint8Array, issuer: string, name: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  const query = new URLSearchParams({
    secret: base32(secret),
    issuer,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
  return `otpauth://totp/${label}?${query.toString().replaceAll("+", "%20")}`;
}
