import type { AnyEntry } from "@jumpkit/core";
import { projectTriage, type SignTriage, TRIAGE_ENTRIES } from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../../projection/state-of.ts";

type TriageEntry = Parameters<typeof projectTriage>[1];

/** Whether an entry tells of a decision on a sign. */
export function tellsOfTriage(entry: AnyEntry): entry is TriageEntry & AnyEntry {
  return entry.type in TRIAGE_ENTRIES;
}

/** Brings a sign's place in triage up to date with one more entry, and whether it waits. */
export async function projectSigns(
  client: pg.ClientBase,
  organisation: string,
  entry: TriageEntry,
): Promise<void> {
  const { sign } = entry.body;
  if (sign === undefined) return;
  const before = await stateOf<SignTriage>(client, "sign_triage", organisation, sign, "sign");
  const after = projectTriage(before, entry);
  if (after === undefined) return;
  const { decision } = after;
  await client.query({
    name: "project-triage",
    text: `INSERT INTO sign_triage
        (organisation, sign, status, incident, snoozed_until, state, rule, source, reason, decided_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (organisation, sign) DO UPDATE SET status = $3, incident = $4, snoozed_until = $5, state = $6,
        rule = $7, source = $8, reason = $9, decided_at = $10`,
    values: [
      organisation,
      sign,
      after.status,
      decision?.incident ?? null,
      decision?.until ?? null,
      JSON.stringify(after),
      after.rule,
      after.source,
      decision?.reason ?? null,
      decision?.at ?? null,
    ],
  });
  await client.query({
    name: "sign-waits",
    text: "UPDATE sign SET waiting = $3 WHERE organisation = $1 AND id = $2 AND waiting <> $3",
    values: [organisation, sign, after.status === "waiting"],
  });
}
