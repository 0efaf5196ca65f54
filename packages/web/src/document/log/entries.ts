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
      const known = client.getQueryData<readonly Entry[]>(queryKey) ?? wholeShortLog(client, incident);
      return [...known, ...(await entriesAfter(incident, known.at(-1)?.incidentSeq ?? 0, signal))];
    },
    structuralSharing: false,
  });
};

/** The newest entries where they begin with the first one: then they are all there were. */
function wholeShortLog(client: QueryClient, incident: string): readonly Entry[] {
  const newest = client.getQueryData(newestQuery(incident).queryKey) ?? [];
  return newest[0]?.incidentSeq === 1 ? newest : [];
}

/** More rows than any screen holds. */
const NEWEST = 200;

/** The newest entries of an incident, oldest of them first: what a screen shows of a long log. */
export const newestQuery = (incident: string) =>
  queryOptions({
    queryKey: ["newest entries", incident],
    queryFn: async ({ signal }) =>
      (await read<LogPart>(`/v1/incident/${incident}/entry?newest=${NEWEST}`, signal)).items,
  });

/** The handling log to look at: the newest entries as soon as they are there, then the whole. */
export function useLog(incident: string): UseQueryResult<readonly Entry[]> {
  const client = useQueryClient();
  const known = client.getQueryData(entriesQuery(client, incident).queryKey) !== undefined;
  const newest = useQuery({ ...newestQuery(incident), enabled: !known });
  const whole = useQuery({ ...entriesQuery(client, incident), enabled: known || !newest.isPending });
  return whole.data === undefined && newest.data !== undefined ? newest : whole;
}

type LogPart = QueryOutput<"log.entries">;

async function entriesAfter(incident: string, after: number, signal: AbortSignal): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let place: number | null = after;
  while (place !== null) {
    const page: LogPart = await read(`/v1/incident/${incident}/entry?after=${place}&limit=1000`, signal);
    entries.push(...page.items);
    place = page.next;
  }
  return entries;
}
