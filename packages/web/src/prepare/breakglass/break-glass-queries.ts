import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

/** One breaking of the glass that nobody has reviewed yet. */
export type BreakGlass = QueryOutput<"breakglass.list">["items"][number];

/** Where the glass was broken and nobody has reviewed it: for reviewers, and one's own. */
export const breakGlassQuery = queryOptions({
  queryKey: ["breakglass"],
  queryFn: ({ signal }) => read<QueryOutput<"breakglass.list">>("/v1/breakglass", signal),
});
