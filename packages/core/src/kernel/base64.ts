const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The UTF-8 octets of a text in base64, in one line. @source RFC 4648 §4 */
export function base64OfText(text: string): string {
  const octets = octetsOf(text);
  let out = "";
  for (let at = 0; at < octets.length; at += 3) {
    const [first = 0, second = 0, third = 0] = octets.slice(at, at + 3);
    const bits = first * 65_536 + second * 256 + third;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(bits >> shift) & 63]);
    const count = octets.length - at;
    out += `${digits[0]}${digits[1]}${count > 1 ? digits[2] : "="}${count > 2 ? digits[3] : "="}`;
  }
  return out;
}

function octetsOf(text: string): readonly number[] {
  const octets: number[] = [];
  const escaped = encodeURIComponent(text.toWellFormed());
  for (let at = 0; at < escaped.length; at++) {
    if (escaped[at] !== "%") octets.push(escaped.charCodeAt(at));
    else {
      octets.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16));
      at += 2;
    }
  }
  return octets;
}

/** The text that {@link base64OfText} made this of; breaks between its lines make no difference. */
export function textOfBase64(encoded: string): string {
  let escaped = "";
  let bits = 0;
  let held = 0;
  for (const digit of encoded) {
    const value = DIGITS.indexOf(digit);
    if (value === -1) continue;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    escaped += `%${((bits >> held) & 255).toString(16).padStart(2, "0")}`;
  }
  return decodeURIComponent(escaped);
}
