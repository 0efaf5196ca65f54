import {
  AttackVector,
  DeliveryOutcome,
  EXERCISE_QUESTIONS,
  type Exercise,
  ExerciseId,
  ExerciseRole,
  ExerciseState,
  IncidentId,
  IncidentStatus,
  Inject,
  Participant,
  partOf,
  playedMinute,
  RunOutcome,
  SCENARIOS,
  STAFF,
  unixMsOf,
  Verdict,
} from "@jumpkit/core";
import * as z from "zod";
import { several } from "../../list.ts";
import type { Viewer } from "../../ports.ts";
import { query } from "../../query.ts";

const LOOKS = { phase: "learn", action: "incident.read" } as const;

/** An exercise as lists show it. */
const ExerciseRow = z
  .object({
    id: ExerciseId,
    title: z.string(),
    state: ExerciseState,
    plannedFor: z.string(),
    minutes: z.int(),
    factor: z.int(),
    beganAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    pauses: z
      .array(z.object({ from: z.string(), until: z.string().nullable(), by: z.string(), reason: z.string() }))
      .describe("when play stood still; `until` is null while it does"),
    opened: IncidentId.nullable().describe("the incident that it began with"),
    part: ExerciseRole.nullable().describe("your own part in it"),
    score: z
      .object({ met: z.int(), partly: z.int(), not: z.int(), of: z.int() })
      .nullable()
      .describe("how many objectives were reached, by the worst note on each; null until you may see it"),
  })
  .meta({ id: "ExerciseRow" });

/** An exercise as its own page shows it: a player sees what has been fired, and no more until it is closed. */
const ExerciseView = ExerciseRow.extend({
  situation: z.string(),
  vector: AttackVector,
  objectives: z.array(z.string()),
  questions: z.array(z.string()),
  people: z.array(Participant),
  injects: z.array(
    z.object({
      ...Inject.shape,
      number: z.int(),
      fired: z.object({ at: z.string(), minute: z.int(), by: z.string() }).nullable(),
    }),
  ),
  injectsInAll: z.int(),
  judgements: z.array(
    z.object({ objective: z.int(), verdict: Verdict, words: z.string(), by: z.string(), at: z.string() }),
  ),
  hotWash: z
    .object({
      heldAt: z.string(),
      present: z.array(z.string()),
      well: z.string(),
      badly: z.string(),
      surprising: z.string(),
    })
    .nullable(),
  reason: z.string().describe("why it was cancelled, or closed without a hot wash"),
  minute: z.int().describe("minutes on its own clock"),
  incidents: z.array(
    z.object({ id: IncidentId, code: z.string(), title: z.string(), status: IncidentStatus }),
  ),
}).meta({ id: "Exercise" });

export const listExercises = query({
  name: "exercise.list",
  ...LOOKS,
  summary: "Exercises, those that are still to come first",
  path: "/v1/exercise",
  input: z.strictObject({ state: several(ExerciseState) }),
  output: z.object({ items: z.array(ExerciseRow) }),
  run: async ({ state }, reading, viewer) => ({
    items: (await reading.learning.exercises(state)).map((each) => rowOf(each, viewer)),
  }),
});

export const showExercise = query({
  name: "exercise.show",
  ...LOOKS,
  summary: "One exercise; a player sees of its injects those that were fired",
  path: "/v1/exercise/{exercise}",
  input: z.strictObject({ exercise: ExerciseId }),
  output: ExerciseView,
  run: async (input, reading, viewer) => {
    const exercise = await reading.learning.exercise(input.exercise);
    if (exercise === undefined) return undefined;
    const incidents = await reading.learning.incidentsOf(exercise.id);
    const open = seesAll(exercise, viewer);
    const { injects, fired, judgements, questions } = exercise;
    return {
      ...exercise,
      ...rowOf(exercise, viewer),
      people: [...exercise.people],
      questions: open ? questions : [],
      injects: injects
        .map((inject, place) => {
          const told = fired.find((each) => each.inject === place + 1);
          return { ...inject, number: place + 1, fired: told ?? null };
        })
        .filter((each) => open || each.fired !== null)
        .map((each) => (open ? each : { ...each, expected: "" })),
      injectsInAll: injects.length,
      judgements: open ? [...judgements] : [],
      hotWash: exercise.hotWash && { ...exercise.hotWash, present: [...exercise.hotWash.present] },
      minute: playedMinute(exercise, unixMsOf(reading.now())),
      incidents: incidents.map(({ id, code, title, status }) => ({ id, code, title, status })),
    };
  },
});

