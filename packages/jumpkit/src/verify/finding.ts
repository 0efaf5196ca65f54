/** Something that is wrong with a case file, and where. */
export interface Finding {
  /** A path inside the case file, or what else was looked at. Never holds a control character. */
  readonly place: string;
  /** What is wrong there, as the end of a sentence that starts with the place. */
  readonly problem: string;
}

const MAX_FINDINGS = 1000;
const MAX_PLACE_LENGTH = 300;

/** Collects findings in the order in which they turn up; the first thousand are kept. */
export class Findings {
  readonly #kept: Finding[] = [];
  #dropped = 0;

  /** Notes one finding. */
  add(place: string, problem: string): void {
    if (this.#kept.length < MAX_FINDINGS) this.#kept.push({ place: shownPlace(place), problem });
    else this.#dropped += 1;
  }

  /** All that was kept, with a last one that says how many were not. */
  list(): Finding[] {
    if (this.#dropped === 0) return [...this.#kept];
    return [...this.#kept, { place: "case file", problem: `has ${this.#dropped} more findings` }];
  }
}

/** A name from outside, made safe to print: what could move a cursor or turn the line is shown as its code. */
export function shownPlace(place: string): string {
  const short = place.length > MAX_PLACE_LENGTH ? `${place.slice(0, MAX_PLACE_LENGTH)}…` : place;
  return short.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
