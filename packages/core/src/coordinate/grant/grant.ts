import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import { isOpen } from "../../detect/incident/life.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { LineText } from "../../document/log/note.ts";
import { GrantId, type IncidentId, TeamId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Stamp } from "../../kernel/time.ts";
import type { Team } from "../../prepare/register/team.ts";

/**
 * The entries by which a coordinating team is let into one incident and out again, and by which it advises.
 *
 * @source NIST SP 800-61r2 §2.4.1: a coordinating team provides guidance without having authority
 */
export const GRANT_ENTRIES = {
  "grant.given": z.object({ grant: GrantId, team: TeamId, name: z.string(), reason: z.string() }),
  "grant.ended": z.object({ grant: GrantId, name: z.string(), reason: z.string() }),
  /** Words of somebody who may read and advise and nothing else; they order nothing. */
  "advice.given": z.object({ grant: GrantId, team: z.string(), text: LineText }),
};
type Facts = Fact<typeof GRANT_ENTRIES>;

/** Leave for the members of one coordinating team to read one incident and to advise on it. */
export interface IncidentGrant {
  readonly id: GrantId;
  readonly incident: IncidentId;
  readonly team: TeamId;
  readonly name: string;
  readonly status: "active" | "ended";
}

export type GrantRefusal =
  | { readonly code: "grant.not_coordinating"; readonly team: TeamId }
  | { readonly code: "grant.already_given"; readonly grant: GrantId }
  | { readonly code: "grant.ended" };

/** The grant after one more entry about it. */
export function projectGrant(
  before: IncidentGrant | undefined,
  entry: Entry<typeof GRANT_ENTRIES>,
): IncidentGrant | undefined {
  if (entry.type === "advice.given") return before;
  if (entry.type === "grant.ended") return before && { ...before, status: "ended" };
  const { grant, team, name } = entry.body;
  // A grant whose team or incident the record no longer shows lets nobody in.
  if (grant === undefined || team === undefined || entry.incident === null) return before;
  return { id: grant, incident: entry.incident, team, name: name ?? "(withheld)", status: "active" };
}

/**
 * The entry that lets a coordinating team into an incident.
 *
 * @param active  grants on this incident that are in force
 * @returns       the fact; `grant.not_coordinating` for another kind of team or a retired one;
 *                `grant.already_given`
 */
export function giveGrant(
  incident: IncidentId,
  id: GrantId,
  happened: Stamp,
  team: Team,
  active: readonly IncidentGrant[],
  reason: string,
): Result<Facts, GrantRefusal> {
  if (team.kind !== "coordinating" || team.status === "retired") {
    return refuse({ code: "grant.not_coordinating", team: team.id });
  }
  const same = active.find((each) => each.team === team.id);
  if (same !== undefined) return refuse({ code: "grant.already_given", grant: same.id });
  const body = { grant: id, team: team.id, name: team.name, reason };
  return accept({ type: "grant.given", incident, happened, body });
}

/** The entry that ends a grant at once, or `grant.ended` when it has ended already. */
export function endGrant(
  before: IncidentGrant,
  happened: Stamp,
  reason: string,
): Result<Facts, GrantRefusal> {
  if (before.status === "ended") return refuse({ code: "grant.ended" });
  const body = { grant: before.id, name: before.name, reason };
  return accept({ type: "grant.ended", incident: before.incident, happened, body });
}

/** The entry that keeps what a coordinating team advises, or `grant.ended` when the incident is closed to it. */
export function advise(
  incident: Incident,
  grant: IncidentGrant,
  happened: Stamp,
  text: string,
): Result<Facts, GrantRefusal> {
  if (grant.status === "ended" || !isOpen(incident)) return refuse({ code: "grant.ended" });
  const body = { grant: grant.id, team: grant.name, text };
  return accept({ type: "advice.given", incident: incident.id, happened, body });
}
