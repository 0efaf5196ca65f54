import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput, Role } from "../../api/contract.ts";

/** Every version of the policy, newest first. */
export const versionsQuery = queryOptions({
  queryKey: ["policy", "versions"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"policy.versions">>("/v1/policy/version", signal)).items,
});

/** What a role might do at a moment, by the version then in force. */
export const atMomentQuery = (action: string, role: Role, at: string) =>
  queryOptions({
    queryKey: ["policy", "at", action, role, at],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams({ action, role, at });
      return read<QueryOutput<"policy.evaluate">>(`/v1/policy/at?${asked}`, signal);
    },
  });
