import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { Entry, QueryOutput } from "../../api/contract.ts";

/**
 * The whole handling log of an incident, oldest first.
 *
 * Reading it anew asks only for what came after the last entry known: entries never change.
 */
export const entriesQuery = (client: QueryClient, incident: string) => {
  const queryKey = ["entry", incident];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<readonly Entry[]>(queryKey) ?? [];
      return [...known, ...(await entriesAfter(incident, known.at(-1)?.incidentSeq ?? 0, signal))];
    },
    structuralSharing: false,
  });
};

async function entriesAfter(incident: string, after: number, signal: AbortSignal): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let place: number | null = after;
  while (place !== null) {
    const page: QueryOutput<"log.entries"> = await read(
      `/v1/incident/${incident}/entry?after=${place}&limit=1000`,
      signal,
    );
    entries.push(...page.items);
    place = page.next;
  }
  return entries;
}
