import type { ObservableKind } from "../../detect/observable/recognise.ts";
import { observablesIn } from "../../detect/observable/recognise.ts";
import { exceeds, type Tlp } from "../../kernel/tlp.ts";

/** Something that an incident knows, with its label. */
export interface MarkedValue {
  readonly kind: ObservableKind;
  readonly value: string;
  readonly tlp: Tlp;
}

/** Shorter values stand in every text by chance. */
const SHORTEST = 4;
/** A fact of fewer characters is too common to be known again. */
const SHORTEST_FACT = 12;

/**
 * Finds what free words must not repeat: values that an incident knows under a stricter label than the message's,
 * and the words of facts that are struck out of it.
 *
 * Capitals, blanks and the ways of defanging make no difference; a value is found only as a whole, so that
 * 192.0.2.1 does not stand in 192.0.2.11. What is said in other words is for its writer to keep back.
 *
 * @returns whether a text repeats any of it
 */
export function repeating(
  marking: Tlp,
  marked: readonly MarkedValue[],
  struckTexts: readonly string[],
): (text: string) => boolean {
  const above = marked.filter(({ tlp, value }) => exceeds(tlp, marking) && value.length >= SHORTEST);
  const known = new Set(above.map(({ kind, value }) => `${kind} ${value}`));
  const words = above.map(({ value }) => folded(value));
  const struck = struckTexts.map(folded).filter((text) => text.length >= SHORTEST_FACT);
  if (words.length === 0 && struck.length === 0) return () => false;
  return (text) => {
    if (text.trim() === "") return false;
    const said = folded(text);
    return (
      struck.some((each) => said.includes(each)) ||
      words.some((each) => standsIn(said, each)) ||
      (known.size > 0 && observablesIn(text).some(({ kind, value }) => known.has(`${kind} ${value}`)))
    );
  };
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\[(?:\.|dot)\]|\((?:\.|dot)\)/gu, ".")
    .replaceAll(/\[(?:@|at)\]|\(at\)/gu, "@")
    .replaceAll("[:]", ":")
    .replaceAll("hxxp", "http")
    .replaceAll(/\s+/gu, " ")
    .trim();
}

function standsIn(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const before = text.slice(0, at);
    const after = text.slice(at + value.length);
    // Next to a letter or digit, also over a dot or hyphen, it is a part of something else.
    if (/^[.-]?[\p{L}\p{N}]/u.test(after.slice(0, 2))) continue;
    if (!/[\p{L}\p{N}][.-]?$/u.test(before.slice(-2))) return true;
    if (isName(value) && /(?:^|[^\p{L}\p{N}.-])(?:[\p{L}\p{N}-]+\.)+$/u.test(before.slice(-64))) return true;
  }
  return false;
}

/** A host under a name gives the name away too. */
function isName(value: string): boolean {
  return /\p{L}/u.test(value) && value.includes(".");
}
