import type pg from "pg";
import { CONTAIN_TABLES } from "../contain/project.ts";
import { ADVISORY_TABLES } from "../coordinate/advisories.ts";
import { GRANT_TABLES } from "../coordinate/grants.ts";
import { NOTIFICATION_TABLES } from "../coordinate/notification-project.ts";
import { REPLY_TABLES } from "../coordinate/replies.ts";
import { SHIFT_TABLES } from "../coordinate/shifts.ts";
import { SCOPE_TABLES } from "../detect/scope/project.ts";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "../document/log/read.ts";
import { LEARN_TABLES } from "../learn/project.ts";
import { APPROVAL_TABLES } from "../prepare/approval/approvals.ts";
import { BREAK_GLASS_TABLES } from "../prepare/breakglass/breakglass.ts";
import { CONTACT_TABLES } from "../prepare/contact/project.ts";
import { DELEGATION_TABLES } from "../prepare/delegation/delegations.ts";
import { MASTER_COPY_TABLES } from "../prepare/master-copy/master-copies.ts";
import { PLAYBOOK_TABLES } from "../prepare/playbook/playbooks.ts";
import { DRAFT_TABLES } from "../prepare/policy/drafts.ts";
import { REGISTER_TABLES } from "../prepare/register/project.ts";
import { PROJECTED_TABLES, project } from "../projection/project.ts";
import { RECOVERY_TABLES } from "../recover/project.ts";
import { RETURNING_TABLES } from "../recover/returning-project.ts";
import type { Finding } from "./finding.ts";
import { pagesOf } from "./pages.ts";

/** The columns of each projected table's key beside the organisation. */
const KEYS: Readonly<Record<(typeof PROJECTED_TABLES)[number], readonly string[]>> = {
  organisation: ["organisation"],
  person: ["id"],
  policy_version: ["version"],
  incident: ["id"],
  evidence_item: ["id"],
  source: ["id"],
  report: ["id"],
  ...REGISTER_TABLES,
  sign_triage: ["sign"],
  ...CONTACT_TABLES,
  ...SCOPE_TABLES,
  observable: ["id"],
  ...GRANT_TABLES,
  ...APPROVAL_TABLES,
  ...BREAK_GLASS_TABLES,
  ...DELEGATION_TABLES,
  ...SHIFT_TABLES,
  ...DRAFT_TABLES,
  ...RECOVERY_TABLES,
  ...PLAYBOOK_TABLES,
  ...CONTAIN_TABLES,
  ...MASTER_COPY_TABLES,
  ...RETURNING_TABLES,
  ...LEARN_TABLES,
  ...NOTIFICATION_TABLES,
  ...ADVISORY_TABLES,
  ...REPLY_TABLES,
};

const SCRATCH = "jumpkit_replay";

/**
 * Rebuilds every projection from the log in a scratch schema and names each row that differs.
 *
 * Everything happens in the caller's transaction, which it has to roll back: nothing of it stays.
 */
export async function examineProjections(
  client: pg.ClientBase,
  organisations: readonly string[],
): Promise<Finding[]> {
  await client.query(`CREATE SCHEMA ${SCRATCH}`);
  for (const table of PROJECTED_TABLES) {
    await client.query(`CREATE TABLE ${SCRATCH}.${table} (LIKE public.${table} INCLUDING ALL)`);
  }
  // Signs are no projection. Replayed decisions find none of them here, so that no real one is touched.
  await client.query(`CREATE TABLE ${SCRATCH}.sign (LIKE public.sign)`);
  await client.query(`SET LOCAL search_path = ${SCRATCH}, public`);
  const findings: Finding[] = [];
  for (const organisation of organisations) {
    for await (const row of pagesOf<EntryRow>(client, ENTRIES, organisation)) {
      try {
        await client.query("SAVEPOINT replayed");
        await project(client, organisation, readEntry(row));
      } catch (error) {
        await client.query("ROLLBACK TO SAVEPOINT replayed");
        findings.push({
          place: `entry ${row.seq} of ${organisation}`,
          problem: `cannot be replayed: ${String(error)}`,
        });
      }
    }
  }
  for (const table of PROJECTED_TABLES) findings.push(...(await differences(client, table)));
  findings.push(...(await waitingProblems(client)));
  return findings;
}

const ENTRIES = `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
  WHERE e.organisation = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`;

/** Signs whose mark says other than the decisions on them whether they wait. */
async function waitingProblems(client: pg.ClientBase): Promise<Finding[]> {
  const { rows } = await client.query<{ organisation: string; id: string; waiting: boolean }>(
    `SELECT s.organisation, s.id, s.waiting FROM public.sign s
     LEFT JOIN public.sign_triage t ON t.organisation = s.organisation AND t.sign = s.id
     WHERE s.waiting <> (coalesce(t.status, 'waiting') = 'waiting') ORDER BY 1, 2 LIMIT 1000`,
  );
  return rows.map(({ organisation, id, waiting }) => ({
    place: `sign ${id} of ${organisation}`,
    problem: waiting
      ? "stands in the queue, though it was decided on"
      : "is not in the queue, though it waits",
  }));
}

async function differences(
  client: pg.ClientBase,
  table: (typeof PROJECTED_TABLES)[number],
): Promise<Finding[]> {
  const keyOf = (side: string): string => KEYS[table].map((column) => `${side}.${column}`).join(", ");
  const same = KEYS[table].map((column) => `due.${column} = kept.${column}`).join(" AND ");
  const { rows } = await client.query<{ organisation: string; key: string; kept: boolean; due: boolean }>(
    `SELECT coalesce(kept.organisation, due.organisation) AS organisation, 
       coalesce(concat_ws(' ', ${keyOf("kept")}), concat_ws(' ', ${keyOf("due")})) AS key,
       kept.organisation IS NOT NULL AS kept, due.organisation IS NOT NULL AS due
     FROM public.${table} kept FULL JOIN ${SCRATCH}.${table} due
       ON due.organisation = kept.organisation AND ${same}
     WHERE kept::text IS DISTINCT FROM due::text ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    place: `${table} ${row.key} of ${row.organisation}`,
    problem: difference(row),
  }));
}

function difference({ kept, due }: { readonly kept: boolean; readonly due: boolean }): string {
  if (!due) return "stands in the table, but nothing in the log made it";
  return kept
    ? "is not what the log says: it was changed behind its back"
    : "is missing, though the log made it";
}
