import { queryOptions } from "@tanstack/react-query";
import { read } from "../api/call.ts";
import type { QueryOutput } from "../api/contract.ts";

export type Matrix = QueryOutput<"recovery.matrix">;
export type MatrixRow = Matrix["items"][number];
export type MatrixGate = Matrix["gates"][number];
export type RecoveringHost = QueryOutput<"recovery.host">;
export type HostCell = RecoveringHost["cells"][number];

/** The hosts of an incident on their way back, each with all of its gates. */
export const matrixQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "recovery"],
    queryFn: ({ signal }) => read<Matrix>(`/v1/incident/${incident}/recovery`, signal),
  });

/** One host on its way back, with its proofs. */
export const recoveringHostQuery = (incident: string, host: string) =>
  queryOptions({
    queryKey: ["incident", incident, "recovery", host],
    queryFn: ({ signal }) => read<RecoveringHost>(`/v1/recovery/${host}`, signal),
  });
