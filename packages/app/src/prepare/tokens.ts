import { accept, line, makeToken, revokeToken, TOKEN_DAYS_MAX, TokenId, TokenScope } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { query } from "../query.ts";

const TokenView = z
  .object({
    id: TokenId,
    name: z.string(),
    scopes: z.array(TokenScope),
    madeAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable().describe("to the minute; null when never used"),
  })
  .meta({ id: "Token" });

export const makeAccessToken = operation({
  name: "token.make",
  phase: "prepare",
  summary: "Make a token by which a program of yours does some of what you may",
  action: "own",
  input: z.strictObject({
    name: line(100).describe("what uses it, such as the sensor's name"),
    scopes: z.array(TokenScope).min(1).max(100),
    days: z.int().min(1).max(TOKEN_DAYS_MAX).default(90),
  }),
  output: z.object({
    token: TokenId,
    secret: z.string().nullable().describe("jk_…; shown once, null when the request is repeated"),
    expiresAt: z.string(),
  }),
  load: async (_input, records, act) => ({
    id: act.newId("tok"),
    live: await records.liveTokens(act.by.id),
  }),
  decide: ({ id, live }, input, act) => {
    const outcome = makeToken(id, act.by.id, stampOf(undefined, act), live, act.by.session?.provedAt, input);
    if (!outcome.ok) return outcome;
    const { fact, expiresAt, scopes } = outcome.value;
    const { secret, sha256 } = act.newSecret();
    return accept({
      facts: [fact],
      effects: [
        {
          kind: "token_made",
          token: id,
          person: act.by.id,
          name: input.name,
          scopes,
          secretSha256: sha256,
          madeAt: act.now,
          expiresAt,
        },
      ],
      output: { token: id, secret: null, expiresAt },
      toldOnce: { secret: `${TOKEN_PREFIX}${secret}` },
    });
  },
});

export const revokeAccessToken = operation({
  name: "token.revoke",
  phase: "prepare",
  summary: "End a token of yours; it works no more from this moment",
  action: "own",
  thing: "token",
  input: z.strictObject({ token: TokenId }),
  output: z.object({ token: TokenId }),
  load: (input, records, act) => records.liveToken(input.token, act.by.id),
  decide: (token, _input, act) =>
    accept({
      facts: [revokeToken(token, stampOf(undefined, act))],
      effects: [{ kind: "token_revoked", token: token.id, at: act.now }],
      output: { token: token.id },
    }),
});

export const listTokens = query({
  name: "token.list",
  phase: "prepare",
  summary: "Your tokens that work now, newest first",
  action: "own",
  inPerson: true,
  path: "/v1/token",
  input: z.strictObject({}),
  output: z.object({ items: z.array(TokenView) }),
  run: async (_input, reading, viewer) => {
    const tokens = await reading.tokensOf(viewer.id);
    return { items: tokens.map((token) => ({ ...token, scopes: [...token.scopes] })) };
  },
});

/** What every token begins with, so that people and scanners of leaked secrets know one when they see it. */
export const TOKEN_PREFIX = "jk_";
