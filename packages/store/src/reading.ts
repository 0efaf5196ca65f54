import type { Authority, IncidentFilter, Reading } from "@jumpkit/app";
import type { ConnectorOffer, EvidenceItem, Incident, Instant, Person, PolicyVersion } from "@jumpkit/core";
import type pg from "pg";
import { containReading } from "./contain/reading.ts";
import { advisoryReading } from "./coordinate/advisories.ts";
import { grantReading } from "./coordinate/grants.ts";
import { notificationReading } from "./coordinate/notifications.ts";
import { replyReading } from "./coordinate/replies.ts";
import { shiftReading } from "./coordinate/shifts.ts";
import { sourceReadingsOf } from "./detect/intake/readings.ts";
import { reportReadingOf } from "./detect/report/reading.ts";
import { triageReadingOf } from "./detect/triage/reading.ts";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "./document/log/read.ts";
import { learningReading } from "./learn/learning.ts";
import { approvalReading } from "./prepare/approval/approvals.ts";
import { breakGlassReading } from "./prepare/breakglass/breakglass.ts";
import { contactReading } from "./prepare/contact/reading.ts";
import { delegationReading } from "./prepare/delegation/delegations.ts";
import { masterCopyReading } from "./prepare/master-copy/master-copies.ts";
import { credentialReading } from "./prepare/people/credentials.ts";
import { tokenReading } from "./prepare/people/tokens.ts";
import { playbookReading } from "./prepare/playbook/playbooks.ts";
import { type CedarEngine, policyInForce } from "./prepare/policy/authority.ts";
import { policyReading } from "./prepare/policy/drafts.ts";
import { registerReading } from "./prepare/register/reading.ts";
import { recoveryReading } from "./recover/hosts.ts";
import { returningReading } from "./recover/returning.ts";

