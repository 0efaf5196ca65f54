import type { Paper } from "@jumpkit/exchange";

/** Sets documents on paper where neither the work nor a fault of it holds anybody else up. */
export interface Press {
  /**
   * The document as a PDF file; the same paper gives the same bytes.
   *
   * @throws NotPrinted  with why, when it could not be made in the time and memory there is
   */
  print(paper: Paper): Promise<Uint8Array>;
  /** Has ready what the next document needs; comes back at once. */
  warm(): void;
}

/** Why a document was not made. */
export class NotPrinted extends Error {
  override readonly name = "NotPrinted";
}

/** A file that is handed out as it is. */
export interface PrintedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The band of a document of what is played: it must never be taken for what happened, on paper least of all. */
export const PLAYED_BAND = "EXERCISE  Nothing in this document has happened.";
