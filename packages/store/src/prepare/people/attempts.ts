import { createHash } from "node:crypto";
import { type Instant, instantAt, unixMsOf } from "@jumpkit/core";
import type pg from "pg";
import { runStatement, withOwnerTransaction } from "../../database/transaction.ts";

/** How long something has to have been left alone until its failures are forgotten. */
const FORGET_MS = 24 * 60 * 60_000;

/** For how long an address from which somebody signed in counts as theirs. */
const KNOWN_MS = 30 * 24 * 60 * 60_000;

/** After how many failures waiting begins, with how much, and what it never exceeds. */
interface Slowing {
  readonly freeCount: number;
  readonly firstMs: number;
  readonly mostMs: number;
}

/** One guesser at one name: soon slow, up to a quarter of an hour for each further guess. */
const BY_PAIR: Slowing = { freeCount: 5, firstMs: 30_000, mostMs: 15 * 60_000 };

/** Many guessers at one name. The wait stays short, so that no outsider can lock anybody out. */
const BY_NAME: Slowing = { freeCount: 50, firstMs: 1_000, mostMs: 30_000 };

/** One address at many names, and at links: sixty for nothing, as a whole office behind one address may need. */
const BY_ADDRESS: Slowing = { freeCount: 60, firstMs: 60_000, mostMs: 60_000 };

/** Codes of one person's authenticator: a million are possible, so few may be tried. */
const BY_CODE: Slowing = { freeCount: 5, firstMs: 5_000, mostMs: 15 * 60_000 };

/** Read-back codes over the telephone: people misread, and a card bears five wrong codes; two cards' worth is free. */
const BY_VOICE: Slowing = { freeCount: 10, firstMs: 30_000, mostMs: 15 * 60_000 };

/**
 * How often the doors before sign-in were tried in vain, kept in the database: it holds across servers and restarts.
 *
 * Every try is counted before it is judged, so that many at once count too; whoever gets in is forgiven. Keys are
 * digests: the table names nobody.
 */
export class Attempts {
  readonly #pool: pg.Pool;
  readonly #now: () => Instant;

  constructor(pool: pg.Pool, now: () => Instant) {
    this.#pool = pool;
    this.#now = now;
  }

  /** Seconds to wait before this name may be tried from this address; `undefined` when it may be now. */
  async signIn(name: string, address: string): Promise<number | undefined> {
    const pair = await this.#spend(pairKey(name, address), BY_PAIR);
    if (pair !== undefined) return pair;
    // Where the person has signed in before, strangers elsewhere cannot make them wait.
    const known = await this.#isKnown(name, address);
    const byName = known ? undefined : await this.#spend(key("name", name), BY_NAME);
    return byName ?? this.#spend(key("address", address), BY_ADDRESS);
  }

  /** Seconds to wait before this address may try a link. */
  address(address: string): Promise<number | undefined> {
    return this.#spend(key("address", address), BY_ADDRESS);
  }

  /** Seconds to wait before a code or passphrase of this person may be tried inside a sign-in or session. */
  code(person: string): Promise<number | undefined> {
    return this.#spend(key("code", person), BY_CODE);
  }

  /**
   * Seconds to wait before this person may try a read-back code of that approver. Whoever guesses is slowed down
   * with every approver, and from every place; the approver's own sign-in is not: others must not make them wait.
   */
  async voice(taker: string, approver: string, address: string): Promise<number | undefined> {
    const taken = await this.#spend(key("voice", taker), BY_VOICE);
    const given = taken ?? (await this.#spend(key("voice of", approver), BY_VOICE));
    return given ?? this.#spend(key("address", address), BY_ADDRESS);
  }

  /** Forgets the failures of this pair: the right code was read. */
  async forgiveVoice(taker: string, approver: string, address: string): Promise<void> {
    await this.#forget([key("voice", taker), key("voice of", approver), key("address", address)]);
  }

  /** Forgets the failures of this person's codes: the right one was given. */
  async forgiveCode(person: string): Promise<void> {
    await this.#forget([key("code", person)]);
  }

  /** Forgets the failures of this address: somebody got in from it. */
  async forgiveAddress(address: string): Promise<void> {
    await this.#forget([key("address", address)]);
  }

  /** Forgets the failures of a name, and remembers the address as one that its owner signs in from. */
  async forgive(name: string, address: string): Promise<void> {
    await this.#forget([pairKey(name, address), key("name", name), key("address", address)]);
    const now = this.#now();
    await runStatement(
      this.#pool,
      `INSERT INTO attempt (key, failed_count, last_at, wait_until) VALUES ($1, 0, $2, $3)
       ON CONFLICT (key) DO UPDATE SET last_at = $2, wait_until = $3`,
      [knownKey(name, address), now, instantAt(unixMsOf(now) + KNOWN_MS)],
    );
  }

  async #isKnown(name: string, address: string): Promise<boolean> {
    const { rowCount } = await runStatement(
      this.#pool,
      "SELECT 1 FROM attempt WHERE key = $1 AND wait_until > $2",
      [knownKey(name, address), this.#now()],
    );
    return rowCount !== 0;
  }

  async #forget(keys: readonly string[]): Promise<void> {
    await runStatement(this.#pool, "DELETE FROM attempt WHERE key = ANY($1)", [keys]);
  }

  #spend(about: string, slowing: Slowing): Promise<number | undefined> {
    const nowMs = unixMsOf(this.#now());
    return withOwnerTransaction(this.#pool, async (client) => {
      await client.query(
        "INSERT INTO attempt (key, failed_count, last_at, wait_until) VALUES ($1, 0, $2, $2) ON CONFLICT DO NOTHING",
        [about, instantAt(nowMs)],
      );
      const { rows } = await client.query<{ failed_count: number; last_at: Date; wait_until: Date }>(
        "SELECT failed_count, last_at, wait_until FROM attempt WHERE key = $1 FOR UPDATE",
        [about],
      );
      const before = rows[0];
      if (before === undefined) return undefined;
      const leftMs = before.wait_until.getTime() - nowMs;
      if (leftMs > 0) return Math.ceil(leftMs / 1000);
      const forgotten = nowMs - before.last_at.getTime() > FORGET_MS;
      const count = (forgotten ? 0 : before.failed_count) + 1;
      const waitMs = waitAfter(count, slowing);
      await client.query(
        "UPDATE attempt SET failed_count = $2, last_at = $3, wait_until = $4 WHERE key = $1",
        [about, count, instantAt(nowMs), instantAt(nowMs + waitMs)],
      );
      return undefined;
    });
  }
}

function waitAfter(failedCount: number, { freeCount, firstMs, mostMs }: Slowing): number {
  if (failedCount <= freeCount) return 0;
  return Math.min(firstMs * 2 ** Math.min(failedCount - freeCount - 1, 30), mostMs);
}

function key(kind: string, ...words: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, ...words]))
    .digest("hex");
}

function pairKey(name: string, address: string): string {
  return key("pair", name, address);
}

function knownKey(name: string, address: string): string {
  return key("known", name, address);
}
