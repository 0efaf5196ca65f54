import type { Delegation, DelegationId, PersonId } from "@jumpkit/core";

/** What rules ask about delegations, in the operation's transaction. */
export interface DelegationRecords {
  /** One delegation, its row locked until the transaction ends. */
  delegation(id: DelegationId): Promise<Delegation | undefined>;
  /** What one lends the other now or later, oldest first. */
  between(lender: PersonId, borrower: PersonId): Promise<readonly Delegation[]>;
}

/** What queries read of delegations. */
export interface DelegationReading {
  /** Delegations that are not over, the one that begins first at the top; at most 500. */
  standing(): Promise<readonly Delegation[]>;
}
