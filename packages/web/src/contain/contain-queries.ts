import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { read } from "../api/call.ts";
import type { QueryOutput } from "../api/contract.ts";

export type Isolation = QueryOutput<"isolation.of_incident">["items"][number];
export type Watch = QueryOutput<"watch.of_incident">;
export type Spare = QueryOutput<"spare.list">["items"][number];

/** What was asked to be cut off in an incident. */
export const isolationsQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "isolation"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"isolation.of_incident">>(`/v1/incident/${incident}/isolation`, signal)).items,
  });

/** Everything that is cut off or allowed to be, in all incidents. */
export const standingQuery = queryOptions({
  queryKey: ["incidents", "standing"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"isolation.standing">>("/v1/isolation", signal)).items,
});

/** The connectors that the operator of the server set up; they change only when it starts anew. */
export const connectorsQuery = queryOptions({
  queryKey: ["connector"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"connector.list">>("/v1/connector", signal)).items,
});

/** What cutting something off would mean; the answer before stays on screen while the next is fetched. */
export const prospectQuery = (kind: Isolation["target"]["kind"], name: string, asset: string | undefined) =>
  queryOptions({
    queryKey: ["asset", "prospect", kind, name, asset],
    queryFn: ({ signal }) =>
      read<QueryOutput<"isolation.prospect">>(
        `/v1/isolation-prospect?${new URLSearchParams({ kind, name, ...(asset ? { asset } : {}) })}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    enabled: name.trim() !== "",
  });

/** How an incident is watched. */
export const watchQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "watch"],
    queryFn: ({ signal }) => read<Watch>(`/v1/incident/${incident}/watch`, signal),
  });

/** Open incidents by when somebody has to look at them next. */
export const watchesQuery = queryOptions({
  queryKey: ["incidents", "watch"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"watch.list">>("/v1/watch", signal)).items,
});

/** Hot spares; with `asset` those that can stand in for it. */
export const sparesQuery = (asset?: string) =>
  queryOptions({
    queryKey: ["spare", asset ?? "all"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"spare.list">>(asset ? `/v1/spare?asset=${asset}` : "/v1/spare", signal)).items,
  });
