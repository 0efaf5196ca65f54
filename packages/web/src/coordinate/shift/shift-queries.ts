import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type ShiftAnswer = QueryOutput<"shift.show">;
export type Shift = ShiftAnswer["waiting"][number];
export type ShiftCard = ShiftAnswer["cards"][number];
export type CardTalk = Shift["cards"][number];

/** Offers that nobody has answered. */
export const shiftsWaitingQuery = queryOptions({
  queryKey: ["shift"],
  queryFn: async ({ signal }) =>
    (await read<QueryOutput<"shift.waiting">>("/v1/shift-waiting", signal)).items,
});

/** What a shift hands over. Under `incidents`, because a change of any open incident changes its card. */
export const shiftQuery = queryOptions({
  queryKey: ["incidents", "shift"],
  queryFn: ({ signal }) => read<ShiftAnswer>("/v1/shift", signal),
});
