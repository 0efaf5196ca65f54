import type { PolicyReading, PolicyRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  DRAFT_ENTRIES,
  decisionOf,
  furthest,
  type PolicyDecision,
  type PolicyDraft,
  type PolicyTable,
  type PolicyVersion,
  projectDraft,
  type RolesAt,
  roleHistory,
} from "@jumpkit/core";
import type pg from "pg";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "../../document/log/read.ts";
import type { CedarEngine } from "./authority.ts";

/** The table of the draft; an organisation has one. */
export const DRAFT_TABLES = { policy_draft: ["organisation"] } as const;

/** Brings the draft up to date with one more entry; leaves entries of other nouns alone. */
export async function projectDrafts(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in DRAFT_ENTRIES)) return;
  const before = await draftOf(client, organisation, "");
  const after = projectDraft(before, entry as Parameters<typeof projectDraft>[1]);
  if (after === undefined) return;
  await client.query(
    `INSERT INTO policy_draft (organisation, state) VALUES ($1, $2)
     ON CONFLICT (organisation) DO UPDATE SET state = $2`,
    [organisation, JSON.stringify(after)],
  );
}

async function draftOf(
  client: pg.ClientBase,
  organisation: string,
  lock: "" | " FOR UPDATE",
): Promise<PolicyDraft | undefined> {
  const { rows } = await client.query<{ state: PolicyDraft }>(
    `SELECT state FROM policy_draft WHERE organisation = $1${lock}`,
    [organisation],
  );
  return rows[0]?.state;
}

/** What rules ask about the next version of the policy, in the running transaction. */
export function policyRecords(client: pg.ClientBase, organisation: string): PolicyRecords {
  return {
    latestVersion: async () => {
      // Of two who would adopt at once, the second waits and then sees the first's version.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [organisation]);
      const { rows } = await client.query<{ version: number }>(
        "SELECT coalesce(max(version), 0)::int AS version FROM policy_version WHERE organisation = $1",
        [organisation],
      );
      return rows[0]?.version ?? 0;
    },
    draft: () => draftOf(client, organisation, " FOR UPDATE"),
  };
}

/** What queries read of versions and drafts, in the connection's running transaction. */
export function policyReading(
  client: pg.ClientBase,
  organisation: string,
  engine: CedarEngine,
): PolicyReading {
  return {
    draft: () => draftOf(client, organisation, ""),
    table: (policy) => engine.tableOf(policy),
    inForceAt: async (at) => {
      const { rows } = await client.query<{ state: PolicyVersion }>(
        `SELECT state FROM policy_version
         WHERE organisation = $1 AND state->>'adoptedAt' <= $2::text
           AND (effective_at IS NULL OR effective_at <= $2::timestamptz)
         ORDER BY version DESC LIMIT 1`,
        [organisation, at],
      );
      return rows[0]?.state;
    },
    decisionsSince: async (at, limit) => {
      const { rows } = await client.query<EntryRow>(
        `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
         WHERE e.organisation = $1 AND e.recorded_at > $2 ORDER BY e.seq DESC LIMIT $3`,
        [organisation, at, limit],
      );
      const rolesAt = roleHistory(await entriesOfRoles(client, organisation));
      const tables = await tablesOf(client, organisation, engine);
      return rows.map(readEntry).flatMap((entry) => decisionIn(entry, rolesAt, tables) ?? []);
    },
  };
}

/** Everything on record about who held which roles; an index holds these few entries alone. */
async function entriesOfRoles(client: pg.ClientBase, organisation: string): Promise<AnyEntry[]> {
  const { rows } = await client.query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
     WHERE e.organisation = $1 AND (e.type LIKE 'person.%' OR e.type IN ('authority.delegated', 'authority.ended'))
     ORDER BY e.seq`,
    [organisation],
  );
  return rows.map(readEntry);
}

type TableBy = (digest: string) => PolicyTable | undefined;

async function tablesOf(client: pg.ClientBase, organisation: string, engine: CedarEngine): Promise<TableBy> {
  const { rows } = await client.query<{ state: PolicyVersion }>(
    "SELECT state FROM policy_version WHERE organisation = $1 ORDER BY version DESC LIMIT 8",
    [organisation],
  );
  const versions = new Map(rows.map(({ state }) => [state.digest, state]));
  return (digest) => {
    const document = versions.get(digest)?.document;
    return document && engine.tableOf({ digest, document });
  };
}

function decisionIn(entry: AnyEntry, rolesAt: RolesAt, tableBy: TableBy): PolicyDecision | undefined {
  const at = entry.recordedAt;
  if (entry.type === "authority.denied") {
    const { action, person, policy = "" } = entry.body;
    if (action === undefined || person === undefined) return undefined;
    const roles = rolesAt(person, at);
    const said = furthest(tableBy(policy) ?? [], action, roles)?.effect ?? "forbidden";
    return { action, roles, said, allowed: false, at };
  }
  if (entry.authority === undefined) return undefined;
  return decisionOf(entry.authority.rule, entry.actor ? rolesAt(entry.actor.id, at) : [], at);
}
