import {
  type AnyEntry,
  EVIDENCE_ENTRIES,
  type EvidenceItem,
  type Incident,
  itemOf,
  OBSERVABLE_ENTRIES,
  PERSON_ENTRIES,
  type Person,
  POLICY_ENTRIES,
  type PolicyVersion,
  projectIncident,
  projectItem,
  projectPerson,
  projectPolicy,
  REPORT_ENTRIES,
} from "@jumpkit/core";
import type pg from "pg";
import { CONTAIN_TABLES, projectContain } from "../contain/project.ts";
import { ADVISORY_TABLES, projectAdvisories } from "../coordinate/advisories.ts";
import { GRANT_TABLES, projectGrants } from "../coordinate/grants.ts";
import { NOTIFICATION_TABLES, projectNotifications } from "../coordinate/notification-project.ts";
import { projectReplies, REPLY_TABLES } from "../coordinate/replies.ts";
import { projectShifts, SHIFT_TABLES } from "../coordinate/shifts.ts";
import { type ObservableEntry, projectObservables } from "../detect/observable/project.ts";
import { projectReports, type ReportEntry } from "../detect/report/project.ts";
import { projectScopes, SCOPE_TABLES } from "../detect/scope/project.ts";
import { isSourceEntry, projectSources } from "../detect/source.ts";
import { projectSigns, tellsOfTriage } from "../detect/triage/project.ts";
import { LEARN_TABLES, projectLearning } from "../learn/project.ts";
import { APPROVAL_TABLES, projectApprovals } from "../prepare/approval/approvals.ts";
import { BREAK_GLASS_TABLES, projectBreakGlasses } from "../prepare/breakglass/breakglass.ts";
import { CONTACT_TABLES, projectContacts } from "../prepare/contact/project.ts";
import { DELEGATION_TABLES, projectDelegations } from "../prepare/delegation/delegations.ts";
import { MASTER_COPY_TABLES, projectMasterCopies } from "../prepare/master-copy/master-copies.ts";
import { PLAYBOOK_TABLES, projectPlaybooks } from "../prepare/playbook/playbooks.ts";
import { DRAFT_TABLES, projectDrafts } from "../prepare/policy/drafts.ts";
import { projectRegister, REGISTER_TABLES } from "../prepare/register/project.ts";
import { projectRecovery, RECOVERY_TABLES } from "../recover/project.ts";
import { projectReturning, RETURNING_TABLES } from "../recover/returning-project.ts";
import { stateOf } from "./state-of.ts";

/** The tables that follow from the log alone, in the order a comparison names them. */
export const PROJECTED_TABLES = [
  "organisation",
  "person",
  "policy_version",
  "incident",
  "evidence_item",
  ...(Object.keys(REGISTER_TABLES) as (keyof typeof REGISTER_TABLES)[]),
  "sign_triage",
  "observable",
  "source",
  "report",
  ...(Object.keys(CONTACT_TABLES) as (keyof typeof CONTACT_TABLES)[]),
  ...(Object.keys(SCOPE_TABLES) as (keyof typeof SCOPE_TABLES)[]),
  ...(Object.keys(GRANT_TABLES) as (keyof typeof GRANT_TABLES)[]),
  ...(Object.keys(APPROVAL_TABLES) as (keyof typeof APPROVAL_TABLES)[]),
  ...(Object.keys(BREAK_GLASS_TABLES) as (keyof typeof BREAK_GLASS_TABLES)[]),
  ...(Object.keys(SHIFT_TABLES) as (keyof typeof SHIFT_TABLES)[]),
  ...(Object.keys(DELEGATION_TABLES) as (keyof typeof DELEGATION_TABLES)[]),
  ...(Object.keys(DRAFT_TABLES) as (keyof typeof DRAFT_TABLES)[]),
  ...(Object.keys(RECOVERY_TABLES) as (keyof typeof RECOVERY_TABLES)[]),
  ...(Object.keys(PLAYBOOK_TABLES) as (keyof typeof PLAYBOOK_TABLES)[]),
  ...(Object.keys(CONTAIN_TABLES) as (keyof typeof CONTAIN_TABLES)[]),
  ...(Object.keys(MASTER_COPY_TABLES) as (keyof typeof MASTER_COPY_TABLES)[]),
  ...(Object.keys(RETURNING_TABLES) as (keyof typeof RETURNING_TABLES)[]),
  ...(Object.keys(LEARN_TABLES) as (keyof typeof LEARN_TABLES)[]),
  ...(Object.keys(NOTIFICATION_TABLES) as (keyof typeof NOTIFICATION_TABLES)[]),
  ...(Object.keys(ADVISORY_TABLES) as (keyof typeof ADVISORY_TABLES)[]),
  ...(Object.keys(REPLY_TABLES) as (keyof typeof REPLY_TABLES)[]),
] as const;

/**
 * Brings the tables up to date with one more entry.
 *
 * The only writer of {@link PROJECTED_TABLES}: called when the entry is appended, and again when `doctor`
 * replays the log into a scratch schema, which the connection's search path then points to.
 */
