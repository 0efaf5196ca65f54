import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type AdvisoryRow = QueryOutput<"advisory.list">["items"][number];
export type AdvisoryShown = QueryOutput<"advisory.show">;
export type AdvisoryPreview = QueryOutput<"advisory.preview">;
export type AdvisoryDraft = AdvisoryShown["draft"];
export type Group = QueryOutput<"advisory.groups">["items"][number];

/** Advisories to the constituency, the one that changed last first. */
export const advisoriesQuery = queryOptions({
  queryKey: ["advisory", "all"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"advisory.list">>("/v1/advisory", signal)).items,
});

/** One advisory with its versions. */
export const advisoryQuery = (id: string) =>
  queryOptions({
    queryKey: ["advisory", id],
    queryFn: ({ signal }) => read<AdvisoryShown>(`/v1/advisory/${id}`, signal),
  });

/** What would be sent now, and to whom. */
export const advisoryPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ["advisory", id, "preview"],
    queryFn: ({ signal }) => read<AdvisoryPreview>(`/v1/advisory/${id}/preview`, signal),
  });

/** The groups that the directory knows. */
export const groupsQuery = queryOptions({
  queryKey: ["advisory", "groups"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"advisory.groups">>("/v1/advisory-group", signal)).items,
});
