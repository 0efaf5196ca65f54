import type { ApprovalEffect } from "@jumpkit/app";
import { type ApprovalCard, instantAt, type PersonId } from "@jumpkit/core";
import { hash, verify } from "@node-rs/argon2";
import type pg from "pg";

/**
 * A code has a million values: only slowness keeps who reads the table from trying them all.
 *
 * @source OWASP Password Storage Cheat Sheet, argon2id with 19 MiB
 */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A person's card; with `lock`, those who try its codes wait for one another. */
export async function cardOf(
  client: pg.ClientBase,
  organisation: string,
  person: PersonId,
  lock: "lock" | "read",
): Promise<ApprovalCard | undefined> {
  const { rows } = await client.query<{ printed_at: Date; failed_count: number; left: number }>(
    `SELECT printed_at, failed_count, (
       SELECT count(*)::int FROM approval_card_code c
       WHERE c.organisation = card.organisation AND c.person = card.person AND NOT c.used
     ) AS left
     FROM approval_card card WHERE organisation = $1 AND person = $2${lock === "lock" ? " FOR UPDATE" : ""}`,
    [organisation, person],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const printedAt = instantAt(row.printed_at.getTime());
  return { person, printedAt, left: row.left, failedCount: row.failed_count };
}

/** Whether this is the unused code with this number of the person's card. */
export async function isCardCode(
  client: pg.ClientBase,
  organisation: string,
  person: PersonId,
  number: number,
  code: string,
): Promise<boolean> {
  const { rows } = await client.query<{ digest: string }>(
    `SELECT digest FROM approval_card_code
     WHERE organisation = $1 AND person = $2 AND number = $3 AND NOT used`,
    [organisation, person, number],
  );
  const kept = rows[0]?.digest;
  return kept !== undefined && verify(kept, code);
}

/** Keeps a new card in place of the old, or notes that a code was used or misread. */
export async function applyCardEffect(
  client: pg.ClientBase,
  organisation: string,
  effect: ApprovalEffect,
): Promise<void> {
  const whose = [organisation, effect.person];
  if (effect.kind === "card_failed") {
    await client.query(
      "UPDATE approval_card SET failed_count = failed_count + 1 WHERE organisation = $1 AND person = $2",
      whose,
    );
    return;
  }
  if (effect.kind === "card_code_used") {
    await client.query(
      "UPDATE approval_card_code SET used = true WHERE organisation = $1 AND person = $2 AND number = $3",
      [...whose, effect.number],
    );
    await client.query(
      "UPDATE approval_card SET failed_count = 0 WHERE organisation = $1 AND person = $2",
      whose,
    );
    return;
  }
  const digests = await Promise.all(effect.codes.map((code) => hash(code, ARGON2)));
  await client.query("DELETE FROM approval_card_code WHERE organisation = $1 AND person = $2", whose);
  await client.query(
    `INSERT INTO approval_card (organisation, person, printed_at, failed_count) VALUES ($1, $2, $3, 0)
     ON CONFLICT (organisation, person) DO UPDATE SET printed_at = $3, failed_count = 0`,
    [...whose, effect.at],
  );
  await client.query(
    `INSERT INTO approval_card_code (organisation, person, number, digest, used)
     SELECT $1, $2, number, digest, false FROM unnest($3::text[]) WITH ORDINALITY AS c(digest, number)`,
    [...whose, digests],
  );
}
