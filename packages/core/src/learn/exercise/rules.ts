import { type IncidentFact, report } from "../../detect/incident/life.ts";
import type { ExerciseId, IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { pausedSince, playedMinute } from "./clock.ts";
import {
  EXERCISE_STATES,
  type Exercise,
  type ExerciseFact,
  type ExercisePlan,
  type ExerciseRole,
  type ExerciseState,
  type Participant,
  type Verdict,
} from "./exercise.ts";

export type ExerciseRefusal =
  | {
      readonly code: "exercise.wrong_state";
      readonly state: ExerciseState;
      readonly needs: readonly ExerciseState[];
    }
  | { readonly code: "exercise.not_your_part"; readonly needs: readonly ExerciseRole[] }
  | { readonly code: "exercise.no_facilitator" }
  | { readonly code: "exercise.named_twice"; readonly name: string }
  | { readonly code: "exercise.fired_already"; readonly minute: number }
  | { readonly code: "exercise.paused"; readonly since: string }
  | { readonly code: "exercise.not_paused" }
  | { readonly code: "exercise.no_such_part"; readonly highest: number }
  | { readonly code: "exercise.in_future"; readonly now: string }
  | { readonly code: "exercise.no_hot_wash" }
  | { readonly code: "exercise.unjudged"; readonly objectives: readonly number[] };

type Decided = Result<ExerciseFact, ExerciseRefusal>;

/** Who directs the course of an exercise. */
export const DIRECTS: readonly ExerciseRole[] = ["facilitator", "controller"];
/** Who sees what is still to come, and may note how the objectives were reached. */
export const STAFF: readonly ExerciseRole[] = ["facilitator", "controller", "evaluator"];

/** What somebody's part in an exercise is, or `undefined` where they have none. */
export function partOf({ people }: Pick<Exercise, "people">, person: PersonId): ExerciseRole | undefined {
  return people.find((each) => each.person === person)?.role;
}

/** The entry that plans an exercise: somebody has to be its facilitator, and nobody plays two parts. */
export function planExercise(
  exercise: ExerciseId,
  happened: Stamp,
  plan: ExercisePlan,
  people: readonly Participant[],
): Decided {
  const wrong = miscast(people);
  if (wrong !== undefined) return refuse(wrong);
  const body = { exercise, ...inOrder(plan), people: [...people] };
  return accept({ type: "exercise.planned", incident: null, happened, body });
}

/** The entry that plans it anew, while it has not begun; its facilitator or a controller does that. */
export function changeExercise(
  before: Exercise,
  by: PersonId,
  happened: Stamp,
  plan: ExercisePlan,
  people: readonly Participant[],
): Decided {
  const wrong = mustBeIn(before, "planned") ?? mustPlay(before, by, DIRECTS) ?? miscast(people);
  if (wrong !== undefined) return refuse(wrong);
  const body = { exercise: before.id, ...inOrder(plan), people: [...people] };
  return accept({ type: "exercise.changed", incident: null, happened, body });
}

/** The entry that calls it off before it begins. */
export function cancelExercise(before: Exercise, by: PersonId, happened: Stamp, reason: string): Decided {
  const wrong = mustBeIn(before, "planned") ?? mustPlay(before, by, DIRECTS);
  if (wrong !== undefined) return refuse(wrong);
  const body = { exercise: before.id, reason };
  return accept({ type: "exercise.cancelled", incident: null, happened, body });
}

/**
 * The entries that begin it: an incident that is marked as played, reported by the facilitator with the opening
 * situation, and the start of the clock. Whether it is declared is for the players to decide.
 */
export function beginExercise(
  before: Exercise,
  by: { readonly id: PersonId; readonly name: string },
  happened: Stamp,
  opened: { readonly incident: IncidentId; readonly code: string },
): Result<readonly (IncidentFact | ExerciseFact)[], ExerciseRefusal> {
  const wrong = mustBeIn(before, "planned") ?? mustPlay(before, by.id, DIRECTS);
  if (wrong !== undefined) return refuse(wrong);
  const { incident, code } = opened;
  const { id: exercise, title, factor } = before;
  return accept([
    report(incident, happened, {
      ...{ code, title, description: before.situation, vector: before.vector, exercise },
      ...{ ongoing: "unknown", origin: "unknown", tlp: "TLP:AMBER", reportedBy: by.name },
    }),
    { type: "exercise.begun", incident, happened, body: { exercise, title, factor } },
  ]);
}

/** The entry that tells the players an inject, with the minute it was planned for and the one it is. */
export function fireInject(
  before: Exercise,
  by: PersonId,
  happened: Stamp,
  now: Instant,
  inject: number,
): Decided {
  const wrong = mustBeIn(before, "running") ?? mustPlay(before, by, DIRECTS) ?? mustGoOn(before);
  if (wrong !== undefined) return refuse(wrong);
  const found = before.injects[inject - 1];
  if (found === undefined) return refuse({ code: "exercise.no_such_part", highest: before.injects.length });
  const earlier = before.fired.find((each) => each.inject === inject);
  if (earlier !== undefined) return refuse({ code: "exercise.fired_already", minute: earlier.minute });
  const { way, text, raw, minute: plannedMinute } = found;
  const minute = playedMinute(before, unixMsOf(now));
  return accept({
    type: "exercise.injected",
    incident: before.opened,
    happened,
    body: { exercise: before.id, inject, way, text, raw, plannedMinute, minute },
  });
}

/** The entry that notes how far an objective was reached; it is no part of what the players see meanwhile. */
export function judgeObjective(
  before: Exercise,
  by: PersonId,
  happened: Stamp,
  said: { readonly objective: number; readonly verdict: Verdict; readonly words: string },
): Decided {
  const wrong = mustBeIn(before, "running", "ended") ?? mustPlay(before, by, STAFF);
  if (wrong !== undefined) return refuse(wrong);
  const highest = before.objectives.length;
  if (said.objective > highest) return refuse({ code: "exercise.no_such_part", highest });
  const body = { exercise: before.id, ...said };
  return accept({ type: "exercise.judged", incident: null, happened, body });
}

/** The entry that makes play stand still, such as for a question or a real sign; the players see it, with the reason. */
export function pauseExercise(
  before: Exercise,
  by: PersonId,
  happened: Stamp,
  now: Instant,
  reason: string,
): Decided {
  const wrong = mustBeIn(before, "running") ?? mustPlay(before, by, DIRECTS) ?? mustGoOn(before);
  if (wrong !== undefined) return refuse(wrong);
  const body = { exercise: before.id, minute: playedMinute(before, unixMsOf(now)), reason };
  return accept({ type: "exercise.paused", incident: before.opened, happened, body });
}

/** The entry by which play goes on, in the minute in which it was paused. */
export function resumeExercise(before: Exercise, by: PersonId, happened: Stamp, now: Instant): Decided {
  const wrong = mustBeIn(before, "running") ?? mustPlay(before, by, DIRECTS);
  if (wrong !== undefined) return refuse(wrong);
  if (pausedSince(before) === null) return refuse({ code: "exercise.not_paused" });
  const body = { exercise: before.id, minute: playedMinute(before, unixMsOf(now)) };
  return accept({ type: "exercise.resumed", incident: before.opened, happened, body });
}

/** The entry that ends play and stops the clock. */
export function endExercise(before: Exercise, by: PersonId, happened: Stamp, now: Instant): Decided {
  const wrong = mustBeIn(before, "running") ?? mustPlay(before, by, DIRECTS);
  if (wrong !== undefined) return refuse(wrong);
  const body = { exercise: before.id, minute: playedMinute(before, unixMsOf(now)) };
  return accept({ type: "exercise.ended", incident: before.opened, happened, body });
}

/** The entry that keeps what those who took part said directly afterwards. */
export function holdHotWash(
  before: Exercise,
  by: PersonId,
  happened: Stamp,
  now: Instant,
  said: Omit<Extract<ExerciseFact, { type: "exercise.washed_up" }>["body"], "exercise">,
): Decided {
  const wrong = mustBeIn(before, "ended") ?? mustPlay(before, by, STAFF);
  if (wrong !== undefined) return refuse(wrong);
  if (said.heldAt > now) return refuse({ code: "exercise.in_future", now });
  const body = { exercise: before.id, ...said };
  return accept({ type: "exercise.washed_up", incident: before.opened, happened, body });
}

/**
 * The entry that closes an exercise: after its hot wash and with every objective judged, or with the reason why
 * neither was to be had, such as a real incident that broke in.
 *
 * @param reason  why there was no hot wash; empty where one was held
 */
export function closeExercise(before: Exercise, by: PersonId, happened: Stamp, reason: string): Decided {
  const wrong = mustBeIn(before, "ended") ?? mustPlay(before, by, DIRECTS);
  if (wrong !== undefined) return refuse(wrong);
  if (before.hotWash === null && reason.trim() === "") return refuse({ code: "exercise.no_hot_wash" });
  const objectives = unjudged(before);
  if (reason.trim() === "" && objectives.length > 0) return refuse({ code: "exercise.unjudged", objectives });
  const body = { exercise: before.id, reason };
  return accept({ type: "exercise.closed", incident: before.opened, happened, body });
}

/** The objectives on which no evaluator has noted anything, counted from 1. */
export function unjudged({ objectives, judgements }: Pick<Exercise, "objectives" | "judgements">): number[] {
  return objectives
    .map((_, place) => place + 1)
    .filter((objective) => !judgements.some((each) => each.objective === objective));
}

/** Nothing, or the refusal that says why nothing can be declared in this exercise now. */
export function mustBeRunning(exercise: Exercise): ExerciseRefusal | undefined {
  return mustBeIn(exercise, "running");
}

function mustBeIn(exercise: Exercise, ...needs: readonly ExerciseState[]): ExerciseRefusal | undefined {
  if (needs.includes(exercise.state)) return undefined;
  return {
    code: "exercise.wrong_state",
    state: exercise.state,
    needs: EXERCISE_STATES.filter((state) => needs.includes(state)),
  };
}

function mustGoOn(exercise: Exercise): ExerciseRefusal | undefined {
  const since = pausedSince(exercise);
  return since === null ? undefined : { code: "exercise.paused", since };
}

function mustPlay(
  exercise: Exercise,
  person: PersonId,
  needs: readonly ExerciseRole[],
): ExerciseRefusal | undefined {
  const part = partOf(exercise, person);
  return part !== undefined && needs.includes(part) ? undefined : { code: "exercise.not_your_part", needs };
}

function miscast(people: readonly Participant[]): ExerciseRefusal | undefined {
  const twice = people.find(({ person }, at) => people.findIndex((each) => each.person === person) !== at);
  if (twice !== undefined) return { code: "exercise.named_twice", name: twice.name };
  return people.some(({ role }) => role === "facilitator") ? undefined : { code: "exercise.no_facilitator" };
}

/** Injects stand in the order in which they are planned, so that the next one is the first that was not fired. */
function inOrder(plan: ExercisePlan): ExercisePlan {
  return { ...plan, injects: [...plan.injects].sort((one, other) => one.minute - other.minute) };
}
