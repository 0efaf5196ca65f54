import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ExerciseId, type IncidentId, PersonId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant } from "../../kernel/time.ts";
import { AttackVector } from "../../kernel/vector.ts";
import { EXERCISE_MINUTES_MAX, Inject } from "./inject.ts";

/** Who directs, who plays the world outside, who watches and judges, and who handles the incident. */
export const EXERCISE_ROLES = ["facilitator", "controller", "evaluator", "player"] as const;
export const ExerciseRole = z.enum(EXERCISE_ROLES);
export type ExerciseRole = z.infer<typeof ExerciseRole>;

/** How far an objective was reached. */
export const VERDICTS = ["met", "partly", "not"] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

export const EXERCISE_STATES = ["planned", "running", "ended", "closed", "cancelled"] as const;
export const ExerciseState = z.enum(EXERCISE_STATES);
export type ExerciseState = z.infer<typeof ExerciseState>;

/** Everything that is agreed before an exercise begins. */
export const ExercisePlan = z.strictObject({
  title: line(200),
  situation: prose(4000).refine((text) => text.trim() !== "", {
    error: "is empty; the players start from it",
  }),
  vector: AttackVector.default("unknown"),
  objectives: z.array(line(500)).min(1).max(20),
  injects: z.array(Inject).min(1).max(50),
  questions: z.array(line(500)).max(40).default([]).describe("What is asked of the players on the way"),
  plannedFor: Instant,
  minutes: z
    .int()
    .min(5)
    .max(EXERCISE_MINUTES_MAX)
    .describe("How long it lasts, on the exercise's own clock"),
  factor: z.int().min(1).max(60).default(1).describe("How much faster than ours the exercise's clock runs"),
});
export type ExercisePlan = z.infer<typeof ExercisePlan>;

/** Somebody with a part in an exercise, named as they were then. */
export const Participant = z.object({ person: PersonId, name: z.string(), role: ExerciseRole });
export type Participant = z.infer<typeof Participant>;

const PLANNED = { exercise: ExerciseId, ...ExercisePlan.shape, people: z.array(Participant) };

export const EXERCISE_ENTRIES = {
  "exercise.planned": z.object(PLANNED),
  "exercise.changed": z.object(PLANNED),
  "exercise.cancelled": z.object({ exercise: ExerciseId, reason: prose(2000) }),
  "exercise.begun": z.object({ exercise: ExerciseId, title: z.string(), factor: z.int() }),
  "exercise.injected": z.object({
    exercise: ExerciseId,
    /** Its place among the injects, counted from 1. */
    inject: z.int(),
    way: Inject.shape.way.unwrap(),
    text: z.string(),
    raw: z.string(),
    /** Minutes on the exercise's clock: when it was planned for, and when it was. */
    plannedMinute: z.int(),
    minute: z.int(),
  }),
  "exercise.paused": z.object({ exercise: ExerciseId, minute: z.int(), reason: prose(2000) }),
  "exercise.resumed": z.object({ exercise: ExerciseId, minute: z.int() }),
  "exercise.judged": z.object({
    exercise: ExerciseId,
    /** Its place among the objectives, counted from 1. */
    objective: z.int(),
    verdict: Verdict,
    words: prose(5000),
  }),
  "exercise.ended": z.object({ exercise: ExerciseId, minute: z.int() }),
  "exercise.washed_up": z.object({
    exercise: ExerciseId,
    heldAt: Instant,
    present: z.array(line(200)).min(1).max(200),
    /** What went well, what did not, and what surprised. */
    well: prose(10_000),
    badly: prose(10_000),
    surprising: prose(10_000),
  }),
  "exercise.closed": z.object({
    exercise: ExerciseId,
    /** Why no hot wash was held; empty where one was. */
    reason: prose(2000),
  }),
};
export type ExerciseFact = Fact<typeof EXERCISE_ENTRIES>;
export type ExerciseEntry = Entry<typeof EXERCISE_ENTRIES>;

/** An inject that the players were told. */
export interface FiredInject {
  readonly inject: number;
  readonly at: string;
  readonly minute: number;
  readonly by: string;
}

/** A time in which play stood still, by our clock; `until` is null while it lasts. */
export interface Pause {
  readonly from: Instant;
  readonly until: Instant | null;
  readonly by: string;
  readonly reason: string;
}

