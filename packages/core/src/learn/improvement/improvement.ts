import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ImprovementId, type IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";

/** What an improvement is to amend. */
export const ImprovementTarget = z.enum([
  "policy",
  "playbook",
  "contact",
  "master_copy",
  "training",
  "tool",
  "other",
]);
export type ImprovementTarget = z.infer<typeof ImprovementTarget>;

const OWNED = { owner: PersonId, ownerName: z.string(), dueOn: z.iso.date() };

export const IMPROVEMENT_ENTRIES = {
  "improvement.proposed": z.object({
    improvement: ImprovementId,
    what: line(500),
    target: ImprovementTarget,
    /** Which policy, playbook, contact or master copy; may be empty. */
    amends: prose(300),
    ...OWNED,
  }),
  "improvement.moved": z.object({ improvement: ImprovementId, ...OWNED, reason: prose(2000) }),
  "improvement.done": z.object({ improvement: ImprovementId, how: prose(5000) }),
  "improvement.dropped": z.object({ improvement: ImprovementId, reason: prose(5000) }),
};
export type ImprovementFact = Fact<typeof IMPROVEMENT_ENTRIES>;

/** Something that is to be better the next time: with whom, until when, and what became of it. */
export interface Improvement {
  readonly id: ImprovementId;
  readonly incident: IncidentId;
  readonly what: string;
  readonly target: ImprovementTarget;
  readonly amends: string;
  readonly owner: PersonId | null;
  readonly ownerName: string;
  /** The last day on which it is in time; `null` where that was withheld. */
  readonly dueOn: string | null;
  readonly state: "open" | "done" | "dropped";
  /** How it was done, or why it was dropped; empty while it is open. */
  readonly outcome: string;
  readonly endedAt: string | null;
}

export type ImprovementRefusal =
  | { readonly code: "improvement.not_an_incident" }
  | { readonly code: "improvement.ended"; readonly state: "done" | "dropped" }
  | { readonly code: "improvement.past_due"; readonly today: string };

type Decided = Result<ImprovementFact, ImprovementRefusal>;

/** The improvement after one more entry about it. */
export function projectImprovement(
  before: Improvement | undefined,
  entry: Entry<typeof IMPROVEMENT_ENTRIES>,
): Improvement | undefined {
  const id = entry.body.improvement;
  if (id === undefined || entry.incident === null) return before;
  switch (entry.type) {
    case "improvement.proposed": {
      const { what = "(withheld)", target = "other", amends = "" } = entry.body;
      const about = { id, incident: entry.incident, what, target, amends };
      return { ...about, ...ownedIn(entry.body), state: "open", outcome: "", endedAt: null };
    }
    case "improvement.moved":
      return before && { ...before, ...ownedIn(entry.body) };
    case "improvement.done":
      return before && ended(before, "done", entry.body.how, entry.recordedAt);
    case "improvement.dropped":
      return before && ended(before, "dropped", entry.body.reason, entry.recordedAt);
  }
}

type Owned = { owner?: PersonId | undefined; ownerName?: string | undefined; dueOn?: string | undefined };

function ownedIn({ owner = undefined, ownerName = "(withheld)", dueOn = undefined }: Owned) {
  return { owner: owner ?? null, ownerName, dueOn: dueOn ?? null };
}

function ended(
  before: Improvement,
  state: "done" | "dropped",
  outcome = "(withheld)",
  endedAt: string,
): Improvement {
  return { ...before, state, outcome, endedAt };
}

/** The entry that makes a lesson something that one person has to do by a day. Also after closing. */
export function proposeImprovement(
  incident: Incident,
  happened: Stamp,
  today: string,
  body: Extract<ImprovementFact, { type: "improvement.proposed" }>["body"],
): Decided {
  if (incident.status === "dismissed") return refuse({ code: "improvement.not_an_incident" });
  if (body.dueOn < today) return refuse({ code: "improvement.past_due", today });
  return accept({ type: "improvement.proposed", incident: incident.id, happened, body });
}

/** The entry that gives it to somebody else or to another day, and why. */
export function moveImprovement(
  before: Improvement,
  happened: Stamp,
  today: string,
  body: Omit<Extract<ImprovementFact, { type: "improvement.moved" }>["body"], "improvement">,
): Decided {
  const wrong = mustBeOpen(before);
  if (wrong !== undefined) return refuse(wrong);
  if (body.dueOn < today) return refuse({ code: "improvement.past_due", today });
  return accept({
    type: "improvement.moved",
    incident: before.incident,
    happened,
    body: { improvement: before.id, ...body },
  });
}

/** The entry that says it is done, and how. */
export function finishImprovement(before: Improvement, happened: Stamp, how: string): Decided {
  const wrong = mustBeOpen(before);
  if (wrong !== undefined) return refuse(wrong);
  const body = { improvement: before.id, how };
  return accept({ type: "improvement.done", incident: before.incident, happened, body });
}

/** The entry that says nobody will do it, and why. */
export function dropImprovement(before: Improvement, happened: Stamp, reason: string): Decided {
  const wrong = mustBeOpen(before);
  if (wrong !== undefined) return refuse(wrong);
  const body = { improvement: before.id, reason };
  return accept({ type: "improvement.dropped", incident: before.incident, happened, body });
}

/** Whether it should have been done before `today`, a day such as `2026-11-22`. */
export function isLate({ state, dueOn }: Pick<Improvement, "state" | "dueOn">, today: string): boolean {
  return state === "open" && dueOn !== null && dueOn < today;
}

function mustBeOpen({ state }: Improvement): ImprovementRefusal | undefined {
  return state === "open" ? undefined : { code: "improvement.ended", state };
}
