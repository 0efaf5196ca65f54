import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Restoring = QueryOutput<"restorepoint.of_incident">;
export type Reset = QueryOutput<"reset.of_incident">["items"][number];

/** Since when an incident's hosts may have been compromised, and the restore points that were chosen. */
export const restoringQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "restoring"],
    queryFn: ({ signal }) => read<Restoring>(`/v1/incident/${incident}/restorepoint`, signal),
  });

/** Accounts of the register that name an affected host and are not listed yet. */
export const suggestedQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "reset", "suggested"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"reset.suggested">>(`/v1/incident/${incident}/reset-suggestion`, signal)).items,
  });

/** Accounts of affected hosts that need new passwords. */
export const resetsQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "reset"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"reset.of_incident">>(`/v1/incident/${incident}/reset`, signal)).items,
  });
