import { writeTable } from "../../kernel/table.ts";
import type { ToldFact } from "./notification.ts";

/** What the table of a message's values is called where it is attached. */
export const INDICATORS_NAME = "indicators.csv";

const COLUMNS = ["tlp", "kind", "value", "seen_at", "note"] as const;

/** The values of a message for machines, as they are attached to it. */
export interface Indicators {
  /** The bytes of the file, in UTF-8. */
  readonly text: string;
  readonly count: number;
}

/**
 * The observables among the facts that a message carries, one a line, with their real values: machines look for
 * them, so that none is defanged. A spreadsheet runs nothing in it. `undefined` when no fact names one.
 *
 * @param carried  facts that this recipient may have: what is struck out of the message never comes here
 * @source         {@link writeTable}; FIRST TLP 2.0 §2: each value with its label
 */
export function indicatorsOf(carried: readonly ToldFact[]): Indicators | undefined {
  const rows = carried.flatMap(({ tlp, observable, at, text }) =>
    observable === null ? [] : [[tlp, observable.kind, oneLine(observable.value), at ?? "", oneLine(text)]],
  );
  return rows.length === 0 ? undefined : { text: writeTable(COLUMNS, rows), count: rows.length };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
