import type { Tlp } from "@jumpkit/core";

/** A column of a table on paper. */
export interface PaperColumn {
  readonly title: string;
  /** Its share of the page's width, beside the shares of the other columns. */
  readonly share: number;
  /** Figures stand below one another at the right edge. */
  readonly right?: true;
}

/** One part of a document on paper, as plain data. Text is taken literally, whatever it holds. */
export type PaperBlock =
  /** Level 1 stands in the outline that a reader of the file can open beside it. */
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly quiet?: true }
  /** Lines as they are, with their spaces: the body of a letter, a command. */
  | { readonly kind: "lines"; readonly lines: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** What something is called and what it is, one to a line. */
  | { readonly kind: "facts"; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** The names of its columns stand on every page again. */
  | {
      readonly kind: "table";
      readonly columns: readonly PaperColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  /** Something was here and is not shown, and why. */
  | { readonly kind: "struck"; readonly reason: string }
  /** Lines to sign on, each with what the signature stands for. */
  | { readonly kind: "signatures"; readonly lines: readonly string[] }
  | { readonly kind: "page_break" };

/** A document as it is put on paper: everything that its bytes follow from. */
export interface Paper {
  readonly title: string;
  /** Who issues it, as it stands over the title. */
  readonly issuer: string;
  /** Words in a striped band across the top of each page: what nobody may miss of the whole document. */
  readonly band?: string;
  /** Stands in header and footer of each page; `null` where nothing was marked. */
  readonly marking: Tlp | null;
  /** The moment that its content is of, in UTC; it is the date of the file too, never the clock's. */
  readonly at: string;
  /** Stands in the footer of each page: what it was made from, by whom, its digest. */
  readonly foot: string;
  readonly blocks: readonly PaperBlock[];
}
