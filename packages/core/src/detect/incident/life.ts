import type { PendingHandOver } from "../../document/evidence/item.ts";
import type { Fact } from "../../document/log/entry.ts";
import type { IncidentId, PersonId, TeamId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Stamp } from "../../kernel/time.ts";
import type { BreakGlass } from "../../prepare/breakglass/breakglass.ts";
import { type Assessment, ratePriority } from "../priority/priority.ts";
import type { CutThing, Incident, IncidentEntries, IncidentStatus } from "./incident.ts";

export type IncidentFact = Fact<IncidentEntries>;

/** Something that keeps an incident from being closed, in words that name it. */
export interface OpenQuestion {
  readonly kind: "hand_over" | "unrated" | "no_lead" | "host" | "isolation" | "break_glass" | "review";
  readonly what: string;
  readonly evidence?: string;
  /** The host on its way back that it is about. */
  readonly host?: string;
  /** The isolation that has not ended. */
  readonly isolation?: string;
  /** The breaking of the glass that nobody has reviewed. */
  readonly breakglass?: string;
}

export type IncidentRefusal =
  | {
      readonly code: "incident.wrong_status";
      readonly status: IncidentStatus;
      readonly needs: readonly IncidentStatus[];
    }
  | { readonly code: "incident.stale"; readonly current: number }
  | { readonly code: "incident.still_open"; readonly open: readonly OpenQuestion[] }
  | { readonly code: "incident.already_lead"; readonly lead: PersonId }
  | { readonly code: "incident.already_with"; readonly team: TeamId }
  | { readonly code: "incident.played" };

type Decided = Result<IncidentFact, IncidentRefusal>;

/** Which statuses each change may start from. Every other transition is refused. */
export const TRANSITIONS = {
  declare: ["reported"],
  dismiss: ["reported"],
  close: ["declared"],
  reopen: ["closed", "dismissed"],
} as const satisfies Readonly<Record<string, readonly IncidentStatus[]>>;

/** The statuses in which the log, evidence and assessment of an incident are open. */
export const OPEN_STATUSES = ["reported", "declared"] as const;

/** Whether the handling log, evidence and assessment of the incident can still grow. */
export function isOpen(incident: Incident): boolean {
  return incident.status === "reported" || incident.status === "declared";
}

/** Nothing, or the refusal that says the incident's books are shut. */
export function mustBeOpen(incident: Incident): IncidentRefusal | undefined {
  if (isOpen(incident)) return undefined;
  return { code: "incident.wrong_status", status: incident.status, needs: OPEN_STATUSES };
}

/** The entry that starts an incident: what somebody sees, before anyone is sure. */
export function report(
  incident: IncidentId,
  happened: Stamp,
  body: Extract<IncidentFact, { type: "incident.reported" }>["body"],
): IncidentFact {
  return { type: "incident.reported", incident, happened, body };
}

/**
 * The entry by which a reported incident becomes a declared one.
 *
 * @param lead  who leads from now on; `null` leaves it open
 * @source      NIST SP 800-61r2 §2.1: an incident is a violation or imminent threat of violation of policy,
 *              so the clause is named where there is one
 */
export function declare(
  incident: Incident,
  happened: Stamp,
  policyClause: string,
  lead: PersonId | null,
): Decided {
  const wrong = mustBe(incident, TRANSITIONS.declare);
  if (wrong !== undefined) return refuse(wrong);
  return accept({ type: "incident.declared", incident: incident.id, happened, body: { policyClause, lead } });
}

/**
 * The entry that rates an incident on NIST's three scales and says which priority follows.
 *
 * @param seen  the sequence of the change the rater had in front of them
 */
export function assess(
  incident: Incident,
  happened: Stamp,
  seen: number,
  assessment: Assessment,
  reason: string,
): Decided {
  const wrong = mustBeOpen(incident) ?? stale(incident, seen);
  if (wrong !== undefined) return refuse(wrong);
  return accept({
    type: "incident.assessed",
    incident: incident.id,
    happened,
    body: { ...assessment, ...ratePriority(assessment), reason },
  });
}

/** The entry that names who leads, or `incident.already_lead`. */
export function nameLead(incident: Incident, happened: Stamp, lead: { id: PersonId; name: string }): Decided {
  const wrong = mustBeOpen(incident);
  if (wrong !== undefined) return refuse(wrong);
  if (incident.lead === lead.id) return refuse({ code: "incident.already_lead", lead: lead.id });
  return accept({
    type: "incident.lead_named",
    incident: incident.id,
    happened,
    body: { lead: lead.id, name: lead.name },
  });
}

/** The entry that changes title, vector, origin, whether it goes on, and marking. */
export function describe(
  incident: Incident,
  happened: Stamp,
  seen: number,
  body: Extract<IncidentFact, { type: "incident.described" }>["body"],
): Decided {
  const wrong = mustBeOpen(incident) ?? stale(incident, seen);
  if (wrong !== undefined) return refuse(wrong);
  return accept({ type: "incident.described", incident: incident.id, happened, body });
}

