import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { type IncidentFilter, incidentFilterText } from "./incident-filter.ts";

type IncidentPage = QueryOutput<"incident.list">;

/** The first page of the incidents that `filter` shows. */
export const incidentsQuery = (filter: IncidentFilter) =>
  queryOptions({
    queryKey: ["incidents", filter],
    queryFn: ({ signal }) =>
      read<IncidentPage>(`/v1/incident?${incidentFilterText(filter, undefined)}`, signal),
  });

/** All the incidents that `filter` shows, page after page. */
export const incidentPagesQuery = (filter: IncidentFilter) =>
  infiniteQueryOptions({
    queryKey: ["incidents", "pages", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      read<IncidentPage>(`/v1/incident?${incidentFilterText(filter, pageParam)}`, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });
