import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { type TriageFilter, triageFilterText } from "./triage-filter.ts";

type QueuePage = QueryOutput<"triage.queue">;

/** A sign as the queue lists it. */
export type SignRow = QueuePage["items"][number];

/** A sign with its whole story. */
export type SignStory = QueryOutput<"triage.sign">;

/** How many signs one request brings: more than a screen, less than a breath. */
const PAGE = 100;

/** The signs that `filter` shows, page after page; the rows before stay while the next filter is asked. */
export const queueQuery = (filter: TriageFilter) =>
  infiniteQueryOptions({
    queryKey: ["triage", "queue", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      read<QueuePage>(`/v1/triage?${triageFilterText(filter, PAGE, pageParam)}`, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** How the queue stands: how many wait, when the last sign came. */
export const queueStateQuery = queryOptions({
  queryKey: ["triage", "state"],
  queryFn: ({ signal }) => read<QueryOutput<"triage.state">>("/v1/triage/state", signal),
});

export const storyQuery = (id: string) =>
  queryOptions({
    queryKey: ["sign", id],
    queryFn: ({ signal }) => read<SignStory>(`/v1/triage/sign/${encodeURIComponent(id)}`, signal),
  });

/** The signs that are part of an incident. */
export const signsOfIncidentQuery = (id: string) =>
  queryOptions({
    queryKey: ["triage", "of", id],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"triage.of_incident">>(`/v1/incident/${id}/sign`, signal)).items,
  });
