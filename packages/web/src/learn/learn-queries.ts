import { queryOptions } from "@tanstack/react-query";
import { read } from "../api/call.ts";
import type { QueryOutput } from "../api/contract.ts";

export type Review = QueryOutput<"review.of_incident">;
export type Metrics = QueryOutput<"metrics.show">;
export type Improvement = QueryOutput<"improvement.of_incident">["items"][number];

/** The review of an incident: its plan, what was brought to it, what it answered. */
export const reviewQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "review"],
    queryFn: ({ signal }) => read<Review>(`/v1/incident/${incident}/review`, signal),
  });

/** What incidents reported from the one day to the other are measured by. */
export const metricsQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["incident", "metrics", from, to],
    queryFn: ({ signal }) =>
      read<Metrics>(`/v1/metrics?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`, signal),
  });

/** Reviews that are planned or owed and not held yet. */
export const dueReviewsQuery = queryOptions({
  queryKey: ["review", "due"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"review.due">>("/v1/review", signal)).items,
});

/** What an incident gave rise to improve. */
export const improvementsOfQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "improvement"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"improvement.of_incident">>(`/v1/incident/${incident}/improvement`, signal))
        .items,
  });

/** Improvements of all incidents in these states, by the day they are due. */
export const improvementsQuery = (states: string) =>
  queryOptions({
    queryKey: ["improvement", states],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"improvement.list">>(`/v1/improvement?state=${states}`, signal)).items,
  });
