import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { Hint } from "./live.ts";
import { Refusal } from "./refusal.ts";

/** The answers read so far; `onSignedOut` is called when the server says that nobody is signed in. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof Refusal && error.status === 401) onSignedOut();
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (error instanceof Refusal && error.status === 401) onSignedOut();
      },
      onSettled: () => client.invalidateQueries(),
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && (!(error instanceof Refusal) || error.status === 0),
        retryDelay: (attempt) => 500 * 2 ** attempt,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
  return client;
}

/**
 * Reads anew what a hint names, and what follows from it: an incident's log, its evidence, what waits for me.
 *
 * Only answers on screen are asked for again; the others when they are next shown.
 */
export function refresh(client: QueryClient, { topic, id }: Hint): void {
  for (const key of keysOf(topic, id)) void client.invalidateQueries({ queryKey: key });
}

/** What any change of an incident can show in. */
const WITH_ANY_INCIDENT = [["incidents"], ["evidence"], ["now"], ["exercise"]] as const;

function keysOf(topic: string, id: string): ReadonlyArray<readonly unknown[]> {
  switch (topic) {
    case "incident":
      // Without an id, more incidents changed than a hint can name.
      if (id === "") return [["incident"], ["entry"], ["observables"], ...WITH_ANY_INCIDENT];
      return [["incident", id], ["entry", id], ["observables", id], ...WITH_ANY_INCIDENT];
    case "signs":
      return [["triage"], ["sign"]];
    case "source":
      return [["source"]];
    case "sign":
      return [["triage"], ["sign", id]];
    case "report":
      return [["report"], ["triage"]];
    case "evidence":
      return [["evidence"], ["now"]];
    case "breakglass":
      return [["breakglass"], ["incident"]];
    case "card":
      return [["card"]];
    case "approval":
      return [["approval"], ["now"]];
    case "shift":
      return [["shift"], ["duty"], ["now"]];
    case "people":
      return [["person"], ["authority"], ["now"]];
    case "playbook":
      return [["playbook"], ["incident"]];
    case "policy":
      return [["policy"], ["now"]];
    default:
      return [[]];
  }
}
