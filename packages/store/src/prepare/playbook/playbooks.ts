import type { PlaybookReading, PlaybookRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  CHECKLIST_ENTRIES,
  type Checklist,
  PLAYBOOK_ENTRIES,
  type Playbook,
  projectChecklist,
  projectPlaybook,
} from "@jumpkit/core";
import type pg from "pg";

/** The tables of playbooks and checklists, with the columns of their keys beside the organisation. */
export const PLAYBOOK_TABLES = { playbook: ["id"], checklist: ["id"] } as const;

/** Brings playbooks and checklists up to date with one more entry; leaves entries of other nouns alone. */
export async function projectPlaybooks(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (entry.type in PLAYBOOK_ENTRIES) {
    await projectOne(client, organisation, entry as Parameters<typeof projectPlaybook>[1]);
  }
  if (entry.type in CHECKLIST_ENTRIES) {
    await projectList(client, organisation, entry as Parameters<typeof projectChecklist>[1]);
  }
}

async function projectOne(
  client: pg.ClientBase,
  organisation: string,
  entry: Parameters<typeof projectPlaybook>[1],
): Promise<void> {
  const before = await stateOf<Playbook>(client, "playbook", organisation, entry.body.playbook);
  const after = projectPlaybook(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-playbook",
    text: `INSERT INTO playbook (organisation, id, shipped, state) VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation, id) DO UPDATE SET shipped = $3, state = $4`,
    values: [organisation, after.id, after.shipped, JSON.stringify(after)],
  });
}

async function projectList(
  client: pg.ClientBase,
  organisation: string,
  entry: Parameters<typeof projectChecklist>[1],
): Promise<void> {
  const before = await stateOf<Checklist>(client, "checklist", organisation, entry.body.checklist);
  const after = projectChecklist(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-checklist",
    text: `INSERT INTO checklist (organisation, id, incident, state) VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation, id) DO UPDATE SET state = $4`,
    values: [organisation, after.id, after.incident, JSON.stringify(after)],
  });
}

/** What rules ask about playbooks and checklists, in the running transaction. */
export function playbookRecords(client: pg.ClientBase, organisation: string): PlaybookRecords {
  const read = playbookReading(client, organisation);
  return {
    checklistsOf: read.checklistsOf,
    playbook: async (id) => {
      const { rows } = await client.query<{ state: Playbook }>(
        "SELECT state FROM playbook WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    adoptedFrom: async (shipped) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 17))", [organisation]);
      const { rows } = await client.query<{ state: Playbook }>(
        `SELECT state FROM playbook WHERE organisation = $1 AND shipped = $2 AND state->>'status' <> 'retired'
         ORDER BY id LIMIT 1`,
        [organisation, shipped],
      );
      return rows[0]?.state;
    },
    checklist: async (id) => {
      const found = await stateOf<Checklist>(client, "checklist", organisation, id);
      if (found === undefined) return undefined;
      await client.query("SELECT 1 FROM incident WHERE organisation = $1 AND id = $2 FOR UPDATE", [
        organisation,
        found.incident,
      ]);
      return stateOf<Checklist>(client, "checklist", organisation, id);
    },
  };
}

/** What queries read of playbooks and checklists, in the connection's running transaction. */
export function playbookReading(client: pg.ClientBase, organisation: string): PlaybookReading {
  return {
    all: async () => {
      const { rows } = await client.query<{ state: Playbook }>(
        `SELECT state FROM playbook WHERE organisation = $1
         ORDER BY state->>'status' = 'retired', coalesce(state->'inForce'->>'title', state->'draft'->>'title'), id`,
        [organisation],
      );
      return rows.map((row) => row.state);
    },
    playbook: (id) => stateOf<Playbook>(client, "playbook", organisation, id),
    checklistsOf: async (incident) => {
      const { rows } = await client.query<{ state: Checklist }>(
        "SELECT state FROM checklist WHERE organisation = $1 AND incident = $2 ORDER BY id",
        [organisation, incident],
      );
      return rows.map((row) => row.state);
    },
  };
}

async function stateOf<State>(
  client: pg.ClientBase,
  table: keyof typeof PLAYBOOK_TABLES,
  organisation: string,
  id: string | undefined,
): Promise<State | undefined> {
  const { rows } = await client.query<{ state: State }>(
    `SELECT state FROM ${table} WHERE organisation = $1 AND id = $2`,
    [organisation, id],
  );
  return rows[0]?.state;
}
