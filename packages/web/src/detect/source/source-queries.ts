import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Source = QueryOutput<"source.list">["items"][number];
export type Batch = QueryOutput<"batch.show">;

/** Every source. Asked again now and then: what arrives changes the counts without an entry for each event. */
export const sourcesQuery = queryOptions({
  queryKey: ["source", "list"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"source.list">>("/v1/source", signal)).items,
  refetchInterval: 30_000,
});

/** The latest batches of a source. */
export const batchesQuery = (source: string) =>
  queryOptions({
    queryKey: ["source", "batches", source],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"batch.list">>(`/v1/source/${source}/batch?limit=8`, signal)).items,
    refetchInterval: (query) => (query.state.data?.some((each) => each.status === "waiting") ? 500 : false),
  });

/** Every record of a source that could not be read, as the server tells of it. */
export async function readAllUnread(source: string): Promise<QueryOutput<"source.unread">["items"]> {
  const all: QueryOutput<"source.unread">["items"] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page: QueryOutput<"source.unread"> = await read(
      `/v1/source/${source}/unread?limit=500&after=${encodeURIComponent(after)}`,
    );
    all.push(...page.items);
    after = page.next;
  }
  return all;
}

/** Records of a source that could not be read, page after page. */
export const unreadQuery = (source: string) =>
  infiniteQueryOptions({
    queryKey: ["source", "unread", source],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read<QueryOutput<"source.unread">>(
        `/v1/source/${source}/unread?limit=50&after=${encodeURIComponent(pageParam)}`,
        signal,
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
