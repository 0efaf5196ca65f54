import type { CopyFetch, MasterCopyReading, MasterCopyRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  foldName,
  instantOf,
  MASTER_COPY_ENTRIES,
  type MasterCopy,
  projectMasterCopy,
} from "@jumpkit/core";
import type pg from "pg";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "../../document/log/read.ts";
import { stateOf } from "../../projection/state-of.ts";
import { standingsOf } from "./digests.ts";
import { openSealed, openSignatures } from "./open-sealed.ts";

/** The table of master copies, with the columns of its key beside the organisation. */
export const MASTER_COPY_TABLES = { master_copy: ["id"] } as const;

type MasterCopyEntry = Extract<AnyEntry, { type: keyof typeof MASTER_COPY_ENTRIES }>;

/** Brings a master copy up to date with one more entry; leaves other nouns alone. */
export async function projectMasterCopies(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in MASTER_COPY_ENTRIES)) return;
  const told = entry as MasterCopyEntry;
  if (told.body.copy === undefined) return;
  const before = await stateOf<MasterCopy>(client, "master_copy", organisation, told.body.copy);
  const after = projectMasterCopy(before, told);
  if (after === undefined) return;
  await client.query({
    name: "project-master-copy",
    text: `INSERT INTO master_copy (organisation, id, folded, version, active, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET active = $5, state = $6`,
    values: [
      organisation,
      after.id,
      foldName(after.name),
      after.version,
      after.status === "active",
      JSON.stringify(after),
    ],
  });
}

/** What rules ask about master copies, read and locked in the running transaction. */
export function masterCopyRecords(client: pg.ClientBase, organisation: string): MasterCopyRecords {
  return {
    masterCopy: async (id) => {
      const { rows } = await client.query<{ state: MasterCopy }>(
        "SELECT state FROM master_copy WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    newestVersion: async (name) => {
      // Whoever registers the same host at the same moment waits here, and then sees this one's version.
      const lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 2))";
      await client.query(lock, [`${organisation} ${foldName(name)}`]);
      const { rows } = await client.query<{ version: number | null }>(
        "SELECT max(version) AS version FROM master_copy WHERE organisation = $1 AND folded = $2",
        [organisation, foldName(name)],
      );
      return rows[0]?.version ?? 0;
    },
    ofItem: async (item) => {
      const { rows } = await client.query<{ state: MasterCopy }>(
        "SELECT state FROM master_copy WHERE organisation = $1 AND state->'checks' @> $2 FOR UPDATE",
        [organisation, JSON.stringify([{ seal: { item } }])],
      );
      return rows[0]?.state;
    },
    opened: openSealed,
    signed: openSignatures,
    readEntryCount: async (id) => {
      const { rows } = await client.query<{ entry_count: string }>(
        "SELECT entry_count FROM manifest_read WHERE organisation = $1 AND copy = $2",
        [organisation, id],
      );
      return rows[0] && Number(rows[0].entry_count);
    },
  };
}

/** What queries read of master copies, in the connection's running transaction. */
export function masterCopyReading(client: pg.ClientBase, organisation: string): MasterCopyReading {
  return {
    masterCopies: async () => {
      const { rows } = await client.query<{ state: MasterCopy }>(
        `SELECT state FROM master_copy WHERE organisation = $1 AND active
         ORDER BY folded, version DESC, id LIMIT 500`,
        [organisation],
      );
      return rows.map((row) => row.state);
    },
    masterCopy: (id) => stateOf<MasterCopy>(client, "master_copy", organisation, id),
    fetches: async (id) => {
      const { rows } = await client.query<EntryRow>(
        `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
         WHERE e.organisation = $1 AND e.type = 'mastercopy.fetched' ORDER BY e.seq DESC LIMIT $2`,
        [organisation, FETCHES_LOOKED_AT],
      );
      return rows
        .map(readEntry)
        .flatMap((entry) => fetchIn(entry, id))
        .slice(0, FETCHES_SHOWN);
    },
    standings: (digests) => standingsOf(client, organisation, digests),
    unreadCount: async () => {
      const { rows } = await client.query<{ count: string }>(
        `SELECT count(*) FROM master_copy m
         WHERE organisation = $1 AND active AND jsonb_typeof(state -> 'file') = 'object'
           AND NOT EXISTS (SELECT FROM manifest_read r WHERE r.organisation = $1 AND r.copy = m.id)`,
        [organisation],
      );
      return Number(rows[0]?.count ?? 0);
    },
  };
}

/** Of the whole organisation: the log does not know them by master copy. */
const FETCHES_LOOKED_AT = 1000;
const FETCHES_SHOWN = 50;

function fetchIn(entry: AnyEntry, copy: string): CopyFetch[] {
  if (entry.type !== "mastercopy.fetched" || entry.body.copy !== copy) return [];
  const { actor, happenedAt, body } = entry;
  const by = actor?.name ?? "(withheld)";
  return [{ by, at: instantOf({ at: happenedAt }), purpose: body.purpose ?? "(withheld)" }];
}
