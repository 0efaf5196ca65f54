import type { LineKind } from "./note.ts";

/** A piece of a log line that means something, with its place in the text. */
export interface LinePart {
  readonly kind: "time" | "person" | "asset" | "mark";
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What a log line says beside its words. Nothing here ever stops a line from being saved. */
export interface ParsedLine {
  readonly parts: readonly LinePart[];
  readonly time: { readonly hour: number; readonly minute: number; readonly utc: boolean } | undefined;
  readonly mentions: string[];
  readonly assets: string[];
  readonly kind: LineKind;
}

const TIME = /^\s*(([01]?\d|2[0-3]):([0-5]\d)(Z?))(?=\s)/;
const PIECE = /(?<=^|\s)([@#!])([\p{L}\p{N}][\p{L}\p{N}._-]{0,63})/gu;
const MARKS: Readonly<Record<string, LineKind>> = {
  decision: "decision",
  action: "action",
  finding: "finding",
  call: "call",
  handover: "handover",
};

/**
 * Reads the optional grammar of a log line: `10:41 called the ISP @okafor #www3 !decision`.
 *
 * A time at the start is when it happened; `@` names a person, `#` an asset or indicator, and
 * `!decision !action !finding !call !handover` the kind of line. The last mark wins.
 */
export function parseLine(text: string): ParsedLine {
  const parts: LinePart[] = [];
  const mentions: string[] = [];
  const assets: string[] = [];
  let kind: LineKind = "note";
  const time = TIME.exec(text);
  if (time?.[1] !== undefined) {
    const from = text.indexOf(time[1]);
    parts.push({ kind: "time", text: time[1], from, to: from + time[1].length });
  }
  for (const match of text.matchAll(PIECE)) {
    const [whole, sign, word = ""] = match;
    const place = { text: whole, from: match.index, to: match.index + whole.length };
    if (sign === "@") {
      mentions.push(word);
      parts.push({ kind: "person", ...place });
    } else if (sign === "#") {
      assets.push(word);
      parts.push({ kind: "asset", ...place });
    } else if (MARKS[word] !== undefined) {
      kind = MARKS[word];
      parts.push({ kind: "mark", ...place });
    }
  }
  return {
    parts,
    time:
      time === null ? undefined : { hour: Number(time[2]), minute: Number(time[3]), utc: time[4] === "Z" },
    mentions,
    assets,
    kind,
  };
}
