import {
  type AnyEntry,
  foldName,
  ISOLATION_ENTRIES,
  type Isolation,
  needsCare,
  projectIsolation,
  projectSpare,
  projectWatch,
  SPARE_ENTRIES,
  type Spare,
  WATCH_ENTRIES,
  type Watch,
} from "@jumpkit/core";
import type pg from "pg";

/** The tables of containment, with the columns of each key beside the organisation. */
export const CONTAIN_TABLES = { isolation: ["id"], watch: ["incident"], spare: ["id"] } as const;

/** Brings containment up to date with one more entry; leaves entries of other nouns alone. */
export async function projectContain(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (entry.type in ISOLATION_ENTRIES) {
    await projectIsolations(client, organisation, entry as IsolationEntry);
  } else if (entry.type in WATCH_ENTRIES) {
    await projectWatches(client, organisation, entry as WatchEntry);
  } else if (entry.type in SPARE_ENTRIES) {
    await projectSpares(client, organisation, entry as SpareEntry);
  }
}

type IsolationEntry = Extract<AnyEntry, { type: keyof typeof ISOLATION_ENTRIES }>;
type WatchEntry = Extract<AnyEntry, { type: keyof typeof WATCH_ENTRIES }>;
type SpareEntry = Extract<AnyEntry, { type: keyof typeof SPARE_ENTRIES }>;

async function projectIsolations(client: pg.ClientBase, organisation: string, entry: IsolationEntry) {
  const { rows } = await client.query<{ state: Isolation }>(
    "SELECT state FROM isolation WHERE organisation = $1 AND id = $2",
    [organisation, entry.body.isolation],
  );
  const after = projectIsolation(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-isolation",
    text: `INSERT INTO isolation (organisation, id, incident, standing, review_at, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET standing = $4, review_at = $5, state = $6`,
    values: [organisation, after.id, after.incident, needsCare(after), after.reviewAt, JSON.stringify(after)],
  });
}

async function projectWatches(client: pg.ClientBase, organisation: string, entry: WatchEntry) {
  const { rows } = await client.query<{ state: Watch }>(
    "SELECT state FROM watch WHERE organisation = $1 AND incident = $2",
    [organisation, entry.incident],
  );
  const after = projectWatch(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-watch",
    text: `INSERT INTO watch (organisation, incident, state) VALUES ($1, $2, $3)
      ON CONFLICT (organisation, incident) DO UPDATE SET state = $3`,
    values: [organisation, after.incident, JSON.stringify(after)],
  });
}

async function projectSpares(client: pg.ClientBase, organisation: string, entry: SpareEntry) {
  const { rows } = await client.query<{ state: Spare }>(
    "SELECT state FROM spare WHERE organisation = $1 AND id = $2",
    [organisation, entry.body.spare],
  );
  const after = projectSpare(rows[0]?.state, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-spare",
    text: `INSERT INTO spare (organisation, id, folded, active, stands_in_for, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET folded = $3, active = $4, stands_in_for = $5, state = $6`,
    values: [
      organisation,
      after.id,
      foldName(after.name),
      after.status === "active",
      after.standsInFor,
      JSON.stringify(after),
    ],
  });
}
