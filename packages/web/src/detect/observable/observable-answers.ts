import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Observables = QueryOutput<"observable.of_incident">;
export type Confirmed = Observables["confirmed"][number];

/** The values of an incident: confirmed ones, and apart from them those only seen. */
export const observablesQuery = (incident: string) =>
  queryOptions({
    queryKey: ["observables", incident],
    queryFn: ({ signal }) => read<Observables>(`/v1/incident/${incident}/observable`, signal),
  });
