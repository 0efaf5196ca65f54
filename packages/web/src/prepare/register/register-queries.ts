import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { type AssetFilter, assetFilterText } from "./asset-filter.ts";

export type Asset = QueryOutput<"asset.show">;
export type Segment = QueryOutput<"segment.list">["items"][number];
export type Constituent = QueryOutput<"constituent.list">["items"][number];
export type Team = QueryOutput<"team.list">["items"][number];

/** The assets that `filter` shows, page after page. */
export const assetPagesQuery = (filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: ["asset", "pages", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      read<QueryOutput<"asset.list">>(`/v1/asset?${assetFilterText(filter, pageParam)}`, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const assetQuery = (id: string) =>
  queryOptions({
    queryKey: ["asset", "one", id],
    queryFn: ({ signal }) => read<Asset>(`/v1/asset/${id}`, signal),
  });

/** The first 500 of each list that forms choose from. */
export const segmentsQuery = queryOptions({
  queryKey: ["segment", "list"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"segment.list">>("/v1/segment?limit=500", signal)).items,
});

export const constituentsQuery = queryOptions({
  queryKey: ["constituent", "list"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"constituent.list">>("/v1/constituent?limit=500", signal)).items,
});

export const teamsQuery = queryOptions({
  queryKey: ["team", "list"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"team.list">>("/v1/team?limit=500", signal)).items,
});
