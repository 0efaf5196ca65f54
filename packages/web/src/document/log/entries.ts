import {
  type QueryClient,
  queryOptions,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
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

/** More rows than any screen holds. */
const NEWEST = 200;

/**
 * The handling log to look at: the newest entries as soon as they are there, then the whole.
 *
 * @param count  how many entries the incident says it has
 */
export function useLog(incident: string, count: number): UseQueryResult<readonly Entry[]> {
  const client = useQueryClient();
  const known = client.getQueryData(entriesQuery(client, incident).queryKey) !== undefined;
  const after = Math.max(0, count - NEWEST);
  const newest = useQuery({
    queryKey: ["newest entries", incident],
    queryFn: ({ signal }) => entriesAfter(incident, after, signal),
    enabled: after > 0 && !known,
  });
  const whole = useQuery({
    ...entriesQuery(client, incident),
    enabled: known || after === 0 || !newest.isPending,
  });
  return whole.data === undefined && newest.data !== undefined ? newest : whole;
}

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
