import { queryOptions, useQuery } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

/** Every source of signs, and for how long it has been silent. */
export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"source.list">>("/v1/source", signal)).items,
});

/** How people call a source; its id while nobody has named it. */
export function useSourceNames(): (id: string) => string {
  const { data } = useQuery(sourcesQuery);
  return (id) => data?.find((source) => source.id === id)?.name ?? id;
}

/** How the sources are, in one sentence: silence is a finding. */
export function useSourcesSentence(): string {
  const { data } = useQuery(sourcesQuery);
  const active = data?.filter(({ status }) => status === "active") ?? [];
  if (active.length === 0) return "No source of signs is set up.";
  const silent = active.filter(({ silentForHours }) => silentForHours !== null);
  const healthy = active.length - silent.length;
  const parts = [
    ...(healthy > 0 ? [`${healthy} healthy`] : []),
    ...silent.map(({ name, silentForHours }) => `${name} silent for ${silentForHours} h`),
  ];
  return `Sources: ${parts.join(", ")}.`;
}
