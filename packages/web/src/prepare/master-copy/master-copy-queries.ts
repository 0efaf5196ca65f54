import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type MasterCopy = QueryOutput<"mastercopy.list">["items"][number];

/** The master copies of the register by host, the newest version of each first. */
export const masterCopiesQuery = queryOptions({
  queryKey: ["mastercopy"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"mastercopy.list">>("/v1/mastercopy", signal)).items,
});

/** Who asked for a master copy, newest first. */
export const copyFetchesQuery = (copy: string) =>
  queryOptions({
    queryKey: ["mastercopy", copy, "fetches"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"mastercopy.fetches">>(`/v1/mastercopy/${copy}/fetches`, signal)).items,
  });

/** Of each host only the newest version: older ones need no reminder. */
export function newestOfEach(copies: readonly MasterCopy[]): MasterCopy[] {
  return copies.filter((copy, at) => copies[at - 1]?.name.toLowerCase() !== copy.name.toLowerCase());
}
