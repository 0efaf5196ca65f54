import { type Observable, projectObservable } from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../../projection/state-of.ts";
import { digestOf } from "./sighting.ts";

export type ObservableEntry = Parameters<typeof projectObservable>[1];

/** Brings the confirmed values of an incident up to date with one more entry. */
export async function projectObservables(
  client: pg.ClientBase,
  organisation: string,
  entry: ObservableEntry,
): Promise<void> {
  const { kind, value } = entry.body;
  if (kind === undefined || value === undefined || entry.incident === null) return;
  const digest = digestOf({ kind, value });
  const id = `${entry.incident}.${digest}`;
  const before = await stateOf<Observable>(client, "observable", organisation, id);
  const after = projectObservable(before, entry);
  if (after === undefined) return;
  await client.query(
    `INSERT INTO observable (organisation, id, incident, digest, confirmed, state) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (organisation, id) DO UPDATE SET confirmed = $5, state = $6`,
    [organisation, id, entry.incident, digest, after.confirmed, JSON.stringify(after)],
  );
}
