import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Scope = QueryOutput<"scope.of_incident">;

/** What is in the scope of an incident and what was ruled out of it. */
export const scopeQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "scope"],
    queryFn: ({ signal }) => read<Scope>(`/v1/incident/${incident}/scope`, signal),
  });