/** What an evaluator noted on one objective; the last note of each evaluator stands. */
export interface Judgement {
  readonly objective: number;
  readonly verdict: Verdict;
  readonly words: string;
  readonly by: string;
  readonly at: string;
}

/** An exercise as its log says it is. */
export interface Exercise extends ExercisePlan {
  readonly id: ExerciseId;
  readonly people: readonly Participant[];
  readonly state: ExerciseState;
  readonly beganAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly pauses: readonly Pause[];
  /** The incident that it began with; it and every other one of the exercise is marked as played. */
  readonly opened: IncidentId | null;
  readonly fired: readonly FiredInject[];
  readonly judgements: readonly Judgement[];
  readonly hotWash: {
    readonly heldAt: string;
    readonly present: readonly string[];
    readonly well: string;
    readonly badly: string;
    readonly surprising: string;
  } | null;
  /** Why it was cancelled, or closed without a hot wash; else empty. */
  readonly reason: string;
}

/** The exercise after one more entry about it. */
export function projectExercise(before: Exercise | undefined, entry: ExerciseEntry): Exercise | undefined {
  const id = entry.body.exercise;
  if (id === undefined) return before;
  if (entry.type === "exercise.planned") return planned(id, entry.body, entry.recordedAt);
  if (before === undefined) return undefined;
  const by = entry.actor?.name ?? "(withheld)";
  switch (entry.type) {
    case "exercise.changed":
      return { ...before, ...planned(id, entry.body, entry.recordedAt) };
    case "exercise.cancelled":
      return { ...before, state: "cancelled", reason: entry.body.reason ?? "(withheld)" };
    case "exercise.begun":
      return { ...before, state: "running", beganAt: entry.recordedAt, opened: entry.incident };
    case "exercise.injected": {
      const { inject = 0, minute = 0 } = entry.body;
      return { ...before, fired: [...before.fired, { inject, minute, by, at: entry.recordedAt }] };
    }
    case "exercise.paused": {
      const pause = { from: entry.recordedAt, until: null, by, reason: entry.body.reason ?? "(withheld)" };
      return { ...before, pauses: [...before.pauses, pause] };
    }
    case "exercise.resumed":
      return { ...before, pauses: endPause(before.pauses, entry.recordedAt) };
    case "exercise.judged": {
      const { objective = 0, verdict = "not", words = "(withheld)" } = entry.body;
      const others = before.judgements.filter((each) => each.objective !== objective || each.by !== by);
      const judgements = [...others, { objective, verdict, words, by, at: entry.recordedAt }];
      return { ...before, judgements };
    }
    case "exercise.ended":
      return {
        ...before,
        state: "ended",
        endedAt: entry.recordedAt,
        pauses: endPause(before.pauses, entry.recordedAt),
      };
    case "exercise.washed_up": {
      const { present = [], well = "(withheld)", badly = "(withheld)" } = entry.body;
      const { heldAt = entry.recordedAt, surprising = "(withheld)" } = entry.body;
      return { ...before, hotWash: { heldAt, present, well, badly, surprising } };
    }
    case "exercise.closed":
      return { ...before, state: "closed", reason: entry.body.reason ?? "(withheld)" };
  }
}

function endPause(pauses: readonly Pause[], until: Instant): Pause[] {
  return pauses.map((each) => (each.until === null ? { ...each, until } : each));
}

function planned(
  id: ExerciseId,
  body: Extract<ExerciseEntry, { type: "exercise.planned" | "exercise.changed" }>["body"],
  recordedAt: Instant,
): Exercise {
  return {
    id,
    title: body.title ?? "(withheld)",
    situation: body.situation ?? "(withheld)",
    vector: body.vector ?? "unknown",
    objectives: body.objectives ?? [],
    injects: body.injects ?? [],
    questions: body.questions ?? [],
    plannedFor: body.plannedFor ?? recordedAt,
    minutes: body.minutes ?? EXERCISE_MINUTES_MAX,
    factor: body.factor ?? 1,
    people: body.people ?? [],
    state: "planned",
    beganAt: null,
    endedAt: null,
    pauses: [],
    opened: null,
    fired: [],
    judgements: [],
    hotWash: null,
    reason: "",
  };
}
