import {
  accept,
  beginExercise,
  cancelExercise,
  changeExercise,
  closeExercise,
  type Exercise,
  type ExerciseFact,
  ExerciseId,
  ExercisePlan,
  ExerciseRole,
  endExercise,
  fireInject,
  holdHotWash,
  IncidentId,
  Instant,
  judgeObjective,
  line,
  type Participant,
  PersonId,
  pauseExercise,
  planExercise,
  prose,
  type Result,
  resumeExercise,
  Verdict,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { nextCode } from "../../incident-code.ts";
import { operation } from "../../operation.ts";
import type { Records } from "../../ports.ts";
import type { Refusal } from "../../refusals.ts";

const Done = z.object({ exercise: ExerciseId });
const PLAYS = { phase: "learn", action: "log.write", visibleBy: "incident.read" } as const;
const OF_ONE = { ...PLAYS, thing: "exercise" } as const;
const Cast = z
  .array(z.strictObject({ person: PersonId, role: ExerciseRole }))
  .min(1)
  .max(200)
  .describe("Who takes part, each in one role; one is the facilitator");
const Place = z.int().min(1).max(50);

export const exercisePlan = operation({
  name: "exercise.plan",
  ...PLAYS,
  summary: "Plan an exercise: what is practised, who takes part, and what the players are told when",
  input: z.strictObject({ ...ExercisePlan.shape, people: Cast }),
  output: Done,
  load: async ({ people }, records, act) => {
    const named = await namedIn(records, people);
    return named && { named, id: act.newId("exr") };
  },
  decide: ({ named, id }, { people: _, ...plan }, act) =>
    single(planExercise(id, stampOf(undefined, act), plan, named)),
});

export const exerciseChange = operation({
  name: "exercise.change",
  ...OF_ONE,
  summary: "Plan an exercise anew that has not begun",
  input: z.strictObject({ exercise: ExerciseId, ...ExercisePlan.shape, people: Cast }),
  output: Done,
  load: async ({ exercise: id, people }, records) => {
    const exercise = await records.learning.exercise(id);
    const named = exercise && (await namedIn(records, people));
    return named && { exercise, named };
  },
  decide: ({ exercise, named }, { exercise: _, people: __, ...plan }, act) =>
    single(changeExercise(exercise, act.by.id, stampOf(undefined, act), plan, named)),
});

export const exerciseCancel = operation({
  name: "exercise.cancel",
  ...OF_ONE,
  summary: "Call an exercise off before it begins",
  input: z.strictObject({ exercise: ExerciseId, reason: line(2000) }),
  output: Done,
  load: one,
  decide: (exercise, { reason }, act) =>
    single(cancelExercise(exercise, act.by.id, stampOf(undefined, act), reason)),
});

export const exerciseBegin = operation({
  name: "exercise.begin",
  ...OF_ONE,
  summary: "Begin an exercise: its incident is reported, marked as played, and its clock starts",
  input: z.strictObject({ exercise: ExerciseId }),
  output: Done.extend({ incident: IncidentId, code: z.string() }),
  load: async (input, records, act) => {
    const exercise = await one(input, records);
    return exercise && { exercise, incident: act.newId("inc"), code: await nextCode(records, act, true) };
  },
  decide: ({ exercise, ...opened }, _input, act) => {
    const begun = beginExercise(exercise, act.by, stampOf(undefined, act), opened);
    if (!begun.ok) return begun;
    return accept({ facts: begun.value, output: { exercise: exercise.id, ...opened } });
  },
});

export const exerciseInject = operation({
  name: "exercise.inject",
  ...OF_ONE,
  summary: "Tell the players an inject",
  input: z.strictObject({ exercise: ExerciseId, inject: Place.describe("Which, counted from 1") }),
  output: Done,
  load: one,
  decide: (exercise, { inject }, act) =>
    single(fireInject(exercise, act.by.id, stampOf(undefined, act), act.now, inject)),
});

export const exercisePause = operation({
  name: "exercise.pause",
  ...OF_ONE,
  summary: "Let play and its clock stand still, with the reason; no inject is fired meanwhile",
  input: z.strictObject({ exercise: ExerciseId, reason: line(2000) }),
  output: Done,
  load: one,
  decide: (exercise, { reason }, act) =>
    single(pauseExercise(exercise, act.by.id, stampOf(undefined, act), act.now, reason)),
});

export const exerciseResume = operation({
  name: "exercise.resume",
  ...OF_ONE,
  summary: "Let play go on, in the minute in which it was paused",
  input: z.strictObject({ exercise: ExerciseId }),
  output: Done,
  load: one,
  decide: (exercise, _input, act) =>
    single(resumeExercise(exercise, act.by.id, stampOf(undefined, act), act.now)),
});

export const exerciseJudge = operation({
  name: "exercise.judge",
  ...OF_ONE,
  summary: "Note how far an objective of an exercise was reached",
  input: z.strictObject({
    exercise: ExerciseId,
    objective: Place.describe("Which, counted from 1"),
    verdict: Verdict,
    words: prose(5000).default(""),
  }),
  output: Done,
  load: one,
  decide: (exercise, { exercise: _, ...said }, act) =>
    single(judgeObjective(exercise, act.by.id, stampOf(undefined, act), said)),
});

export const exerciseEnd = operation({
  name: "exercise.end",
  ...OF_ONE,
  summary: "End play and stop the clock of an exercise; its hot wash is next",
  input: z.strictObject({ exercise: ExerciseId }),
  output: Done,
  load: one,
  decide: (exercise, _input, act) =>
    single(endExercise(exercise, act.by.id, stampOf(undefined, act), act.now)),
});

export const exerciseWashUp = operation({
  name: "exercise.wash_up",
  ...OF_ONE,
  summary: "Keep what was said in the hot wash of an exercise",
  input: z.strictObject({
    exercise: ExerciseId,
    heldAt: Instant,
    present: z.array(line(200)).min(1).max(200),
    well: prose(10_000).default("").describe("What went well"),
    badly: prose(10_000).default("").describe("What did not"),
    surprising: prose(10_000).default("").describe("What nobody had expected"),
  }),
  output: Done,
  load: one,
  decide: (exercise, { exercise: _, ...said }, act) =>
    single(holdHotWash(exercise, act.by.id, stampOf(undefined, act), act.now, said)),
});

export const exerciseClose = operation({
  name: "exercise.close",
  ...OF_ONE,
  summary: "Close an exercise whose hot wash was held and whose objectives were judged",
  input: z.strictObject({
    exercise: ExerciseId,
    reason: prose(2000).default("").describe("Why there was no hot wash, where there was none"),
  }),
  output: Done,
  load: one,
  decide: (exercise, { reason }, act) =>
    single(closeExercise(exercise, act.by.id, stampOf(undefined, act), reason)),
});

function one(input: { readonly exercise: ExerciseId }, records: Records): Promise<Exercise | undefined> {
  return records.learning.exercise(input.exercise);
}

/** Who takes part, with their names; `undefined` when somebody is unknown or inactive. */
async function namedIn(records: Records, people: z.output<typeof Cast>): Promise<Participant[] | undefined> {
  const named: Participant[] = [];
  for (const { person: id, role } of people) {
    const person = await records.person(id);
    if (person?.status !== "active") return undefined;
    named.push({ person: id, name: person.name, role });
  }
  return named;
}

function single(outcome: Result<ExerciseFact, Refusal>) {
  if (!outcome.ok) return outcome;
  return accept({ facts: [outcome.value], output: { exercise: outcome.value.body.exercise } });
}

export const EXERCISE_OPERATIONS = [
  exercisePlan,
  exerciseChange,
  exerciseCancel,
  exerciseBegin,
  exerciseInject,
  exercisePause,
  exerciseResume,
  exerciseJudge,
  exerciseEnd,
  exerciseWashUp,
  exerciseClose,
] as const;
