import { createHash, randomBytes } from "node:crypto";
import type { Origin, SignedIn, Viewer } from "@jumpkit/app";
import {
  type BorrowedRole,
  type Instant,
  idFrom,
  instantAt,
  type OrganisationId,
  type Person,
  type PersonDetails,
  type PersonId,
  ROLES,
  type SessionId,
  stampNow,
  told,
  unixMsOf,
} from "@jumpkit/core";
import { emptyRoot } from "@jumpkit/tlog";
import type pg from "pg";
import { runStatement, withOwnerTransaction } from "../../database/transaction.ts";
import { appendFacts } from "../../document/log/append.ts";
import { originOf } from "../../document/log/origin.ts";
import { actingRoles, borrowedColumn } from "../delegation/delegations.ts";
import { enterOrAsk } from "./enter.ts";
import { hashPassphrase, isPassphrase, type Strength, strengthOf } from "./passphrase.ts";
import { noteProof, openSession, SESSION_MS } from "./sessions.ts";
import { viewerOfToken } from "./tokens.ts";

const SET_UP_LINK_MS = 24 * 60 * 60_000;

/** How often a session's last use is written down; more often would cost a write a request. */
const SEEN_EVERY_MS = 60_000;

/** The organisation and the first person that a set-up link founds. */
export interface Founding extends PersonDetails {
  readonly organisation: string;
  readonly codePrefix: string;
  readonly signInName: string;
  /** Set where the organisation is made up to show the product. */
  readonly demonstration?: true;
}

interface SessionRow {
  readonly organisation: OrganisationId;
  readonly id: SessionId;
  readonly seen_at: Date;
  readonly proved_at: Date;
  readonly state: Person;
  readonly borrowed: readonly BorrowedRole[];
}

/** A fresh secret as it goes to its owner, and the digest that is all we keep. */
interface Secret {
  readonly secret: string;
  readonly sha256: string;
}

/**
 * Credentials, sessions and first links: operational tables, which are never entries.
 *
 * Secrets are 256 random bits and only their SHA-256 is kept, so a stolen database signs nobody in.
 */
export class Accounts {
  readonly #pool: pg.Pool;
  readonly #now: () => Instant;

  constructor(pool: pg.Pool, now: () => Instant) {
    this.#pool = pool;
    this.#now = now;
  }

