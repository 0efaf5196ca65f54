import { type Instant, unixMsOf } from "../../kernel/time.ts";

/** How long a proof of who one is serves for changing how one signs in. */
export const PROOF_MS = 10 * 60_000;

/** A change to how one signs in needs a passphrase or second factor that was given just now. */
export type ProofRefusal = { readonly code: "session.proof_needed"; readonly withinMinutes: number };

/**
 * Whether somebody proved who they are recently enough to change how they sign in.
 *
 * An unlocked desk or a stolen session must not be enough to plant a lasting way in.
 *
 * @param provedAt  when passphrase or second factor was last given in this session; `undefined` when never
 * @returns         the refusal, or `undefined` when the proof is fresh
 */
export function whyProofNeeded(provedAt: Instant | undefined, now: Instant): ProofRefusal | undefined {
  const fresh = provedAt !== undefined && unixMsOf(now) - unixMsOf(provedAt) < PROOF_MS;
  return fresh ? undefined : { code: "session.proof_needed", withinMinutes: PROOF_MS / 60_000 };
}
