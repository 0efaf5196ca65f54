import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

/** An incident as it stood, with what is different now. */
export type AsItStood = QueryOutput<"incident.at">;

/** The place in time that an address names: an entry by its number, a moment in UTC, or the end of the log. */
export type Place = number | string;

/** The place that `?at=` names, or `undefined` where it names none. */
export function placeFrom(search: Record<string, unknown>): { at?: Place | undefined } {
  const { at } = search;
  if (typeof at === "number") return { at: Number.isInteger(at) && at >= 0 ? at : undefined };
  return { at: typeof at === "string" && /^(latest|\d{4}-\d\d-\d\dT[\d:.]+Z)$/.test(at) ? at : undefined };
}

/** Reads how the incident stood; the picture before stays until the next one has come. */
export const asItStoodQuery = (incident: string, at: Place) =>
  queryOptions({
    queryKey: ["incident", incident, "at", at],
    queryFn: ({ signal }) => read<AsItStood>(`/v1/incident/${incident}/at${wordsOf(at)}`, signal),
    placeholderData: keepPreviousData,
  });

function wordsOf(at: Place): string {
  if (at === "latest") return "";
  return typeof at === "number" ? `?incidentSeq=${at}` : `?at=${encodeURIComponent(at)}`;
}
