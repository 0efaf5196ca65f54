import type {
  Identity,
  IdentityId,
  Instant,
  Passkey,
  PasskeyId,
  PersonId,
  SecondFactor,
  Session,
  SessionId,
  Token,
  TokenId,
  TokenScope,
} from "@jumpkit/core";

/** What rules about accounts ask, in the operation's transaction. */
export interface AccountRecords {
  /** The person's tokens that work now, oldest first, locked so that two makers count each other. */
  liveTokens(person: PersonId): Promise<readonly Token[]>;
  /** A token of this person that works now. */
  liveToken(id: TokenId, person: PersonId): Promise<Token | undefined>;
  secondFactor(person: PersonId): Promise<SecondFactor | undefined>;
  /** Whether a code of an authenticator that this person is setting up was right in the last minutes. */
  newFactorChecked(person: PersonId): Promise<boolean>;
  passkeys(person: PersonId): Promise<readonly Passkey[]>;
  /** A passkey that this person's browser made and that was found sound, waiting to be added. */
  newPasskey(id: PasskeyId, person: PersonId): Promise<Passkey | undefined>;
  identities(person: PersonId): Promise<readonly Identity[]>;
  /** An account elsewhere that this person just signed in to, waiting to be linked. */
  newIdentity(id: IdentityId, person: PersonId): Promise<Identity | undefined>;
  session(id: SessionId, person: PersonId): Promise<Session | undefined>;
}

/** What may change in the operational tables of accounts. */
export type AccountEffect =
  | {
      readonly kind: "token_made";
      readonly token: TokenId;
      readonly person: PersonId;
      readonly name: string;
      readonly scopes: readonly TokenScope[];
      readonly secretSha256: string;
      readonly madeAt: Instant;
      readonly expiresAt: Instant;
    }
  | { readonly kind: "token_revoked"; readonly token: TokenId; readonly at: Instant }
  | CredentialEffect;

/** What may change in how a person signs in. */
export type CredentialEffect =
  | {
      readonly kind: "second_factor_set";
      readonly person: PersonId;
      readonly at: Instant;
      readonly recoverySha256: readonly string[];
    }
  | { readonly kind: "second_factor_removed"; readonly person: PersonId }
  | { readonly kind: "passkey_added"; readonly passkey: PasskeyId; readonly name: string }
  | { readonly kind: "passkey_removed"; readonly passkey: PasskeyId }
  | { readonly kind: "identity_linked"; readonly identity: IdentityId; readonly at: Instant }
  | { readonly kind: "identity_unlinked"; readonly identity: IdentityId }
  | { readonly kind: "session_ended"; readonly session: SessionId };

/** What queries about accounts read. */
export interface AccountReading {
  /** The person's tokens that work now, newest first. */
  tokensOf(person: PersonId): Promise<readonly Token[]>;
  /** The person's sessions that last, the latest seen first. */
  sessionsOf(person: PersonId): Promise<readonly Session[]>;
  secondFactorOf(person: PersonId): Promise<SecondFactor | undefined>;
  passkeysOf(person: PersonId): Promise<readonly Passkey[]>;
  identitiesOf(person: PersonId): Promise<readonly Identity[]>;
}