export async function project(client: pg.ClientBase, organisation: string, entry: AnyEntry): Promise<void> {
  if (entry.type === "organisation.founded") await found(client, organisation, entry.body);
  if (entry.type in PERSON_ENTRIES) await projectPeople(client, organisation, entry as PersonEntry);
  if (entry.type in POLICY_ENTRIES) await projectPolicies(client, organisation, entry as PolicyEntry);
  if (entry.type in EVIDENCE_ENTRIES) await projectEvidence(client, organisation, entry as EvidenceEntry);
  await projectRegister(client, organisation, entry);
  if (entry.type in OBSERVABLE_ENTRIES) {
    await projectObservables(client, organisation, entry as ObservableEntry);
  }
  if (tellsOfTriage(entry)) await projectSigns(client, organisation, entry);
  if (isSourceEntry(entry)) await projectSources(client, organisation, entry);
  if (entry.type in REPORT_ENTRIES) await projectReports(client, organisation, entry as ReportEntry);
  await projectContacts(client, organisation, entry);
  await projectScopes(client, organisation, entry);
  await projectGrants(client, organisation, entry);
  await projectApprovals(client, organisation, entry);
  await projectBreakGlasses(client, organisation, entry);
  await projectDelegations(client, organisation, entry);
  await projectShifts(client, organisation, entry);
  await projectDrafts(client, organisation, entry);
  await projectRecovery(client, organisation, entry);
  await projectPlaybooks(client, organisation, entry);
  await projectContain(client, organisation, entry);
  await projectReturning(client, organisation, entry);
  await projectLearning(client, organisation, entry);
  await projectNotifications(client, organisation, entry);
  await projectReplies(client, organisation, entry);
  await projectAdvisories(client, organisation, entry);
  await projectMasterCopies(client, organisation, entry);
  if (entry.incident !== null) await projectIncidents(client, organisation, entry, entry.incident);
}

type PersonEntry = Parameters<typeof projectPerson>[1];
type PolicyEntry = Parameters<typeof projectPolicy>[1];
type EvidenceEntry = Parameters<typeof projectItem>[1];

async function found(
  client: pg.ClientBase,
  organisation: string,
  body: Extract<AnyEntry, { type: "organisation.founded" }>["body"],
): Promise<void> {
  await client.query(
    "INSERT INTO organisation (organisation, name, code_prefix, demonstration) VALUES ($1, $2, $3, $4)",
    [organisation, body.name ?? "(withheld)", body.codePrefix ?? "JK", body.demonstration ?? false],
  );
}

async function projectPeople(client: pg.ClientBase, organisation: string, entry: PersonEntry): Promise<void> {
  const id = entry.body.person;
  if (id === undefined) return;
  const before = await stateOf<Person>(client, "person", organisation, id);
  const after = projectPerson(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-person",
    text: `INSERT INTO person (organisation, id, sign_in_name, name, active, roles, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (organisation, id) DO UPDATE SET name = $4, active = $5, roles = $6, state = $7`,
    values: [
      organisation,
      id,
      after.signInName,
      after.name,
      after.status === "active",
      after.roles,
      json(after),
    ],
  });
}

async function projectPolicies(
  client: pg.ClientBase,
  organisation: string,
  entry: PolicyEntry,
): Promise<void> {
  const { version } = entry.body;
  if (version === undefined) return;
  const before = await stateOf<PolicyVersion>(client, "policy_version", organisation, version, "version");
  const after = projectPolicy(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-policy",
    text: `INSERT INTO policy_version (organisation, version, digest, state, effective_at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (organisation, version) DO UPDATE SET state = $4`,
    values: [organisation, version, after.digest, json(after), after.effectiveAt ?? null],
  });
}

async function projectIncidents(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
  id: string,
): Promise<void> {
  const before = await stateOf<Incident>(client, "incident", organisation, id);
  const after = projectIncident(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-incident",
    text: `INSERT INTO incident (organisation, id, code, title, status, priority, latest_seq, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (organisation, id) DO UPDATE
        SET title = $4, status = $5, priority = $6, latest_seq = $7, state = $8`,
    values: [
      organisation,
      id,
      after.code,
      after.title,
      after.status,
      after.rating?.priority ?? "unrated",
      entry.seq,
      json(after),
    ],
  });
}

async function projectEvidence(
  client: pg.ClientBase,
  organisation: string,
  entry: EvidenceEntry,
): Promise<void> {
  const id = itemOf(entry);
  if (id === undefined) return;
  const before = await stateOf<EvidenceItem>(client, "evidence_item", organisation, id);
  const after = projectItem(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-item",
    text: `INSERT INTO evidence_item (organisation, id, incident, number, collected_seq, pending_to, sha256, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (organisation, id) DO UPDATE SET pending_to = $6, state = $8`,
    values: [
      organisation,
      id,
      after.incident,
      after.number,
      entry.seq,
      after.pending?.to ?? null,
      after.content?.sha256 ?? null,
      json(after),
    ],
  });
}

/** jsonb cannot hold `undefined`, and keeps no order of keys: both are fine for a state. */
function json(state: unknown): string {
  return JSON.stringify(state);
}
