import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { PersonId, TeamId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { nameTaken, type Registered, type RegisterRefusal, unless, whyNotChange } from "./registered.ts";

/**
 * Which kind of team: an ordinary one handles what arises in its segments, a coordinating one advises others
 * without authority over them.
 *
 * @source NIST SP 800-61r2 §2.4.1: distributed teams, coordinating team
 */
export const TEAM_KINDS = ["ordinary", "coordinating"] as const;
export const TeamKind = z.enum(TEAM_KINDS);
export type TeamKind = z.infer<typeof TeamKind>;

/** Who works together. */
export const TeamDetails = z.strictObject({
  name: line(200),
  kind: TeamKind.default("ordinary"),
  members: z.array(PersonId).max(200).default([]),
  notes: prose(4000).default(""),
});
export type TeamDetails = z.infer<typeof TeamDetails>;

const SAID = z.object({ team: TeamId, ...TeamDetails.shape });

export const TEAM_ENTRIES = {
  "team.added": SAID,
  "team.changed": SAID,
  "team.retired": z.object({ team: TeamId, name: z.string(), reason: z.string() }),
};
const WITHHELD: TeamDetails = { name: "(withheld)", kind: "ordinary", members: [], notes: "" };
type Facts = Fact<typeof TEAM_ENTRIES>;

/** A team as the log says it is now. */
export interface Team extends TeamDetails, Registered<TeamId> {}

/** The team after one more entry about it. */
export function projectTeam(before: Team | undefined, entry: Entry<typeof TEAM_ENTRIES>): Team | undefined {
  const id = entry.body.team;
  if (id === undefined) return before;
  if (entry.type === "team.retired") {
    return before && { ...before, status: "retired", changedSeq: entry.seq };
  }
  const { team: _, ...said } = entry.body;
  return { ...WITHHELD, ...said, id, status: "active", changedSeq: entry.seq };
}

/** The entry that adds a team, or `register.name_taken`. */
export function addTeam(
  id: TeamId,
  happened: Stamp,
  taken: boolean,
  said: TeamDetails,
): Result<Facts, RegisterRefusal> {
  const body = { team: id, ...said };
  return unless(nameTaken(said.name, taken), {
    type: "team.added",
    incident: null,
    happened,
    body,
  });
}

/** The entry that changes a team; `register.stale`, `register.retired` or `register.name_taken`. */
export function changeTeam(
  before: Team,
  happened: Stamp,
  seen: number,
  taken: boolean,
  said: TeamDetails,
): Result<Facts, RegisterRefusal> {
  const body = { team: before.id, ...said };
  return unless(whyNotChange(before, seen) ?? nameTaken(said.name, taken), {
    type: "team.changed",
    incident: null,
    happened,
    body,
  });
}

/** The entry that retires a team; what was recorded of it stays. */
export function retireTeam(
  before: Team,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<Facts, RegisterRefusal> {
  const body = { team: before.id, name: before.name, reason };
  return unless(whyNotChange(before, seen), { type: "team.retired", incident: null, happened, body });
}
