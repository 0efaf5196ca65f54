import * as z from "zod";
import type { Fact } from "../../document/log/entry.ts";
import { PasskeyId, PersonId, SessionId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, instantOf, type Stamp } from "../../kernel/time.ts";
import { type ProofRefusal, whyProofNeeded } from "./proof.ts";

/** What the record tells about how people sign in. Secrets, codes and keys are never part of it. */
export const CREDENTIAL_ENTRIES = {
  "person.second_factor_set": z.object({ person: PersonId }),
  "person.second_factor_removed": z.object({ person: PersonId }),
  "person.passkey_added": z.object({ person: PersonId, passkey: PasskeyId, passkeyName: z.string() }),
  "person.passkey_removed": z.object({ person: PersonId, passkey: PasskeyId, passkeyName: z.string() }),
  "person.session_ended": z.object({ person: PersonId, session: SessionId }),
  "person.access_ended": z.object({ person: PersonId, reason: z.string() }),
};

type CredentialFact = Fact<typeof CREDENTIAL_ENTRIES>;

/** A key of a device or security key with which a person signs in. */
export interface Passkey {
  readonly id: PasskeyId;
  readonly person: PersonId;
  readonly name: string;
  readonly madeAt: Instant;
  readonly lastUsedAt: Instant | null;
}

/** A second factor that shows codes: since when, and how many recovery codes are left. */
export interface SecondFactor {
  readonly setAt: Instant;
  readonly codesLeftCount: number;
}

/** A session as its person sees it. */
export interface Session {
  readonly id: SessionId;
  readonly beganAt: Instant;
  readonly seenAt: Instant;
  /** What the browser called itself. */
  readonly agent: string;
  readonly address: string;
}

export type CredentialRefusal =
  | ProofRefusal
  | { readonly code: "factor.not_checked" }
  | { readonly code: "factor.none" }
  | { readonly code: "passkey.too_many"; readonly limitCount: number };

/** How many passkeys one person may have. */
const PASSKEYS_MAX = 20;

/**
 * The entry that a second factor is on record with.
 *
 * @param checked  whether a code of the new authenticator was right just now: one that was never tried locks out
 * @source         RFC 6238 §5
 */
export function setSecondFactor(
  person: PersonId,
  happened: Stamp,
  checked: boolean,
  provedAt: Instant | undefined,
): Result<CredentialFact, CredentialRefusal> {
  const unproved = whyProofNeeded(provedAt, instantOf(happened));
  if (unproved !== undefined) return refuse(unproved);
  if (!checked) return refuse({ code: "factor.not_checked" });
  return accept({ type: "person.second_factor_set", incident: null, happened, body: { person } });
}

/** The entry that the end of a second factor is on record with. */
export function removeSecondFactor(
  person: PersonId,
  happened: Stamp,
  factor: SecondFactor | undefined,
  provedAt: Instant | undefined,
): Result<CredentialFact, CredentialRefusal> {
  const unproved = whyProofNeeded(provedAt, instantOf(happened));
  if (unproved !== undefined) return refuse(unproved);
  if (factor === undefined) return refuse({ code: "factor.none" });
  return accept({ type: "person.second_factor_removed", incident: null, happened, body: { person } });
}

/**
 * The entry that a new passkey is on record with.
 *
 * @param hasCount  how many the person has already
 */
export function addPasskey(
  passkey: Passkey,
  happened: Stamp,
  hasCount: number,
  name: string,
  provedAt: Instant | undefined,
): Result<CredentialFact, CredentialRefusal> {
  const unproved = whyProofNeeded(provedAt, instantOf(happened));
  if (unproved !== undefined) return refuse(unproved);
  if (hasCount >= PASSKEYS_MAX) return refuse({ code: "passkey.too_many", limitCount: PASSKEYS_MAX });
  const body = { person: passkey.person, passkey: passkey.id, passkeyName: name };
  return accept({ type: "person.passkey_added", incident: null, happened, body });
}

/** The entry that the end of a passkey is on record with. */
export function removePasskey(
  passkey: Passkey,
  happened: Stamp,
  provedAt: Instant | undefined,
): Result<CredentialFact, CredentialRefusal> {
  const unproved = whyProofNeeded(provedAt, instantOf(happened));
  if (unproved !== undefined) return refuse(unproved);
  const body = { person: passkey.person, passkey: passkey.id, passkeyName: passkey.name };
  return accept({ type: "person.passkey_removed", incident: null, happened, body });
}
