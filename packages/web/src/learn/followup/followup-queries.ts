import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Followup = QueryOutput<"followup.of_incident">;
export type FollowupPart = Followup["sections"][number]["parts"][number];
export type FollowupTemplate = QueryOutput<"followup.template">;

/** The follow-up report of an incident for one marking, that of the incident when it is empty. */
export const followupQuery = (incident: string, marking: string) =>
  queryOptions({
    queryKey: ["incident", incident, "followup", marking],
    queryFn: ({ signal }) =>
      read<Followup>(`/v1/incident/${incident}/followup${markingText(marking)}`, signal),
  });

/** How follow-up reports are arranged. */
export const followupTemplateQuery = queryOptions({
  queryKey: ["followup", "template"],
  queryFn: ({ signal }) => read<FollowupTemplate>("/v1/followup/template", signal),
});

/** Where the report of a marking is fetched on paper. */
export function followupAddress(incident: string, marking: string): string {
  return `/v1/incident/${incident}/followup.pdf${markingText(marking)}`;
}

function markingText(marking: string): string {
  return marking === "" ? "" : `?marking=${encodeURIComponent(marking)}`;
}
