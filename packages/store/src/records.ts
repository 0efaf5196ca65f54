import type { Records } from "@jumpkit/app";
import type { ConnectorOffer, EvidenceItem, Incident, Instant, Person, PersonId } from "@jumpkit/core";
import type pg from "pg";
import { containRecords } from "./contain/records.ts";
import { advisoryRecords } from "./coordinate/advisories.ts";
import { grantRecords } from "./coordinate/grants.ts";
import { notificationRecords } from "./coordinate/notifications.ts";
import { replyRecords } from "./coordinate/replies.ts";
import { shiftRecords } from "./coordinate/shifts.ts";
import { intakeRecordsIn } from "./detect/intake/records.ts";
import { reportRecordsIn } from "./detect/report/records.ts";
import { triageRecordsIn } from "./detect/triage/records.ts";
import { learningRecords } from "./learn/learning.ts";
import { approvalRecords } from "./prepare/approval/approvals.ts";
import { breakGlassRecords } from "./prepare/breakglass/breakglass.ts";
import { contactRecords, scopeRecords } from "./prepare/contact/records.ts";
import { delegationRecords } from "./prepare/delegation/delegations.ts";
import { masterCopyRecords } from "./prepare/master-copy/master-copies.ts";
import { credentialRecords } from "./prepare/people/credentials.ts";
import { tokenRecords } from "./prepare/people/tokens.ts";
import { playbookRecords } from "./prepare/playbook/playbooks.ts";
import { policyInForce } from "./prepare/policy/authority.ts";
import { policyRecords } from "./prepare/policy/drafts.ts";
import { registerRecords } from "./prepare/register/records.ts";
import { recoveryRecords } from "./recover/hosts.ts";
import { returningRecords } from "./recover/returning.ts";

