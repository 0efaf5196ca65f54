import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { Approval, QueryOutput } from "../../api/contract.ts";

const list = async (search: string, signal: AbortSignal) =>
  (await read<QueryOutput<"approval.list">>(`/v1/approval?${search}`, signal)).items;

/** Requests for consent that wait for this person, the one that runs out first at the top. */
export const toDecideQuery = queryOptions({
  queryKey: ["approval", "to decide"],
  queryFn: ({ signal }) => list("which=to_decide", signal),
});

/** What this person asked consent for, newest first. */
export const askedQuery = queryOptions({
  queryKey: ["approval", "asked"],
  queryFn: ({ signal }) => list("which=asked", signal),
});

/** One request for consent. */
export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ["approval", id],
    queryFn: ({ signal }) => read<Approval>(`/v1/approval/${id}`, signal),
  });
