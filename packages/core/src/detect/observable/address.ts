/** `203.0.113.9` without leading zeros, or `undefined` when the text is no such address. */
export function canonicalIpv4(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/u.test(part) || Number(part) > 255))
    return undefined;
  // 010 is eight to some programs and ten to others: an address written so names no one host.
  return parts.some((part) => part.length > 1 && part.startsWith("0")) ? undefined : parts.join(".");
}

/**
 * The one way to write an IPv6 address, or `undefined` when the text is none.
 *
 * @source RFC 5952 §4
 */
export function canonicalIpv6(text: string): string | undefined {
  const words = wordsOf(text.toLowerCase());
  return words && shortened(words);
}

/** The eight numbers of an address. */
function wordsOf(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":").flatMap(asWords)));
  if (head === undefined || [...head, ...(tail ?? [])].some((word) => Number.isNaN(word))) return undefined;
  if (tail === undefined) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? undefined : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function asWords(group: string): readonly number[] {
  if (/^[0-9a-f]{1,4}$/u.test(group)) return [Number.parseInt(group, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = canonicalIpv4(group)?.split(".").map(Number) ?? [Number.NaN];
  return [a * 256 + b, c * 256 + d];
}

function shortened(words: readonly number[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (words[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const text = (part: readonly number[]): string => part.map((word) => word.toString(16)).join(":");
  if (best.at < 0) return text(words);
  return `${text(words.slice(0, best.at))}::${text(words.slice(best.at + best.length))}`;
}
