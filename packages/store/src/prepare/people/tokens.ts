import type { AccountEffect, AccountReading, AccountRecords, Viewer } from "@jumpkit/app";
import {
  type BorrowedRole,
  type Instant,
  instantAt,
  type OrganisationId,
  type Person,
  TOKEN_SCOPES,
  type Token,
  type TokenId,
  type TokenScope,
  unixMsOf,
} from "@jumpkit/core";
import type pg from "pg";
import { runStatement } from "../../database/transaction.ts";
import { actingRoles, borrowedColumn } from "../delegation/delegations.ts";

/** How often a token's last use is written down; more often would cost a write a request. */
const USED_EVERY_MS = 60_000;

interface TokenRow {
  readonly id: TokenId;
  readonly person: Token["person"];
  readonly name: string;
  readonly scopes: readonly string[];
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
}

const COLUMNS = "id, person, name, scopes, made_at, expires_at, last_used_at";

/** The tokens of a person that rules ask about, locked in the running transaction. */
export function tokenRecords(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): Pick<AccountRecords, "liveTokens" | "liveToken"> {
  return {
    liveTokens: async (person) => {
      // The person's row stands for all their tokens: makers wait for one another.
      await client.query("SELECT 1 FROM person WHERE organisation = $1 AND id = $2 FOR UPDATE", [
        organisation,
        person,
      ]);
      return liveTokens(client, organisation, person, now);
    },
    liveToken: async (id, person) => {
      const { rows } = await client.query<TokenRow>(
        `SELECT ${COLUMNS} FROM access_token
         WHERE organisation = $1 AND id = $2 AND person = $3 AND revoked_at IS NULL AND expires_at > $4 FOR UPDATE`,
        [organisation, id, person, now],
      );
      return rows.map(tokenOf)[0];
    },
  };
}

/** The tokens of a person that a page shows. */
export function tokenReading(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): Pick<AccountReading, "tokensOf"> {
  return { tokensOf: async (person) => (await liveTokens(client, organisation, person, now)).reverse() };
}

/** Makes or ends a token. */
export async function applyTokenEffect(
  client: pg.ClientBase,
  organisation: string,
  effect: Extract<AccountEffect, { kind: "token_made" | "token_revoked" }>,
): Promise<void> {
  if (effect.kind === "token_revoked") {
    await client.query("UPDATE access_token SET revoked_at = $3 WHERE organisation = $1 AND id = $2", [
      organisation,
      effect.token,
      effect.at,
    ]);
    return;
  }
  await client.query(
    `INSERT INTO access_token (organisation, id, person, name, secret_sha256, scopes, made_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      organisation,
      effect.token,
      effect.person,
      effect.name,
      effect.secretSha256,
      effect.scopes,
      effect.madeAt,
      effect.expiresAt,
    ],
  );
}

/** Ends every session and every token of a person, when their access ends or begins anew. */
export async function endAccess(
  client: pg.ClientBase,
  organisation: string,
  person: string,
  now: Instant,
): Promise<void> {
  await client.query("DELETE FROM session WHERE organisation = $1 AND person = $2", [organisation, person]);
  await client.query(
    `UPDATE access_token SET revoked_at = $3
     WHERE organisation = $1 AND person = $2 AND revoked_at IS NULL`,
    [organisation, person, now],
  );
}

/** The owner of the token with this digest, bound to its scopes; `undefined` when it does not work now. */
export async function viewerOfToken(
  pool: pg.Pool,
  secretSha256: string,
  now: Instant,
): Promise<Viewer | undefined> {
  const { rows } = await runStatement<
    TokenRow & { organisation: OrganisationId; state: Person; borrowed: BorrowedRole[] }
  >(
    pool,
    `SELECT t.organisation, p.state, t.id, t.person, t.name, t.scopes, t.made_at, t.expires_at, t.last_used_at,
       ${borrowedColumn("$2")}
     FROM access_token t JOIN person p ON p.organisation = t.organisation AND p.id = t.person AND p.active
     WHERE t.secret_sha256 = $1 AND t.expires_at > $2 AND t.revoked_at IS NULL`,
    [secretSha256, now],
    "viewer-of-token",
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  if (row.last_used_at === null || unixMsOf(now) - row.last_used_at.getTime() > USED_EVERY_MS) {
    await runStatement(
      pool,
      "UPDATE access_token SET last_used_at = $3 WHERE organisation = $1 AND id = $2",
      [row.organisation, row.id, now],
    );
  }
  const { id, name, title, phone, zone, roles } = row.state;
  const token = tokenOf(row);
  return {
    organisation: row.organisation,
    id,
    name,
    title,
    phone,
    zone,
    roles: actingRoles(roles, row.borrowed),
    borrowed: row.borrowed,
    token: { id: token.id, name: token.name, scopes: token.scopes },
  };
}

async function liveTokens(
  client: pg.ClientBase,
  organisation: string,
  person: string,
  now: Instant,
): Promise<Token[]> {
  const { rows } = await client.query<TokenRow>(
    `SELECT ${COLUMNS} FROM access_token
     WHERE organisation = $1 AND person = $2 AND revoked_at IS NULL AND expires_at > $3 ORDER BY made_at, id`,
    [organisation, person, now],
  );
  return rows.map(tokenOf);
}

function tokenOf(row: TokenRow): Token {
  const at = (date: Date): Instant => instantAt(date.getTime());
  return {
    id: row.id,
    person: row.person,
    name: row.name,
    // A scope that this release does not know opens nothing.
    scopes: row.scopes.filter((scope): scope is TokenScope => TOKEN_SCOPES.includes(scope as TokenScope)),
    madeAt: at(row.made_at),
    expiresAt: at(row.expires_at),
    lastUsedAt: row.last_used_at && at(row.last_used_at),
  };
}
