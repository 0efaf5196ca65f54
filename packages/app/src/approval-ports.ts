import type { Approval, ApprovalCard, ApprovalId, IncidentId, Instant, PersonId, Role } from "@jumpkit/core";

/** What rules ask about requests for consent, in the operation's transaction. */
export interface ApprovalRecords {
  /** The request, its row locked until the transaction ends. */
  approval(id: ApprovalId): Promise<Approval | undefined>;
  /** A request of this person for exactly this act that can still be decided or used. */
  liveAsked(asker: PersonId, sha256: string): Promise<Approval | undefined>;
  /**
   * The roles that each of these people holds now, a row for each who is active. What `asker` lends them is left
   * out: nobody consents to their own request through a deputy.
   */
  rolesNow(people: readonly PersonId[], asker: PersonId): Promise<readonly (readonly Role[])[]>;
  /** The person's card of read-back codes, locked until the transaction ends. */
  card(person: PersonId): Promise<ApprovalCard | undefined>;
  /** Whether this is an unused code of the person's card. */
  isCardCode(person: PersonId, number: number, code: string): Promise<boolean>;
}

/** What may change in the operational tables of cards. */
export type ApprovalEffect =
  | {
      readonly kind: "card_printed";
      readonly person: PersonId;
      readonly codes: readonly string[];
      readonly at: Instant;
    }
  | { readonly kind: "card_code_used"; readonly person: PersonId; readonly number: number }
  | { readonly kind: "card_failed"; readonly person: PersonId };

/** What queries read of requests for consent. */
export interface ApprovalReading {
  approval(id: ApprovalId): Promise<Approval | undefined>;
  /** Requests that can still be decided or used, the one that runs out first at the beginning. */
  live(): Promise<readonly Approval[]>;
  /** What a person asked for, newest first, at most `limit`. */
  askedBy(person: PersonId, limit: number): Promise<readonly Approval[]>;
  /** The requests of an incident, newest first, at most `limit`. */
  ofIncident(incident: IncidentId, limit: number): Promise<readonly Approval[]>;
  card(person: PersonId): Promise<ApprovalCard | undefined>;
}
