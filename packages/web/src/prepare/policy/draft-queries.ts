import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type DraftAnswer = QueryOutput<"policy.compare">;

/** The draft of the next version, what it changes, and what it would have changed lately. */
export const draftQuery = queryOptions({
  queryKey: ["policy", "draft"],
  queryFn: ({ signal }) => read<DraftAnswer>("/v1/policy/draft", signal),
});
