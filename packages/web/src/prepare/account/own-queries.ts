import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { readProvider } from "./provider-calls.ts";

/** One's second factor and passkeys. */
export const factorQuery = queryOptions({
  queryKey: ["account", "factor"],
  queryFn: ({ signal }) => read<QueryOutput<"factor.show">>("/v1/factor", signal),
});

/** One's tokens that work now. */
export const tokensQuery = queryOptions({
  queryKey: ["account", "tokens"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"token.list">>("/v1/token", signal)).items,
});

/** One's sessions that last. */
export const sessionsQuery = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"session.list">>("/v1/session/list", signal)).items,
});

/** The provider at which people may sign in. */
export const providerQuery = queryOptions({
  queryKey: ["provider"],
  queryFn: ({ signal }) => readProvider(signal),
  staleTime: Number.POSITIVE_INFINITY,
});
