import type { ApprovalReading, ApprovalRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  APPROVAL_ENTRIES,
  type Approval,
  type BorrowedRole,
  type Instant,
  projectApproval,
  type Role,
  rolesBeside,
} from "@jumpkit/core";
import type pg from "pg";
import { actingRoles, borrowedColumn } from "../delegation/delegations.ts";
import { cardOf, isCardCode } from "./cards.ts";

/** The table of requests for consent, with the columns of its key beside the organisation. */
export const APPROVAL_TABLES = { approval: ["id"] } as const;

type ApprovalEntry = Extract<AnyEntry, { type: keyof typeof APPROVAL_ENTRIES }>;

/** Brings requests for consent up to date with one more entry; leaves entries of other nouns alone. */
export async function projectApprovals(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in APPROVAL_ENTRIES)) return;
  const told = entry as ApprovalEntry;
  const { rows } = await client.query<{ state: Approval }>(
    "SELECT state FROM approval WHERE organisation = $1 AND id = $2",
    [organisation, told.body.approval],
  );
  const after = projectApproval(rows[0]?.state, told);
  if (after === undefined) return;
  await client.query({
    name: "project-approval",
    text: `INSERT INTO approval (organisation, id, incident, asker, sha256, open, expires_at, asked_seq, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (organisation, id) DO UPDATE SET open = $6, state = $9`,
    values: [
      organisation,
      after.id,
      after.incident,
      after.asker,
      after.sha256,
      after.ended === null,
      after.expiresAt,
      entry.seq,
      JSON.stringify(after),
    ],
  });
}

/** What rules ask about requests for consent, in the running transaction. */
export function approvalRecords(client: pg.ClientBase, organisation: string, now: Instant): ApprovalRecords {
  const one = async (text: string, ...values: unknown[]): Promise<Approval | undefined> => {
    const { rows } = await client.query<{ state: Approval }>(text, [organisation, ...values]);
    return rows[0]?.state;
  };
  return {
    approval: (id) => one("SELECT state FROM approval WHERE organisation = $1 AND id = $2 FOR UPDATE", id),
    liveAsked: (asker, sha256) =>
      one(
        `SELECT state FROM approval
         WHERE organisation = $1 AND asker = $2 AND sha256 = $3 AND open AND expires_at > $4 LIMIT 1`,
        asker,
        sha256,
        now,
      ),
    rolesNow: async (people, asker) => {
      const { rows } = await client.query<{ roles: Role[]; borrowed: BorrowedRole[] }>(
        `SELECT p.roles, ${borrowedColumn("$3")} FROM person p
         WHERE p.organisation = $1 AND p.id = ANY($2) AND p.active`,
        [organisation, people, now],
      );
      return rows.map(({ roles, borrowed }) =>
        rolesBeside({ roles: actingRoles(roles, borrowed), borrowed }, asker),
      );
    },
    card: (person) => cardOf(client, organisation, person, "lock"),
    isCardCode: (person, number, code) => isCardCode(client, organisation, person, number, code),
  };
}

/** What queries read of requests for consent, in the connection's running transaction. */
export function approvalReading(client: pg.ClientBase, organisation: string, now: Instant): ApprovalReading {
  const all = async (text: string, ...values: unknown[]): Promise<Approval[]> => {
    const { rows } = await client.query<{ state: Approval }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
  return {
    approval: async (id) =>
      (await all("SELECT state FROM approval WHERE organisation = $1 AND id = $2", id))[0],
    live: () =>
      all(
        `SELECT state FROM approval WHERE organisation = $1 AND open AND expires_at > $2
         ORDER BY expires_at, id LIMIT 500`,
        now,
      ),
    askedBy: (person, limit) =>
      all(
        "SELECT state FROM approval WHERE organisation = $1 AND asker = $2 ORDER BY asked_seq DESC LIMIT $3",
        person,
        limit,
      ),
    ofIncident: (incident, limit) =>
      all(
        "SELECT state FROM approval WHERE organisation = $1 AND incident = $2 ORDER BY asked_seq DESC LIMIT $3",
        incident,
        limit,
      ),
    card: (person) => cardOf(client, organisation, person, "read"),
  };
}
