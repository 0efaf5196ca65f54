import * as z from "zod";
import type { Fact } from "../../document/log/entry.ts";
import { IdentityId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, instantOf, type Stamp } from "../../kernel/time.ts";
import { type ProofRefusal, whyProofNeeded } from "./proof.ts";

/** What the record tells about accounts elsewhere that sign somebody in. What the account is called is no part of it. */
export const IDENTITY_ENTRIES = {
  "person.identity_linked": z.object({ person: PersonId, identity: IdentityId, issuer: z.string() }),
  "person.identity_unlinked": z.object({ person: PersonId, identity: IdentityId, issuer: z.string() }),
};

type IdentityFact = Fact<typeof IDENTITY_ENTRIES>;

/** A person's account at a provider that signs them in. */
export interface Identity {
  readonly id: IdentityId;
  readonly person: PersonId;
  /** The provider, by the address that its metadata gives. @source OpenID Connect Core 1.0 §2 */
  readonly issuer: string;
  readonly linkedAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export type IdentityRefusal =
  | ProofRefusal
  | { readonly code: "identity.too_many"; readonly limitCount: number };

/** How many accounts elsewhere one person may have linked. */
const IDENTITIES_MAX = 5;

/**
 * The entry that a new link to an account elsewhere is on record with.
 *
 * @param hasCount  how many the person has already
 */
export function linkIdentity(
  identity: Identity,
  happened: Stamp,
  hasCount: number,
  provedAt: Instant | undefined,
): Result<IdentityFact, IdentityRefusal> {
  const unproved = whyProofNeeded(provedAt, instantOf(happened));
  if (unproved !== undefined) return refuse(unproved);
  if (hasCount >= IDENTITIES_MAX) return refuse({ code: "identity.too_many", limitCount: IDENTITIES_MAX });
  return accept({ type: "person.identity_linked", incident: null, happened, body: bodyOf(identity) });
}

/** The entry that the end of such a link is on record with. */
export function unlinkIdentity(
  identity: Identity,
  happened: Stamp,
  provedAt: Instant | undefined,
): Result<IdentityFact, IdentityRefusal> {
  const unproved = whyProofNeeded(provedAt, instantOf(happened));
  if (unproved !== undefined) return refuse(unproved);
  return accept({ type: "person.identity_unlinked", incident: null, happened, body: bodyOf(identity) });
}

function bodyOf({ person, id, issuer }: Identity) {
  return { person, identity: id, issuer };
}
