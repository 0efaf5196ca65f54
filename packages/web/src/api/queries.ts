import type { ActionId } from "@jumpkit/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { read } from "./call.ts";
import type { Incident, Item, Now, PolicyAnswer, QueryOutput } from "./contract.ts";

/** The signed-in person, what they may do, what waits for them. */
export const nowQuery = queryOptions({
  queryKey: ["now"],
  queryFn: ({ signal }) => read<Now>("/v1/now", signal),
});

export const peopleQuery = queryOptions({
  queryKey: ["person"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"person.list">>("/v1/person", signal)).items,
});

export const policyQuery = queryOptions({
  queryKey: ["policy"],
  queryFn: ({ signal }) => read<PolicyAnswer>("/v1/policy", signal),
});

/** The key that the log is signed with, for those who may verify it. */
export const checkpointQuery = queryOptions({
  queryKey: ["checkpoint"],
  queryFn: ({ signal }) => read<QueryOutput<"log.checkpoint">>("/v1/log/checkpoint", signal),
});

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ["incident", id],
    queryFn: ({ signal }) => read<Incident>(`/v1/incident/${id}`, signal),
  });

export const itemsOfIncidentQuery = (id: string) =>
  queryOptions({
    queryKey: ["evidence", "of", id],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"evidence.of_incident">>(`/v1/incident/${id}/evidence`, signal)).items,
  });

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: ["evidence", "item", id],
    queryFn: ({ signal }) => read<Item>(`/v1/evidence/${id}`, signal),
  });

/** Who is signed in and what they may do; only for pages inside the shell, which waits for it. */
export function useNowAnswer(): Now {
  const { data } = useQuery(nowQuery);
  if (data === undefined) throw new Error("A page inside the shell was shown before anybody was known");
  return data;
}

/** Whether the signed-in person may do this alone; only for pages inside the shell. */
export function useMay(action: ActionId): boolean {
  return useNowAnswer().may.some((row) => row.action === action && row.effect === "permitted");
}

/** The name of a person by id, or `undefined` while nobody by that id is known. */
export function useNameOf(): (id: string | null) => string | undefined {
  const { data } = useQuery(peopleQuery);
  return (id) => data?.find((person) => person.id === id)?.name;
}
