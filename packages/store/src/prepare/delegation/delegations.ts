import type { DelegationReading, DelegationRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  type BorrowedRole,
  DELEGATION_ENTRIES,
  type Delegation,
  type Instant,
  projectDelegation,
  type Role,
} from "@jumpkit/core";
import type pg from "pg";

/** The table of delegations, with the columns of its key beside the organisation. */
export const DELEGATION_TABLES = { delegation: ["id"] } as const;

/** Brings delegations up to date with one more entry; leaves entries of other nouns alone. */
export async function projectDelegations(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in DELEGATION_ENTRIES)) return;
  const told = entry as Parameters<typeof projectDelegation>[1];
  const { rows } = await client.query<{ state: Delegation }>(
    "SELECT state FROM delegation WHERE organisation = $1 AND id = $2",
    [organisation, told.body.delegation],
  );
  const after = projectDelegation(rows[0]?.state, told);
  if (after === undefined) return;
  const { id, lender, borrower, role, fromAt, untilAt } = after;
  await client.query({
    name: "project-delegation",
    text: `INSERT INTO delegation (organisation, id, lender, borrower, role, from_at, until_at, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (organisation, id) DO UPDATE SET until_at = $7, state = $8`,
    values: [organisation, id, lender, borrower, role, fromAt, untilAt, JSON.stringify(after)],
  });
}

/**
 * The roles lent to the person of the row `p`, as a column `borrowed`; the moment is the parameter named.
 *
 * The same rule as `borrowedRoles` of the core, where the database can follow it while it loads the person: a
 * role counts while its lender may act and holds it by themselves.
 */
export function borrowedColumn(moment: `$${number}`): string {
  return `(SELECT coalesce(jsonb_agg(jsonb_build_object('delegation', d.id, 'role', d.role,
      'lender', d.lender, 'lenderName', d.state->>'lenderName', 'untilAt', d.state->>'untilAt') ORDER BY d.id), '[]')
    FROM delegation d
    JOIN person l ON l.organisation = d.organisation AND l.id = d.lender AND l.active AND d.role = ANY(l.roles)
    WHERE d.organisation = p.organisation AND d.borrower = p.id
      AND d.until_at > ${moment} AND d.from_at <= ${moment} AND NOT d.role = ANY(p.roles)) AS borrowed`;
}

/** What a person may act as: the roles given to them, and those lent to them. */
export function actingRoles(own: readonly Role[], borrowed: readonly BorrowedRole[]): Role[] {
  return [...new Set([...own, ...borrowed.map((each) => each.role)])];
}

/** What rules ask about delegations, in the running transaction. */
export function delegationRecords(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): DelegationRecords {
  const all = async (text: string, ...values: unknown[]): Promise<Delegation[]> => {
    const { rows } = await client.query<{ state: Delegation }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
  return {
    delegation: async (id) =>
      (await all("SELECT state FROM delegation WHERE organisation = $1 AND id = $2 FOR UPDATE", id))[0],
    between: (lender, borrower) =>
      all(
        `SELECT state FROM delegation
         WHERE organisation = $1 AND lender = $2 AND borrower = $3 AND until_at > $4 ORDER BY id`,
        lender,
        borrower,
        now,
      ),
  };
}

/** What queries read of delegations, in the connection's running transaction. */
export function delegationReading(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): DelegationReading {
  return {
    standing: async () => {
      const { rows } = await client.query<{ state: Delegation }>(
        `SELECT state FROM delegation WHERE organisation = $1 AND until_at > $2
         ORDER BY from_at, id LIMIT 500`,
        [organisation, now],
      );
      return rows.map((row) => row.state);
    },
  };
}
