import type {
  Instant,
  PolicyDecision,
  PolicyDocument,
  PolicyDraft,
  PolicyTable,
  PolicyVersion,
} from "@jumpkit/core";

/** What rules ask about the next version of the policy, in the operation's transaction. */
export interface PolicyRecords {
  /** Number of the latest version, in force or still to come; 0 before the first. Adopters wait for one another. */
  latestVersion(): Promise<number>;
  /** The draft, its row locked until the transaction ends. */
  draft(): Promise<PolicyDraft | undefined>;
}

/** What queries read of versions and drafts. */
export interface PolicyReading {
  draft(): Promise<PolicyDraft | undefined>;
  /** Who may do what by a policy, as the engine that decides answers it. */
  table(policy: { readonly digest: string; readonly document: PolicyDocument }): PolicyTable;
  /** The version that was, is or will be in force at a moment. */
  inForceAt(at: Instant): Promise<PolicyVersion | undefined>;
  /** What the policy decided since a moment, newest first, of at most `limit` entries. */
  decisionsSince(at: Instant, limit: number): Promise<readonly PolicyDecision[]>;
}
