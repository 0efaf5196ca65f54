import { createHash, randomBytes } from "node:crypto";
import type { SecondWay } from "@jumpkit/app";
import { type Instant, instantAt, unixMsOf } from "@jumpkit/core";
import type pg from "pg";
import { runStatement, withOwnerTransaction } from "../../database/transaction.ts";
import type { Seal } from "./seal-key.ts";
import { matchingStep } from "./totp.ts";

/** How long somebody may take between the passphrase and the code. */
const STEP_MS = 5 * 60_000;

/** After how many wrong answers a sign-in has to begin again. */
const WRONG_MAX = 5;

/** A sign-in that is under way: whom the passphrase was right for, or nobody yet. */
export interface Step {
  readonly organisation: string | undefined;
  readonly person: string | undefined;
  readonly challenge: string;
}

/** Begins a step of signing in; gives back its secret. */
export async function beginStep(
  pool: pg.Pool,
  now: Instant,
  whose: { readonly organisation: string; readonly person: string } | undefined,
): Promise<string> {
  const secret = randomBytes(32).toString("hex");
  await runStatement(
    pool,
    "INSERT INTO sign_in_step (secret_sha256, organisation, person, expires_at) VALUES ($1, $2, $3, $4)",
    [sha256(secret), whose?.organisation ?? null, whose?.person ?? null, instantAt(unixMsOf(now) + STEP_MS)],
  );
  return secret;
}

/** The step with this secret, or `undefined` when it has ended or there were too many wrong answers. */
export async function stepOf(pool: pg.Pool, now: Instant, secret: string): Promise<Step | undefined> {
  const { rows } = await runStatement<{
    organisation: string | null;
    person: string | null;
    challenge: string;
  }>(
    pool,
    `SELECT organisation, person, challenge FROM sign_in_step
     WHERE secret_sha256 = $1 AND expires_at > $2 AND wrong_count < $3`,
    [sha256(secret), now, WRONG_MAX],
  );
  const row = rows[0];
  return (
    row && {
      organisation: row.organisation ?? undefined,
      person: row.person ?? undefined,
      challenge: row.challenge,
    }
  );
}

/** Notes what a passkey is asked to sign in this step. */
export async function setChallenge(pool: pg.Pool, secret: string, challenge: string): Promise<void> {
  await runStatement(pool, "UPDATE sign_in_step SET challenge = $2 WHERE secret_sha256 = $1", [
    sha256(secret),
    challenge,
  ]);
}

/** Notes a wrong answer. */
export async function noteWrong(pool: pg.Pool, secret: string): Promise<void> {
  await runStatement(pool, "UPDATE sign_in_step SET wrong_count = wrong_count + 1 WHERE secret_sha256 = $1", [
    sha256(secret),
  ]);
}

/** Ends a step; `false` when somebody else ended it at the same moment. */
export async function endStep(pool: pg.Pool, secret: string): Promise<boolean> {
  const { rowCount } = await runStatement(pool, "DELETE FROM sign_in_step WHERE secret_sha256 = $1", [
    sha256(secret),
  ]);
  return rowCount === 1;
}

/** By which second steps a person can sign in; none when the passphrase is all there is. */
export async function waysOf(
  pool: pg.Pool,
  { organisation, person }: { readonly organisation: string; readonly person: string },
): Promise<readonly SecondWay[]> {
  const { rows } = await runStatement<{ code: boolean; passkey: boolean; recovery: boolean }>(
    pool,
    `SELECT
       EXISTS (SELECT FROM second_factor WHERE organisation = $1 AND person = $2 AND NOT is_new) AS code,
       EXISTS (SELECT FROM passkey WHERE organisation = $1 AND person = $2 AND name <> '') AS passkey,
       EXISTS (SELECT FROM recovery_code WHERE organisation = $1 AND person = $2) AS recovery`,
    [organisation, person],
  );
  const ways = rows[0] ?? { code: false, passkey: false, recovery: false };
  return (["code", "passkey", "recovery"] as const).filter((way) => ways[way]);
}

/**
 * Whether this is a code of the person's authenticator that was not used before, or a recovery code, which is then
 * used up.
 */
export async function isCode(
  pool: pg.Pool,
  seal: Seal,
  now: Instant,
  whose: { readonly organisation: string; readonly person: string; readonly isNew: boolean },
  code: string,
): Promise<boolean> {
  const { organisation, person, isNew } = whose;
  return withOwnerTransaction(pool, async (client) => {
    const { rows } = await client.query<{ sealed: string; last_step: string }>(
      `SELECT sealed, last_step FROM second_factor
       WHERE organisation = $1 AND person = $2 AND is_new = $3 FOR UPDATE`,
      [organisation, person, isNew],
    );
    const row = rows[0];
    const secret = row && seal.open(row.sealed, `${organisation} ${person}`);
    const step = secret && matchingStep(secret, code, unixMsOf(now), Number(row.last_step));
    if (step !== undefined) {
      await client.query(
        `UPDATE second_factor SET last_step = $4, checked_at = $5
         WHERE organisation = $1 AND person = $2 AND is_new = $3`,
        [organisation, person, isNew, step, now],
      );
      return true;
    }
    if (isNew) return false;
    const { rowCount } = await client.query(
      "DELETE FROM recovery_code WHERE organisation = $1 AND person = $2 AND code_sha256 = $3",
      [organisation, person, sha256(code.trim().toLowerCase())],
    );
    return rowCount === 1;
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
