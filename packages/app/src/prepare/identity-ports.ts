import type { IdentityId } from "@jumpkit/core";
import type { Origin, Viewer } from "../ports.ts";
import type { SignedIn } from "./second-factor-ports.ts";

/** An account elsewhere, as its provider names it: the two together are unique. @source OpenID Connect Core 1.0 §5.7 */
export interface Account {
  readonly issuer: string;
  readonly subject: string;
}

/** A visit to the provider that came back: who set out to link an account, or nobody, to sign in. */
export interface Visit {
  readonly linksFor: { readonly person: string; readonly session: string } | undefined;
}

/** Accounts elsewhere that sign people in, and visits to the provider that are under way. */
export interface Identities {
  /** Begins a visit, of a session to link an account, or of nobody to sign in; gives back its secret. */
  depart(viewer: Viewer | undefined): Promise<string>;
  /** Ends the visit with this secret; `undefined` when there is none under way. It ends once. */
  comeBack(secret: string): Promise<Visit | undefined>;
  /** Keeps an account until `identity.link`; `undefined` when it is linked to somebody already. */
  keep(viewer: Viewer, account: Account): Promise<IdentityId | undefined>;
  /** A session or a second step, or `undefined`: an account that is not linked and inactive people look the same. */
  signIn(account: Account, from: Origin): Promise<SignedIn | undefined>;
}

/** What a provider's answer was worth: an account, nothing, or it could not be reached. */
export type ProviderAnswer =
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "rejected" }
  | { readonly kind: "away" };

/** The provider at which people may sign in. */
export interface Provider {
  /** What its button says. */
  readonly name: string;
  /** Where the browser goes to; `undefined` when the provider cannot be reached or is set up wrongly. */
  addressFor(secret: string, origin: string): Promise<string | undefined>;
  /** @param answer  the query with which the browser came back */
  accountOf(secret: string, origin: string, answer: string): Promise<ProviderAnswer>;
}
