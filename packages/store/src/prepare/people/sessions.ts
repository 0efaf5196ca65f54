import { createHash, randomBytes } from "node:crypto";
import type { Origin, Viewer } from "@jumpkit/app";
import { type Instant, idFrom, instantAt, unixMsOf } from "@jumpkit/core";
import type pg from "pg";
import { runStatement } from "../../database/transaction.ts";

/** How long a session lasts without use. */
export const SESSION_MS = 12 * 60 * 60_000;

/** Begins a session of a person who just proved who they are; gives back its secret. */
export async function openSession(
  client: Pick<pg.ClientBase, "query">,
  whose: { readonly organisation: string; readonly person: string; readonly from: Origin },
  now: Instant,
): Promise<string> {
  const secret = randomBytes(32).toString("hex");
  await client.query(
    `INSERT INTO session
       (organisation, id, secret_sha256, person, created_at, seen_at, proved_at, expires_at, agent, address)
     VALUES ($1, $2, $3, $4, $5, $5, $5, $6, $7, $8)`,
    [
      whose.organisation,
      idFrom("ses", unixMsOf(now), randomBytes(10)),
      createHash("sha256").update(secret).digest("hex"),
      whose.person,
      now,
      instantAt(unixMsOf(now) + SESSION_MS),
      whose.from.agent,
      whose.from.address,
    ],
  );
  return secret;
}

/** Notes that the person of this session proved anew who they are. */
export async function noteProof(pool: pg.Pool, viewer: Viewer, now: Instant): Promise<void> {
  await runStatement(pool, "UPDATE session SET proved_at = $3 WHERE organisation = $1 AND id = $2", [
    viewer.organisation,
    viewer.session?.id,
    now,
  ]);
}
