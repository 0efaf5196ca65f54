import type { Instant, PersonId, Token, TokenId, TokenScope } from "@jumpkit/core";

/** What rules about accounts ask, in the operation's transaction. */
export interface AccountRecords {
  /** The person's tokens that work now, oldest first, locked so that two makers count each other. */
  liveTokens(person: PersonId): Promise<readonly Token[]>;
  /** A token of this person that works now. */
  liveToken(id: TokenId, person: PersonId): Promise<Token | undefined>;
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
  | { readonly kind: "token_revoked"; readonly token: TokenId; readonly at: Instant };

/** What queries about accounts read. */
export interface AccountReading {
  /** The person's tokens that work now, newest first. */
  tokensOf(person: PersonId): Promise<readonly Token[]>;
}