/** What rules ask about the state of things, read and locked in the running transaction. */
export function recordsIn(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
  offers: readonly ConnectorOffer[],
): Records {
  const state = async <State>(
    name: string,
    text: string,
    ...values: unknown[]
  ): Promise<State | undefined> => {
    const { rows } = await client.query<{ state: State }>({ name, text, values: [organisation, ...values] });
    return rows[0]?.state;
  };
  return {
    register: registerRecords(client, organisation),
    contacts: contactRecords(client, organisation),
    scope: scopeRecords(client, organisation),
    grants: grantRecords(client, organisation),
    approvals: approvalRecords(client, organisation, now),
    delegations: delegationRecords(client, organisation, now),
    shifts: shiftRecords(client, organisation),
    breakGlass: breakGlassRecords(client, organisation, now),
    policy: policyRecords(client, organisation),
    recovery: recoveryRecords(client, organisation),
    playbooks: playbookRecords(client, organisation),
    contain: containRecords(client, organisation, offers),
    returning: returningRecords(client, organisation),
    learning: learningRecords(client, organisation),
    notifications: notificationRecords(client, organisation),
    replies: replyRecords(client, organisation),
    advisories: advisoryRecords(client, organisation),
    masterCopies: masterCopyRecords(client, organisation),
    ...tokenRecords(client, organisation, now),
    ...credentialRecords(client, organisation, now),
    triage: triageRecordsIn(client, organisation, {
      lockIncident: (id) => lockIncident(client, organisation, id),
      pendingHandOvers: (incident) => pendingHandOvers(client, organisation, incident),
    }),
    ...intakeRecordsIn(client, organisation),
    incident: (id) => lockIncident(client, organisation, id),
    item: async (id) => {
      const found = await state<EvidenceItem>(
        "find-item",
        "SELECT state FROM evidence_item WHERE organisation = $1 AND id = $2",
        id,
      );
      // The incident's row before the item's: the same order everywhere keeps writers from deadlock.
      if (found === undefined || (await lockIncident(client, organisation, found.incident)) === undefined) {
        return undefined;
      }
      return state<EvidenceItem>(
        "lock-item",
        "SELECT state FROM evidence_item WHERE organisation = $1 AND id = $2 FOR UPDATE",
        id,
      );
    },
    pendingHandOvers: (incident) => pendingHandOvers(client, organisation, incident),
    person: (id) =>
      state<Person>(
        "lock-person",
        "SELECT state FROM person WHERE organisation = $1 AND id = $2 FOR UPDATE",
        id,
      ),
    signInNameTaken: async (name) => {
      const { rowCount } = await client.query(
        "SELECT 1 FROM person WHERE organisation = $1 AND sign_in_name = $2",
        [organisation, name],
      );
      return rowCount !== 0;
    },
    othersInOffice: (except) => othersInOffice(client, organisation, except),
    policyInForce: async () => {
      // Serialises adopters: two managers adopting at once are told apart by the version they saw.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [organisation]);
      return policyInForce(client, organisation, now);
    },
    entryTypeAt: async (incident, incidentSeq) => {
      const { rows } = await client.query<{ type: string }>(
        "SELECT type FROM log_entry WHERE organisation = $1 AND incident = $2 AND incident_seq = $3",
        [organisation, incident, incidentSeq],
      );
      return rows[0]?.type;
    },
    nextIncidentNumber: (year, played) =>
      count(client, organisation, `${played ? "played" : "incident"}:${year}`),
    nextReportNumber: (year) => count(client, organisation, `report:${year}`),
    nextItemNumber: (incident) => count(client, organisation, `item:${incident}`),
    codePrefix: async () => {
      const { rows } = await client.query<{ code_prefix: string }>(
        "SELECT code_prefix FROM organisation WHERE organisation = $1",
        [organisation],
      );
      return rows[0]?.code_prefix ?? "JK";
    },
    ...reportRecordsIn(client, organisation),
    upload: async (id, keptFor) => {
      const { rows } = await client.query<{ sha256: string; size_bytes: string; name: string }>(
        `SELECT sha256, size_bytes, name FROM upload
         WHERE organisation = $1 AND id = $2 AND incident = $3 AND item IS NULL FOR UPDATE`,
        [organisation, id, keptFor],
      );
      const row = rows[0];
      return row && { id, keptFor, sha256: row.sha256, sizeBytes: Number(row.size_bytes), name: row.name };
    },
  };
}

async function pendingHandOvers(client: pg.ClientBase, organisation: string, incident: string) {
  const { rows } = await client.query<{ state: EvidenceItem }>(
    `SELECT state FROM evidence_item WHERE organisation = $1 AND incident = $2 AND pending_to IS NOT NULL
     ORDER BY number`,
    [organisation, incident],
  );
  return rows.flatMap((row) => row.state.pending ?? []);
}

async function lockIncident(
  client: pg.ClientBase,
  organisation: string,
  id: string,
): Promise<Incident | undefined> {
  const { rows } = await client.query<{ state: Incident }>({
    name: "lock-incident",
    text: "SELECT state FROM incident WHERE organisation = $1 AND id = $2 FOR UPDATE",
    values: [organisation, id],
  });
  return rows[0]?.state;
}

async function othersInOffice(client: pg.ClientBase, organisation: string, except: PersonId) {
  // Locked, so that two people cannot each leave because the other stays.
  const { rows } = await client.query<{ roles: string[] }>(
    "SELECT roles FROM person WHERE organisation = $1 AND id <> $2 AND active FOR UPDATE",
    [organisation, except],
  );
  const holding = (role: string): number => rows.filter((row) => row.roles.includes(role)).length;
  return { managers: holding("manager"), administrators: holding("administrator") };
}

async function count(client: pg.ClientBase, organisation: string, name: string): Promise<number> {
  const { rows } = await client.query<{ value: number }>(
    `INSERT INTO counter (organisation, name, value) VALUES ($1, $2, 1)
     ON CONFLICT (organisation, name) DO UPDATE SET value = counter.value + 1 RETURNING value`,
    [organisation, name],
  );
  return rows[0]?.value ?? 1;
}
