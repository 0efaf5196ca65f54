import type { Origin, SignedIn } from "@jumpkit/app";
import type { Instant } from "@jumpkit/core";
import type pg from "pg";
import { withTransaction } from "../../database/transaction.ts";
import { beginStep, waysOf } from "./second-step.ts";
import { openSession } from "./sessions.ts";

/** After a right first step: a session, or the second step of those who set one. */
export async function enterOrAsk(
  pool: pg.Pool,
  now: Instant,
  whose: { readonly organisation: string; readonly person: string },
  from: Origin,
): Promise<SignedIn> {
  const { organisation, person } = whose;
  const ways = await waysOf(pool, { organisation, person });
  if (ways.length > 0) {
    const step = await beginStep(pool, now, { organisation, person });
    return { kind: "second", step, ways };
  }
  const secret = await withTransaction(pool, organisation, (client) =>
    openSession(client, { organisation, person, from }, now),
  );
  return { kind: "in", secret };
}
