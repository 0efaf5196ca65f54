import * as z from "zod";
import type { Fact } from "../../document/log/entry.ts";
import { PersonId, TokenId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, instantAt, instantOf, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { type ActionId, POLICY_ACTIONS } from "../policy/action.ts";
import { type ProofRefusal, whyProofNeeded } from "./proof.ts";

/** What no program may do for a person, whatever the person may: say who has access, and what the policy is. */
const NEVER_BY_TOKEN: ReadonlySet<string> = new Set<ActionId>(["people.manage", "policy.manage"]);

/**
 * What a token can be made for: actions of the policy that the product carries out, and `own` for looking at
 * what every signed-in person may see.
 */
export const TOKEN_SCOPES = [
  "own",
  ...POLICY_ACTIONS.filter(({ id, performed }) => performed && !NEVER_BY_TOKEN.has(id)).map(({ id }) => id),
] as ["own", ...ActionId[]];
export const TokenScope = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof TokenScope>;

/** A token that lives longer is forgotten by everybody but the thief. */
export const TOKEN_DAYS_MAX = 366;

/** How many live tokens one person may have; more are no longer looked through. */
const TOKENS_MAX = 50;

const DAY_MS = 24 * 60 * 60_000;

export const TOKEN_ENTRIES = {
  "person.token_made": z.object({
    person: PersonId,
    token: TokenId,
    tokenName: z.string(),
    scopes: z.array(z.string()),
    expiresAt: z.string(),
  }),
  "person.token_revoked": z.object({
    person: PersonId,
    token: TokenId,
    tokenName: z.string(),
  }),
};

/** A token as its owner sees it; the secret is known to whoever noted it down, and to nobody else. */
export interface Token {
  readonly id: TokenId;
  readonly person: PersonId;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export type TokenRefusal =
  | ProofRefusal
  | { readonly code: "token.name_taken"; readonly name: string }
  | { readonly code: "token.too_many"; readonly limitCount: number };

/**
 * The entry that a new token is on record with, and when the token ends.
 *
 * @param live      the person's tokens that work now
 * @param provedAt  when the person last gave passphrase or second factor in this session
 */
export function makeToken(
  id: TokenId,
  person: PersonId,
  happened: Stamp,
  live: readonly Token[],
  provedAt: Instant | undefined,
  said: { readonly name: string; readonly scopes: readonly TokenScope[]; readonly days: number },
): Result<
  { readonly fact: Fact<typeof TOKEN_ENTRIES>; readonly expiresAt: Instant; readonly scopes: TokenScope[] },
  TokenRefusal
> {
  const now = instantOf(happened);
  const unproved = whyProofNeeded(provedAt, now);
  if (unproved !== undefined) return refuse(unproved);
  if (live.some((token) => token.name === said.name))
    return refuse({ code: "token.name_taken", name: said.name });
  if (live.length >= TOKENS_MAX) return refuse({ code: "token.too_many", limitCount: TOKENS_MAX });
  const expiresAt = instantAt(unixMsOf(now) + said.days * DAY_MS);
  const scopes = TOKEN_SCOPES.filter((scope) => said.scopes.includes(scope));
  const body = { person, token: id, tokenName: said.name, scopes, expiresAt };
  const fact = { type: "person.token_made" as const, incident: null, happened, body };
  return accept({ fact, expiresAt, scopes });
}

/** The entry that a token's end is on record with. Ending one needs no proof: it can only take away. */
export function revokeToken(token: Token, happened: Stamp): Fact<typeof TOKEN_ENTRIES> {
  return {
    type: "person.token_revoked",
    incident: null,
    happened,
    body: { person: token.person, token: token.id, tokenName: token.name },
  };
}
