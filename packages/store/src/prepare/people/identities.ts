import { createHash, randomBytes } from "node:crypto";
import type {
  Account,
  AccountReading,
  AccountRecords,
  CredentialEffect,
  Origin,
  Identities as Port,
  SignedIn,
  Viewer,
  Visit,
} from "@jumpkit/app";
import {
  type Identity,
  type IdentityId,
  type Instant,
  idFrom,
  instantAt,
  type PersonId,
  PROOF_MS,
  unixMsOf,
} from "@jumpkit/core";
import type pg from "pg";
import { runStatement } from "../../database/transaction.ts";
import { enterOrAsk } from "./enter.ts";

/** How long somebody may take at the provider. */
const VISIT_MS = 10 * 60_000;

/** Accounts elsewhere and visits to their provider: operational tables, which are never entries. */
export class Identities implements Port {
  readonly #pool: pg.Pool;
  readonly #now: () => Instant;

  constructor(pool: pg.Pool, now: () => Instant) {
    this.#pool = pool;
    this.#now = now;
  }

  async depart(viewer: Viewer | undefined): Promise<string> {
    const secret = randomBytes(32).toString("hex");
    await runStatement(
      this.#pool,
      "INSERT INTO provider_visit (secret_sha256, person, session, expires_at) VALUES ($1, $2, $3, $4)",
      [
        sha256(secret),
        viewer?.id ?? null,
        viewer?.session?.id ?? null,
        instantAt(unixMsOf(this.#now()) + VISIT_MS),
      ],
    );
    return secret;
  }

  async comeBack(secret: string): Promise<Visit | undefined> {
    const { rows } = await runStatement<{ person: string | null; session: string | null; live: boolean }>(
      this.#pool,
      "DELETE FROM provider_visit WHERE secret_sha256 = $1 RETURNING person, session, expires_at > $2 AS live",
      [sha256(secret), this.#now()],
    );
    const row = rows[0];
    if (row === undefined || !row.live) return undefined;
    const { person, session } = row;
    return { linksFor: person === null || session === null ? undefined : { person, session } };
  }

  async keep(viewer: Viewer, { issuer, subject }: Account): Promise<IdentityId | undefined> {
    const now = this.#now();
    await runStatement(this.#pool, "DELETE FROM identity WHERE linked_at IS NULL AND made_at < $1", [
      instantAt(unixMsOf(now) - PROOF_MS),
    ]);
    const id = idFrom("idy", unixMsOf(now), randomBytes(10));
    // Whoever signed in to the account last may link it; once it is linked, nobody else may.
    const { rowCount } = await runStatement(
      this.#pool,
      `INSERT INTO identity AS i (organisation, id, person, issuer, subject, made_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (issuer, subject) DO UPDATE SET organisation = $1, id = $2, person = $3, made_at = $6
         WHERE i.linked_at IS NULL`,
      [viewer.organisation, id, viewer.id, issuer, subject, now],
    );
    return rowCount === 1 ? id : undefined;
  }

  async signIn({ issuer, subject }: Account, from: Origin): Promise<SignedIn | undefined> {
    const { rows } = await runStatement<{ organisation: string; person: string }>(
      this.#pool,
      `UPDATE identity i SET last_used_at = $3 FROM person p
       WHERE i.issuer = $1 AND i.subject = $2 AND i.linked_at IS NOT NULL
         AND p.organisation = i.organisation AND p.id = i.person AND p.active
       RETURNING i.organisation, i.person`,
      [issuer, subject, this.#now()],
    );
    return rows[0] && enterOrAsk(this.#pool, this.#now(), rows[0], from);
  }
}

/** What rules ask about accounts elsewhere. */
export function identityRecords(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): Pick<AccountRecords, "identities" | "newIdentity"> {
  return {
    identities: (person) => identities(client, organisation, person),
    newIdentity: async (id, person) => {
      const { rows } = await client.query<IdentityRow>(
        `SELECT ${IDENTITY} FROM identity
         WHERE organisation = $1 AND id = $2 AND person = $3 AND linked_at IS NULL AND made_at > $4 FOR UPDATE`,
        [organisation, id, person, instantAt(unixMsOf(now) - PROOF_MS)],
      );
      return rows.map(identityOf)[0];
    },
  };
}

/** What pages show of accounts elsewhere. */
export function identityReading(
  client: pg.ClientBase,
  organisation: string,
): Pick<AccountReading, "identitiesOf"> {
  return { identitiesOf: (person) => identities(client, organisation, person) };
}

/** Links an account elsewhere, or ends the link. */
export async function applyIdentityEffect(
  client: pg.ClientBase,
  organisation: string,
  effect: Extract<CredentialEffect, { kind: "identity_linked" | "identity_unlinked" }>,
): Promise<void> {
  if (effect.kind === "identity_unlinked") {
    await client.query("DELETE FROM identity WHERE organisation = $1 AND id = $2", [
      organisation,
      effect.identity,
    ]);
    return;
  }
  await client.query("UPDATE identity SET linked_at = $3 WHERE organisation = $1 AND id = $2", [
    organisation,
    effect.identity,
    effect.at,
  ]);
}

const IDENTITY = "id, person, issuer, made_at, linked_at, last_used_at";

interface IdentityRow {
  readonly id: IdentityId;
  readonly person: PersonId;
  readonly issuer: string;
  readonly made_at: Date;
  readonly linked_at: Date | null;
  readonly last_used_at: Date | null;
}

async function identities(
  client: pg.ClientBase,
  organisation: string,
  person: PersonId,
): Promise<Identity[]> {
  const { rows } = await client.query<IdentityRow>(
    `SELECT ${IDENTITY} FROM identity
     WHERE organisation = $1 AND person = $2 AND linked_at IS NOT NULL ORDER BY linked_at, id`,
    [organisation, person],
  );
  return rows.map(identityOf);
}

function identityOf(row: IdentityRow): Identity {
  return {
    id: row.id,
    person: row.person,
    issuer: row.issuer,
    linkedAt: instantAt((row.linked_at ?? row.made_at).getTime()),
    lastUsedAt: row.last_used_at && instantAt(row.last_used_at.getTime()),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