export const listScenarios = query({
  name: "exercise.scenarios",
  ...LOOKS,
  summary: "The library of scenarios, and what is asked in every exercise",
  path: "/v1/exercise-scenario",
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z
        .object({
          key: z.string(),
          title: z.string(),
          about: z.string(),
          situation: z.string(),
          vector: AttackVector,
          minutes: z.int(),
          objectives: z.array(z.string()),
          injects: z.array(Inject),
          questions: z.array(z.string()),
          variations: z.array(z.string()),
        })
        .meta({ id: "Scenario" }),
    ),
    questions: z.array(z.object({ part: z.string(), asks: z.array(z.string()) })),
  }),
  run: async () => ({
    items: SCENARIOS.map((each) => ({ ...each, variations: [...each.variations] })),
    questions: Object.entries(EXERCISE_QUESTIONS).map(([part, asks]) => ({ part, asks: [...asks] })),
  }),
});

export const showExerciseOutbox = query({
  name: "exercise.outbox",
  ...LOOKS,
  summary: "What would have left the house in an exercise: mail, letters, calls and runs of connectors",
  path: "/v1/exercise/{exercise}/outbox",
  input: z.strictObject({ exercise: ExerciseId }),
  output: z.object({
    messages: z.array(
      z.object({
        incident: IncidentId,
        code: z.string(),
        name: z.string(),
        channel: z.string(),
        address: z.string(),
        subject: z.string(),
        message: z.string(),
        at: z.string(),
        by: z.string(),
        outcome: DeliveryOutcome.nullable(),
      }),
    ),
    runs: z.array(
      z.object({
        incident: IncidentId,
        code: z.string(),
        target: z.string(),
        connector: z.string(),
        at: z.string(),
        by: z.string(),
        outcome: RunOutcome.nullable(),
        text: z.string(),
      }),
    ),
  }),
  run: async (input, reading) => {
    const exercise = await reading.learning.exercise(input.exercise);
    if (exercise === undefined) return undefined;
    const incidents = await reading.learning.incidentsOf(exercise.id);
    const messages = await reading.learning.released(exercise.id);
    const runs = [];
    for (const { id: incident, code } of incidents) {
      for (const { target, runs: each = [] } of await reading.contain.isolationsOf(incident)) {
        for (const { connector, askedAt: at, by, outcome, text } of each) {
          runs.push({ incident, code, target: target.name, connector, at, by, outcome, text });
        }
      }
    }
    return { messages: [...messages], runs };
  },
});

/** Whoever has no part in the play sees everything once it is closed, and players do too. */
function seesAll(exercise: Exercise, viewer: Viewer): boolean {
  const part = partOf(exercise, viewer.id);
  return exercise.state === "closed" || (part !== undefined && STAFF.includes(part));
}

function rowOf(exercise: Exercise, viewer: Viewer) {
  const { id, title, state, plannedFor, minutes, factor, beganAt, endedAt, opened } = exercise;
  const pauses = [...exercise.pauses];
  const part = partOf(exercise, viewer.id) ?? null;
  const score = seesAll(exercise, viewer) ? scoreOf(exercise) : null;
  return { id, title, state, plannedFor, minutes, factor, beganAt, endedAt, pauses, opened, part, score };
}

/** Where evaluators differ, the worst note counts. */
function scoreOf({ objectives, judgements }: Exercise) {
  const score = { met: 0, partly: 0, not: 0, of: objectives.length };
  objectives.forEach((_, place) => {
    const verdicts = judgements
      .filter(({ objective }) => objective === place + 1)
      .map((each) => each.verdict);
    const worst = (["not", "partly", "met"] as const).find((verdict) => verdicts.includes(verdict));
    if (worst !== undefined) score[worst] += 1;
  });
  return score;
}

export const EXERCISE_QUERIES = [listExercises, listScenarios, showExercise, showExerciseOutbox] as const;
