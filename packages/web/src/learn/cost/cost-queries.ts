import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Ledger = QueryOutput<"cost.of_incident">;
export type Cost = Ledger["items"][number];
export type CostTotals = QueryOutput<"cost.totals">;

/** What an incident cost, line by line. */
export const ledgerQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "cost"],
    queryFn: ({ signal }) => read<Ledger>(`/v1/incident/${incident}/cost`, signal),
  });

/** How long people seem to have worked on an incident. */
export const hoursQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "hours"],
    queryFn: ({ signal }) => read<QueryOutput<"cost.hours">>(`/v1/incident/${incident}/hours`, signal),
  });

/** What an hour of people's time costs. */
export const ratesQuery = queryOptions({
  queryKey: ["rate"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"rate.list">>("/v1/rate", signal)).items,
});

/** What incidents cost from the one day to the other. */
export const costTotalsQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["incident", "cost", from, to],
    queryFn: ({ signal }) =>
      read<CostTotals>(`/v1/cost?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`, signal),
  });