/**
 * The entry that says it was no incident, with the reason and what became of everything that was cut off.
 *
 * @param cut  each thing that was cut off, and whether it is connected again or kept cut and why; empty when
 *             nothing was cut
 * @param matters  what later phases have not ended, such as a host that is still affected; an isolation that
 *                 `cut` says is kept, and why, does not count
 * @source     CERT/CC: if it cannot be confirmed that it is a security incident, connectivity may be restored
 */
export function dismiss(
  incident: Incident,
  happened: Stamp,
  pending: readonly PendingHandOver[],
  reason: string,
  cut: CutThing[],
  matters: readonly OpenQuestion[] = [],
): Decided {
  const wrong = mustBe(incident, TRANSITIONS.dismiss);
  if (wrong !== undefined) return refuse(wrong);
  const kept = new Set<string | undefined>(
    cut.flatMap(({ now, isolation }) => (now === "kept" && isolation !== undefined ? [isolation] : [])),
  );
  const open = [...custodyQuestions(pending), ...matters.filter(({ isolation }) => !kept.has(isolation))];
  if (open.length > 0) return refuse({ code: "incident.still_open", open });
  return accept({ type: "incident.dismissed", incident: incident.id, happened, body: { reason, cut } });
}

/**
 * The entry that closes an incident, or `incident.still_open` with everything that is in the way.
 *
 * @param pending  hand-overs of its evidence that nobody has answered yet
 * @param matters  what later phases have not ended, such as a host that is still affected
 * @source         NIST SP 800-61r2 §3.3.2: evidence is accounted for at all times; §3.2.6: impact is rated
 */
export function close(
  incident: Incident,
  happened: Stamp,
  pending: readonly PendingHandOver[],
  summary: string,
  matters: readonly OpenQuestion[] = [],
): Decided {
  const wrong = mustBe(incident, TRANSITIONS.close);
  if (wrong !== undefined) return refuse(wrong);
  const open = openQuestions(incident, pending, matters);
  if (open.length > 0) return refuse({ code: "incident.still_open", open });
  return accept({ type: "incident.closed", incident: incident.id, happened, body: { summary } });
}

/** The entry that opens a closed or dismissed incident again, in the status it had before. */
export function reopen(incident: Incident, happened: Stamp, reason: string): Decided {
  const wrong = mustBe(incident, TRANSITIONS.reopen);
  if (wrong !== undefined) return refuse(wrong);
  const status = incident.declaredAt === null ? "reported" : "declared";
  return accept({ type: "incident.reopened", incident: incident.id, happened, body: { reason, status } });
}

/**
 * The entry that closes the range of an export: a case file whose last entry is not this one lacks something.
 */
export function exportCaseFile(
  incident: Incident,
  happened: Stamp,
  recipient: string,
  purpose: string,
): IncidentFact {
  return {
    type: "incident.exported",
    incident: incident.id,
    happened,
    body: { entries: incident.entryCount + 1, recipient, purpose },
  };
}

/** Everything that keeps the incident from being closed, in the order a lead would settle it. */
export function openQuestions(
  incident: Incident,
  pending: readonly PendingHandOver[],
  matters: readonly OpenQuestion[] = [],
): OpenQuestion[] {
  const open: OpenQuestion[] = [...custodyQuestions(pending), ...matters];
  if (incident.rating === null) {
    open.push({ kind: "unrated", what: "Impact and recoverability have not been rated" });
  }
  if (incident.lead === null) open.push({ kind: "no_lead", what: "Nobody leads this incident" });
  return open;
}

/** What keeps an incident from being closed as long as nobody has reviewed the broken glass. */
export function glassMatters(unreviewed: readonly BreakGlass[]): OpenQuestion[] {
  return unreviewed.map(({ id, name, title }) => ({
    kind: "break_glass",
    what: `${name} broke the glass to “${title}”, and nobody has reviewed it`,
    breakglass: id,
  }));
}

function custodyQuestions(pending: readonly PendingHandOver[]): OpenQuestion[] {
  return pending.map(({ item, number, toName }) => ({
    kind: "hand_over",
    what: `Evidence item ${number} was offered to ${toName} and is not answered`,
    evidence: item,
  }));
}

function mustBe(incident: Incident, needs: readonly IncidentStatus[]): IncidentRefusal | undefined {
  if (needs.includes(incident.status)) return undefined;
  return { code: "incident.wrong_status", status: incident.status, needs };
}

function stale(incident: Incident, seen: number): IncidentRefusal | undefined {
  return incident.changedSeq === seen ? undefined : { code: "incident.stale", current: incident.changedSeq };
}

/**
 * The entry that gives an incident to a team, or `incident.already_with` when it is with that team.
 *
 * @param because  why this team: somebody's reason, or the segment of something in scope
 * @source         NIST SP 800-61r2 §2.4.1: distributed teams, each responsible for a segment
 */
export function assignTeam(
  incident: Incident,
  happened: Stamp,
  team: { readonly id: TeamId; readonly name: string },
  because: string,
): Decided {
  const wrong = mustBeOpen(incident);
  if (wrong !== undefined) return refuse(wrong);
  if (incident.team === team.id) return refuse({ code: "incident.already_with", team: team.id });
  return accept({
    type: "incident.assigned",
    incident: incident.id,
    happened,
    body: { team: team.id, name: team.name, because },
  });
}
