/** One thing that is wrong with the record: where, and what. */
export interface Finding {
  /** Such as `entry 417 of org_…` or `evidence_item evd_…`. */
  readonly place: string;
  readonly problem: string;
}

/** What one part of the examination looked at, and what it found wrong. */
export interface Examined {
  readonly part: "tree" | "checkpoint" | "projections" | "signs" | "blobs";
  readonly lookedAt: string;
  readonly findings: readonly Finding[];
}

/** More findings than this say nothing new; the rest is counted. */
export const FINDINGS_MAX = 200;
