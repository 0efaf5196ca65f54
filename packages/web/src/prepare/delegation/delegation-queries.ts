import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

/** A role lent for a time, now or later. */
export type Delegation = QueryOutput<"authority.list">["items"][number];

/** Who stands in for whom, now and later. */
export const delegationsQuery = queryOptions({
  queryKey: ["authority"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"authority.list">>("/v1/authority", signal)).items,
});
