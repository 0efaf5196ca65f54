/** What an import does with one row of a file. */
export type ImportOutcome = "added" | "changed" | "unchanged" | "refused";

/** One row of a file, what becomes of it and why. */
export interface ImportedRow {
  /** Where the row begins in the file, counted from 1. */
  readonly line: number;
  /** The name it gives, character by character. */
  readonly name: string;
  readonly outcome: ImportOutcome;
  /** Why it is refused; empty otherwise. */
  readonly problem: string;
  /** The fields that would be other than they are; empty unless it changes something. */
  readonly fields: readonly string[];
}

/** The most rows that one import takes: each becomes an entry, and all of them one transaction. */
export const IMPORT_MAX_ROWS = 2000;

export type ImportRefusal = {
  readonly code: "import.unreadable";
  readonly line: number;
  readonly problem: string;
};

/** The names of the fields in which two values differ, compared as the record would write them. */
export function fieldsThatDiffer<Shape extends object>(before: Shape, after: Shape): string[] {
  return Object.keys(after).filter(
    (field) => JSON.stringify(before[field as keyof Shape]) !== JSON.stringify(after[field as keyof Shape]),
  );
}

/** The parts of a cell that holds several values separated by semicolons, without blanks around them. */
export function partsOf(cell: string): string[] {
  return cell
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
