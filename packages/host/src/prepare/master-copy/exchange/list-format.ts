import type { Entry } from "../entry.ts";

/** A format of other programs that manifests are written to and read from; all texts hold one character for each byte. */
export interface ListFormat {
  /** What stands before the entries; each line with its newline. */
  readonly top: string;
  /** What stands behind them; absent where nothing does. */
  readonly bottom?: string;
  /** One entry with its newline, or undefined for one that the format cannot express. */
  formatEntry(entry: Entry): string | undefined;
  /** All entries of a list, in its order. @throws ListRefused */
  parse(text: string): Entry[];
  /** The attributes that the format holds. */
  readonly collected: readonly string[];
}

/** A list that cannot be read; the message names the line. */
export class ListRefused extends Error {}
