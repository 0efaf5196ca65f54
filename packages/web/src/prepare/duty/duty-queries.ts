import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Duty = QueryOutput<"duty.list">["items"][number];
export type DutyFunction = Duty["duty"];
export type CallSheetAnswer = QueryOutput<"callsheet.show">;

/** Who is on duty now and later. It is read again each minute: duties begin and end without anybody acting. */
export const dutiesQuery = queryOptions({
  queryKey: ["duty"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"duty.list">>("/v1/duty", signal)).items,
  refetchInterval: 60_000,
});

export const callSheetQuery = queryOptions({
  queryKey: ["callsheet"],
  queryFn: ({ signal }) => read<CallSheetAnswer>("/v1/callsheet", signal),
});

/** The functions in the order in which one asks for them. */
export const DUTY_WORDS: Readonly<Record<DutyFunction, string>> = {
  lead: "Lead",
  deputy: "Deputy",
  communications: "Communications",
  legal: "Legal",
  custodian: "Custodian",
};
