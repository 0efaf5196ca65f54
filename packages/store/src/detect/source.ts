import { projectSource, type SOURCE_ENTRIES, type Source } from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../projection/state-of.ts";

type SourceEntry = Parameters<typeof projectSource>[1];

/** Whether an entry is one of a source's. */
export function isSourceEntry(entry: { readonly type: string }): entry is SourceEntry {
  return TYPES.has(entry.type);
}

const TYPES: ReadonlySet<string> = new Set<keyof typeof SOURCE_ENTRIES>([
  "source.added",
  "source.changed",
  "source.retired",
]);

/** Brings the table of sources up to date with one more entry. */
export async function projectSources(
  client: pg.ClientBase,
  organisation: string,
  entry: SourceEntry,
): Promise<void> {
  const id = entry.body.source;
  if (id === undefined) return;
  const before = await stateOf<Source>(client, "source", organisation, id);
  const after = projectSource(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-source",
    text: `INSERT INTO source (organisation, id, name, active, state) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (organisation, id) DO UPDATE SET name = $3, active = $4, state = $5`,
    values: [organisation, id, after.name, after.status === "active", JSON.stringify(after)],
  });
}