/** What queries read of one organisation, in the connection's running transaction. */
export function readingOf(
  client: pg.ClientBase,
  organisation: string,
  {
    authority,
    engine,
    publish: checkpoint,
    now,
    offers,
  }: {
    readonly authority: Authority;
    readonly engine: CedarEngine;
    readonly publish: Reading["checkpoint"];
    readonly now: Instant;
    readonly offers: readonly ConnectorOffer[];
  },
): Reading {
  const states = async <State>(text: string, ...values: unknown[]): Promise<State[]> => {
    const { rows } = await client.query<{ state: State }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
  return {
    ...tokenReading(client, organisation, now),
    ...credentialReading(client, organisation, now),
    triage: triageReadingOf(client, organisation, now),
    ...sourceReadingsOf(client, organisation, now),
    now: () => now,
    permission: (viewer, action) => authority.permits(viewer, action),
    organisation: async () => {
      const { rows } = await client.query<{ name: string; code_prefix: string; demonstration: boolean }>(
        "SELECT name, code_prefix, demonstration FROM organisation WHERE organisation = $1",
        [organisation],
      );
      const row = rows[0];
      return row && { name: row.name, codePrefix: row.code_prefix, demonstration: row.demonstration };
    },
    incident: async (id) =>
      (await states<Incident>("SELECT state FROM incident WHERE organisation = $1 AND id = $2", id))[0],
    ...reportReadingOf(client, organisation),
    incidents: (filter) => incidents(client, organisation, filter),
    openIncidentCount: async () => {
      const { rows } = await client.query<{ count: string }>(
        "SELECT count(*) FROM incident WHERE organisation = $1 AND status IN ('reported', 'declared') AND NOT state ? 'exercise'",
        [organisation],
      );
      return Number(rows[0]?.count ?? 0);
    },
    entries: async (incident, after, limit, types) => {
      const { rows } = await client.query<EntryRow>({
        name: "entries-of-incident",
        text: `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
          WHERE e.organisation = $1 AND e.incident = $2 AND e.incident_seq > $3
            AND ($5::text[] IS NULL OR e.type = ANY($5))
          ORDER BY e.incident_seq LIMIT $4`,
        values: [organisation, incident, after, limit, types ?? null],
      });
      return rows.map(readEntry);
    },
    entryAt: async (incident, place, by) => {
      const { rows } = await client.query<EntryRow>({
        name: "entry-at",
        text: `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
          WHERE e.organisation = $1 AND e.incident = $2 AND e.incident_seq <= $3
            AND ($4::timestamptz IS NULL OR e.recorded_at <= $4)
          ORDER BY e.incident_seq DESC LIMIT 1`,
        values: [organisation, incident, place, by ?? null],
      });
      return rows.map(readEntry)[0];
    },
    item: async (id) =>
      (
        await states<EvidenceItem>("SELECT state FROM evidence_item WHERE organisation = $1 AND id = $2", id)
      )[0],
    itemsOf: (incident) =>
      states<EvidenceItem>(
        "SELECT state FROM evidence_item WHERE organisation = $1 AND incident = $2 ORDER BY number",
        incident,
      ),
    items: (after, limit, among) => items(client, organisation, after, limit, among),
    handOversTo: async (person) =>
      (
        await states<EvidenceItem>(
          "SELECT state FROM evidence_item WHERE organisation = $1 AND pending_to = $2 ORDER BY collected_seq",
          person,
        )
      ).flatMap((item) => item.pending ?? []),
    people: () =>
      states<Person>(
        `SELECT state FROM person WHERE organisation = $1 ORDER BY name COLLATE "und-x-icu", id`,
      ),
    person: async (id) =>
      (await states<Person>("SELECT state FROM person WHERE organisation = $1 AND id = $2", id))[0],
    policyInForce: () => policyInForce(client, organisation, now),
    policy: policyReading(client, organisation, engine),
    policies: () =>
      states<PolicyVersion>("SELECT state FROM policy_version WHERE organisation = $1 ORDER BY version DESC"),
    checkpoint,
    register: registerReading(client, organisation),
    contacts: contactReading(client, organisation),
    grants: grantReading(client, organisation),
    approvals: approvalReading(client, organisation, now),
    delegations: delegationReading(client, organisation, now),
    shifts: shiftReading(client, organisation),
    breakGlass: breakGlassReading(client, organisation),
    recovery: recoveryReading(client, organisation),
    playbooks: playbookReading(client, organisation),
    contain: containReading(client, organisation, offers),
    returning: returningReading(client, organisation),
    learning: learningReading(client, organisation),
    notifications: notificationReading(client, organisation),
    replies: replyReading(client, organisation),
    advisories: advisoryReading(client, organisation),
    masterCopies: masterCopyReading(client, organisation),
  };
}

/** A page starts after the place that the page before ended with: a position in the log, told as digits. */
function position(after: string): string {
  return /^\d{1,15}$/.test(after) ? after : "9007199254740991";
}

async function incidents(client: pg.ClientBase, organisation: string, filter: IncidentFilter) {
  const { rows } = await client.query<{ state: Incident; latest_seq: string }>(
    `SELECT state, latest_seq FROM incident
     WHERE organisation = $1 AND latest_seq < $2
       AND (cardinality($3::text[]) = 0 OR status = ANY($3))
       AND (cardinality($4::text[]) = 0 OR priority = ANY($4))
       AND ($5 = '' OR code ILIKE $5 OR title ILIKE $5)
       AND ($7::text[] IS NULL OR id = ANY($7))
       AND (state ? 'exercise') = $8
     ORDER BY latest_seq DESC LIMIT $6`,
    [
      organisation,
      position(filter.after),
      filter.status,
      filter.priority,
      filter.text === "" ? "" : `%${filter.text.replaceAll(/[\\%_]/g, "\\$&")}%`,
      filter.limit + 1,
      filter.among ?? null,
      filter.played,
    ],
  );
  return page(rows, filter.limit, (row) => row.latest_seq);
}

async function items(
  client: pg.ClientBase,
  organisation: string,
  after: string,
  limit: number,
  among: readonly string[] | undefined,
) {
  const { rows } = await client.query<{ state: EvidenceItem; collected_seq: string }>(
    `SELECT state, collected_seq FROM evidence_item WHERE organisation = $1 AND collected_seq < $2
       AND ($4::text[] IS NULL OR incident = ANY($4))
       AND incident NOT IN (SELECT id FROM incident WHERE organisation = $1 AND state ? 'exercise')
     ORDER BY collected_seq DESC LIMIT $3`,
    [organisation, position(after), limit + 1, among ?? null],
  );
  return page(rows, limit, (row) => row.collected_seq);
}

function page<Row extends { readonly state: unknown }>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => string,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => row.state as Row["state"]),
    next: rows.length > limit && last !== undefined ? key(last) : null,
  };
}
