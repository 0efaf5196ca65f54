/** What a typeface can draw, and how wide it draws it. */
export interface Face {
  /** The width of a character in points at a size of 1 point, or `undefined` where it has no picture of it. */
  advance(codePoint: number): number | undefined;
}

/** Controls, marks that turn the direction of writing, and what else nobody sees. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const TAB = "    ";

/**
 * The text as lines that can be drawn: what has no picture or cannot be seen is spelled, as in `[U+202E]`, so that
 * nothing on paper hides or turns what stands beside it. Line ends stay line ends.
 */
export function drawableLines(text: string, face: Face): string[] {
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => drawable(line.replaceAll("\t", TAB), face));
}

function drawable(line: string, face: Face): string {
  let drawn = "";
  let spelled: string[] = [];
  const spellOut = () => {
    if (spelled.length > 0) drawn += `[U+${spelled.join(" ")}]`;
    spelled = [];
  };
  for (const character of line) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (UNSEEN.test(character) || face.advance(codePoint) === undefined) {
      spelled.push(codePoint.toString(16).toUpperCase().padStart(4, "0"));
    } else {
      spellOut();
      drawn += character;
    }
  }
  spellOut();
  return drawn;
}

/**
 * The lines broken so that each fits a width: between words where it can be, within one where it must. The characters
 * stay what they were, in their order; a space at a break goes.
 *
 * @param width  in points
 * @param size   of the type, in points
 */
export function wrapped(lines: readonly string[], face: Face, width: number, size: number): string[] {
  const widthOf = (text: string): number => {
    let sum = 0;
    for (const character of text) sum += (face.advance(character.codePointAt(0) ?? 0) ?? 0) * size;
    return sum;
  };
  return lines.flatMap((line) => wrapLine(line, widthOf, width));
}

function wrapLine(line: string, widthOf: (text: string) => number, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const word of line.split(/(?<= )/)) {
    const room = widthOf(word.trimEnd());
    if (used > 0 && used + room > width) {
      lines.push(current.trimEnd());
      [current, used] = ["", 0];
    }
    if (room <= width) {
      current += word;
      used += widthOf(word);
      continue;
    }
    for (const character of word) {
      const one = widthOf(character);
      if (used > 0 && used + one > width) {
        lines.push(current);
        [current, used] = ["", 0];
      }
      current += character;
      used += one;
    }
  }
  lines.push(current.trimEnd());
  return lines;
}
