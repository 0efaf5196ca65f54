import { defang } from "../../detect/observable/defang.ts";
import type { ObservableKind } from "../../detect/observable/recognise.ts";
import { exceeds, type Tlp } from "../../kernel/tlp.ts";

/** A column of a table in a report, with its share of the width. */
export interface FollowupColumn {
  readonly title: string;
  readonly share: number;
  readonly right?: true;
}

/** A row of a table under its own label. */
export interface FollowupRow {
  readonly cells: readonly string[];
  readonly tlp: Tlp;
}

/** A piece of a report with the label of what it tells. */
export type FollowupPart =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly tlp: Tlp }
  | {
      readonly kind: "facts";
      readonly rows: readonly (readonly [name: string, value: string])[];
      readonly tlp: Tlp;
    }
  | {
      readonly kind: "table";
      readonly columns: readonly FollowupColumn[];
      readonly rows: readonly FollowupRow[];
    };

/** A piece of a report as it may be shown: what must not stand in it is gone, and it says so. */
export type ShownPart =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "facts"; readonly rows: readonly (readonly [name: string, value: string])[] }
  | {
      readonly kind: "table";
      readonly columns: readonly FollowupColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: "struck"; readonly reason: string };

/** Something seen that must not stand anywhere in a report whose marking its label exceeds. */
export interface Seen {
  readonly kind: ObservableKind;
  readonly value: string;
  readonly tlp: Tlp;
}

/** What stands where something was taken out of a text. */
const GAP = "[struck]";

/**
 * The parts as a report of a marking may show them: what is labelled above it is struck with the reason, and what was
 * seen under a stricter label is taken out of every other text too, however it is written there.
 *
 * @returns the parts and how many things were struck
 */
export function redacted(
  parts: readonly FollowupPart[],
  marking: Tlp,
  seen: readonly Seen[],
): { readonly parts: readonly ShownPart[]; readonly struckCount: number } {
  const clean = scrubber(seen.filter(({ tlp }) => exceeds(tlp, marking)));
  let struckCount = 0;
  const strike = (tlp: Tlp): string => {
    struckCount += 1;
    return `${tlp} is above ${marking}`;
  };
  const shown = parts.map((part): ShownPart => {
    if (part.kind === "heading") return part;
    if (part.kind === "table") {
      const rows = part.rows.map(({ cells, tlp }) =>
        exceeds(tlp, marking) ? struckRow(cells, part.columns, strike(tlp)) : cells.map(clean),
      );
      return { kind: "table", columns: part.columns, rows };
    }
    if (exceeds(part.tlp, marking)) return { kind: "struck", reason: strike(part.tlp) };
    if (part.kind === "paragraph") return { kind: "paragraph", text: clean(part.text) };
    return { kind: "facts", rows: part.rows.map(([name, value]) => [name, clean(value)] as const) };
  });
  return { parts: shown, struckCount };
}

/** A row of which only its number is left, so that nobody takes it for absent, and why, where there is most room. */
function struckRow(cells: readonly string[], columns: readonly FollowupColumn[], reason: string): string[] {
  const widest = columns.reduce(
    (best, { share }, at) => (share > (columns[best]?.share ?? 0) ? at : best),
    0,
  );
  return cells.map((cell, at) => {
    if (at === widest) return `Struck: ${reason}`;
    return at === 0 && /^\d+$/.test(cell) ? cell : "";
  });
}

/** Takes values out of a text, as they are and defanged, in capitals or not. */
function scrubber(secrets: readonly Seen[]): (text: string) => string {
  const written = new Set(
    secrets.flatMap(({ kind, value }) => [value, defang({ kind, value })]).filter((text) => text !== ""),
  );
  if (written.size === 0) return (text) => text;
  // The longest first: a part of an address that is struck must not leave its rest behind.
  const pattern = new RegExp(
    [...written]
      .toSorted((one, other) => other.length - one.length)
      .map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
      .join("|"),
    "giu",
  );
  return (text) => text.replaceAll(pattern, GAP);
}