  /** Whether no organisation has been founded yet. */
  async setUpNeeded(): Promise<boolean> {
    const { rowCount } = await runStatement(this.#pool, "SELECT 1 FROM log_head LIMIT 1");
    return rowCount === 0;
  }

  /** The secret of a new one-time link that founds one organisation within a day. Earlier unused links end. */
  async newSetUpLink(): Promise<string> {
    const fresh = newSecret();
    const expiresAt = instantAt(unixMsOf(this.#now()) + SET_UP_LINK_MS);
    await withOwnerTransaction(this.#pool, async (client) => {
      await client.query("DELETE FROM set_up_link");
      await client.query("INSERT INTO set_up_link (secret_sha256, expires_at) VALUES ($1, $2)", [
        fresh.sha256,
        expiresAt,
      ]);
    });
    return fresh.secret;
  }

  /** How hard a passphrase is to guess. */
  strength(passphrase: string, about: readonly string[]): Promise<Strength> {
    return strengthOf(passphrase, about);
  }

  /**
   * Founds an organisation with its first person, and signs that person in.
   *
   * @returns the session's secret, or `undefined` when the link is spent, expired or unknown
   */
  async setUp(
    linkSecret: string,
    founding: Founding,
    passphrase: string,
    from: Origin,
  ): Promise<string | undefined> {
    const now = this.#now();
    const kept = await hashPassphrase(passphrase);
    const organisation = freshId("org", now);
    const person = freshId("psn", now);
    return withOwnerTransaction(this.#pool, async (client) => {
      const { rowCount } = await client.query(
        "DELETE FROM set_up_link WHERE secret_sha256 = $1 AND expires_at > $2",
        [sha256(linkSecret), now],
      );
      if (rowCount === 0) return undefined;
      await client.query(
        "INSERT INTO log_head (organisation, origin, root, recorded_at) VALUES ($1, $2, $3, $4)",
        [organisation, originOf(organisation, 1), emptyRoot(), now],
      );
      await appendFacts(client, organisation, foundingFacts(organisation, person, founding, now), {
        now,
        actor: { id: person, name: founding.name, title: founding.title, phone: founding.phone },
        authority: undefined,
      });
      await keepPassphrase(client, organisation, person, kept, now);
      return openSession(client, { organisation, person, from }, now);
    });
  }

  /**
   * Lets an invited person choose a passphrase, and signs them in.
   *
   * @returns the session's secret, or `undefined` when the link is spent, expired or unknown
   */
  async welcome(linkSecret: string, passphrase: string, from: Origin): Promise<string | undefined> {
    const now = this.#now();
    const kept = await hashPassphrase(passphrase);
    return withOwnerTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ organisation: string; person: string }>(
        `DELETE FROM invitation i USING person p
         WHERE i.secret_sha256 = $1 AND i.expires_at > $2
           AND p.organisation = i.organisation AND p.id = i.person AND p.active
         RETURNING i.organisation, i.person`,
        [sha256(linkSecret), now],
      );
      const invited = rows[0];
      if (invited === undefined) return undefined;
      await keepPassphrase(client, invited.organisation, invited.person, kept, now);
      return openSession(client, { ...invited, from }, now);
    });
  }

  /** Words that a guesser of an invited person's passphrase would try first; none for an unknown link. */
  async wordsAboutInvited(linkSecret: string): Promise<readonly string[]> {
    const { rows } = await runStatement<{ state: Person }>(
      this.#pool,
      `SELECT p.state FROM invitation i JOIN person p ON p.organisation = i.organisation AND p.id = i.person
       WHERE i.secret_sha256 = $1`,
      [sha256(linkSecret)],
    );
    const person = rows[0]?.state;
    return person === undefined ? [] : [person.name, person.signInName, person.email];
  }

  /** A session or a second step, or `undefined`: wrong name, wrong passphrase and inactive look the same. */
  async signIn(signInName: string, passphrase: string, from: Origin): Promise<SignedIn | undefined> {
    const { rows } = await runStatement<{ organisation: string; person: string; passphrase: string }>(
      this.#pool,
      `SELECT p.organisation, p.id AS person, c.passphrase FROM person p
       JOIN credential c ON c.organisation = p.organisation AND c.person = p.id
       WHERE p.sign_in_name = $1 AND p.active ORDER BY p.organisation LIMIT 8`,
      [signInName],
    );
    const candidates = rows.length === 0 ? [undefined] : rows;
    for (const candidate of candidates) {
      if ((await isPassphrase(candidate?.passphrase, passphrase)) && candidate !== undefined) {
        return enterOrAsk(this.#pool, this.#now(), candidate, from);
      }
    }
    return undefined;
  }

  /** The person whose session this is, as the record says they are now; `undefined` when it is none. */
  async viewer(sessionSecret: string): Promise<Viewer | undefined> {
    const now = this.#now();
    const digest = sha256(sessionSecret);
    const { rows } = await runStatement<SessionRow>(
      this.#pool,
      `SELECT s.organisation, s.id, s.seen_at, s.proved_at, p.state, ${borrowedColumn("$2")}
        FROM session s
        JOIN person p ON p.organisation = s.organisation AND p.id = s.person AND p.active
        WHERE s.secret_sha256 = $1 AND s.expires_at > $2`,
      [digest, now],
      "viewer",
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    if (unixMsOf(now) - row.seen_at.getTime() > SEEN_EVERY_MS) {
      const expiresAt = instantAt(unixMsOf(now) + SESSION_MS);
      await runStatement(
        this.#pool,
        "UPDATE session SET seen_at = $2, expires_at = $3 WHERE secret_sha256 = $1",
        [digest, now, expiresAt],
      );
    }
    const { id, name, title, phone, zone } = row.state;
    const { organisation, borrowed } = row;
    const roles = actingRoles(row.state.roles, borrowed);
    const session = { id: row.id, provedAt: instantAt(row.proved_at.getTime()) };
    return { organisation, id, name, title, phone, zone, roles, borrowed, session };
  }

  /** The owner of a token that works now; `undefined` when it is none. */
  bearer(tokenSecret: string): Promise<Viewer | undefined> {
    return viewerOfToken(this.#pool, sha256(tokenSecret), this.#now());
  }

  /** Whether this is the passphrase of the session's person; when it is, the session has a fresh proof. */
  async prove(viewer: Viewer, passphrase: string): Promise<boolean> {
    if (viewer.session === undefined) return false;
    const { rows } = await runStatement<{ passphrase: string }>(
      this.#pool,
      "SELECT passphrase FROM credential WHERE organisation = $1 AND person = $2",
      [viewer.organisation, viewer.id],
    );
    if (!(await isPassphrase(rows[0]?.passphrase, passphrase))) return false;
    await noteProof(this.#pool, viewer, this.#now());
    return true;
  }

  /** Ends a session; an unknown one is ended already. */
  async signOut(sessionSecret: string): Promise<void> {
    await runStatement(this.#pool, "DELETE FROM session WHERE secret_sha256 = $1", [sha256(sessionSecret)]);
  }
}

function foundingFacts(organisation: OrganisationId, person: PersonId, founding: Founding, now: Instant) {
  const { organisation: name, codePrefix, signInName } = founding;
  const happened = stampNow(now, founding.zone);
  return [
    {
      type: "organisation.founded" as const,
      incident: null,
      happened,
      body: {
        organisation,
        name,
        codePrefix,
        ...(founding.demonstration ? { demonstration: true as const } : {}),
      },
    },
    {
      type: "person.added" as const,
      incident: null,
      happened,
      // Somebody has to be able to begin; the first acts are to adopt the policy and to share out the roles.
      body: { person, signInName, ...told(founding), roles: ROLES.filter((role) => role !== "observer") },
    },
  ];
}

async function keepPassphrase(
  client: pg.ClientBase,
  organisation: string,
  person: string,
  kept: string,
  now: Instant,
): Promise<void> {
  await client.query(
    `INSERT INTO credential (organisation, person, passphrase, changed_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organisation, person) DO UPDATE SET passphrase = $3, changed_at = $4`,
    [organisation, person, kept, now],
  );
}

function newSecret(): Secret {
  const secret = randomBytes(32).toString("hex");
  return { secret, sha256: sha256(secret) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function freshId<const Prefix extends string>(prefix: Prefix, now: Instant) {
  return idFrom(prefix, unixMsOf(now), randomBytes(10));
}
