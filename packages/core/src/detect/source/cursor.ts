/** Where the reading of a batch stands. */
export interface Cursor {
  /** Bytes of the batch behind it. */
  readonly offset: number;
  /** Records behind it. */
  readonly records: number;
  /** Whether it stands within a record that was too long, and whose rest has to be passed over. */
  readonly passing: boolean;
}

/** Where every batch begins. */
export const START: Cursor = { offset: 0, records: 0, passing: false };
