import * as z from "zod";
import type { Fact } from "../../document/log/entry.ts";
import { ApprovalId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Instant, Stamp } from "../../kernel/time.ts";
import type { Role } from "../people/person.ts";
import { type ProofRefusal, whyProofNeeded } from "../people/proof.ts";
import { type APPROVAL_ENTRIES, type Approval, type ApprovalRefusal, approve } from "./approval.ts";

/** The entries about cards with read-back codes; a code itself is never in one. */
export const CARD_ENTRIES = {
  "card.printed": z.object({ person: PersonId, codes: z.int() }),
  /** A code that was read out over the telephone and was not the one on the card. */
  "card.misread": z.object({ approval: ApprovalId, person: PersonId, name: z.string(), number: z.int() }),
};
type CardFact = Fact<typeof CARD_ENTRIES>;

/** How many codes a card holds; each is good for one consent. */
export const CARD_CODES = 20;

/** After so many wrong codes a card is no good any more: somebody guesses. */
export const CARD_TRIES = 5;

/** A printed card as far as the server knows it. */
export interface ApprovalCard {
  readonly person: PersonId;
  readonly printedAt: Instant;
  /** Codes that have not been used. */
  readonly left: number;
  readonly failedCount: number;
}

export type CardRefusal =
  | { readonly code: "card.none" }
  | { readonly code: "card.blocked" }
  | ApprovalRefusal
  | ProofRefusal;

/**
 * The entry that says that somebody printed a new card; the card before is void.
 *
 * @returns the fact, or `session.proof_needed`: the card gives consent in its owner's name
 */
export function printCard(
  person: PersonId,
  happened: Stamp,
  now: Instant,
  provedAt: Instant | undefined,
): Result<CardFact, CardRefusal> {
  const proof = whyProofNeeded(provedAt, now);
  if (proof !== undefined) return refuse(proof);
  return accept({
    type: "card.printed",
    incident: null,
    happened,
    body: { person, codes: CARD_CODES },
  });
}

/**
 * The entry by which somebody consents over the telephone, or the one that says that the code was wrong.
 *
 * @param approver  who consents, with the roles they hold now
 * @param card      their card; `undefined` when they have none
 * @param right     whether the code read out is an unused one of that card
 * @returns         the fact; `card.none`; `card.blocked` after too many wrong codes; what {@link approve} refuses
 */
export function hearConsent(
  approval: Approval,
  now: Instant,
  approver: { readonly id: PersonId; readonly name: string; readonly roles: readonly Role[] },
  card: ApprovalCard | undefined,
  said: {
    readonly happened: Stamp;
    readonly condition: string;
    readonly number: number;
    readonly right: boolean;
  },
): Result<CardFact | Fact<typeof APPROVAL_ENTRIES>, CardRefusal> {
  const { happened, condition, number, right } = said;
  const consent = approve(approval, now, approver, { happened, condition, via: "voice" });
  if (!consent.ok) return consent;
  if (card === undefined) return refuse({ code: "card.none" });
  if (card.failedCount >= CARD_TRIES) return refuse({ code: "card.blocked" });
  if (right) return consent;
  return accept({
    type: "card.misread",
    incident: approval.incident,
    happened,
    body: { approval: approval.id, person: approver.id, name: approver.name, number },
  });
}
