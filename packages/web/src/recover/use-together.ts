import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { rowsShown } from "./recovery-filter.ts";
import { type HostCell, matrixQuery, type RecoveringHost } from "./recovery-queries.ts";
import { openBetween } from "./recovery-rows.ts";

/**
 * The hosts that one proof or waiver of a gate is for: the host itself, or those marked with it in the matrix whose
 * gate is still open.
 */
export function useTogether(host: RecoveringHost, gate: HostCell["gate"]["id"]) {
  const search = useSearch({ from: "/in/incidents/$incident/recovery" });
  const { data: matrix } = useQuery(matrixQuery(host.incident));
  const marked =
    matrix === undefined || search.from === undefined
      ? []
      : openBetween(rowsShown(matrix, search), matrix.gates, { from: search.from, to: host.id, gate });
  return marked.length === 0 ? [{ id: host.id, name: host.name }] : marked;
}
