/** The longest record that is read; a longer one is left unread. */
export const RECORD_MAX_BYTES = 64 * 1024;

/** Where the reading of a batch stands. */
export interface Cursor {
  /** Bytes of the batch behind it. */
  readonly offset: number;
  /** Records behind it. */
  readonly records: number;
  /** Whether it stands within a record that was too long, and whose rest has to be passed over. */
  readonly passing: boolean;
  /** Whether the records are the elements of one JSON array. */
  readonly array: boolean;
  /** The first record of a table, which names the columns of the others. */
  readonly header: string | null;
}

/** Where every batch begins. */
export const START: Cursor = { offset: 0, records: 0, passing: false, array: false, header: null };
