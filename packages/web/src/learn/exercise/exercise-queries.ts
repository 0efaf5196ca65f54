import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Exercise = QueryOutput<"exercise.show">;
export type ExerciseRow = QueryOutput<"exercise.list">["items"][number];
export type Scenarios = QueryOutput<"exercise.scenarios">;
export type Scenario = Scenarios["items"][number];
export type ExerciseOutbox = QueryOutput<"exercise.outbox">;

/** Every exercise, the last planned for first. */
export const exercisesQuery = queryOptions({
  queryKey: ["exercise", "list"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"exercise.list">>("/v1/exercise", signal)).items,
});

/** One exercise, as much of it as one's part lets one see. */
export const exerciseQuery = (exercise: string) =>
  queryOptions({
    queryKey: ["exercise", exercise],
    queryFn: ({ signal }) => read<Exercise>(`/v1/exercise/${exercise}`, signal),
  });

/** What would have left the house in an exercise. */
export const exerciseOutboxQuery = (exercise: string) =>
  queryOptions({
    queryKey: ["exercise", exercise, "outbox"],
    queryFn: ({ signal }) => read<ExerciseOutbox>(`/v1/exercise/${exercise}/outbox`, signal),
  });

/** The library of scenarios, and the questions of every exercise; it changes with a release alone. */
export const scenariosQuery = queryOptions({
  queryKey: ["exercise", "scenarios"],
  queryFn: ({ signal }) => read<Scenarios>("/v1/exercise-scenario", signal),
  staleTime: Number.POSITIVE_INFINITY,
});
