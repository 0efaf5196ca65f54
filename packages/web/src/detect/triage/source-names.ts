import { useQuery } from "@tanstack/react-query";
import { sourcesQuery } from "../source/source-queries.ts";

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
