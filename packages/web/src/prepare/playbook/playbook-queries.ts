import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Library = QueryOutput<"playbook.list">;
export type Playbook = Library["items"][number];
export type PlaybookContent = NonNullable<Playbook["inForce"]>;
export type PlaybookStep = PlaybookContent["steps"][number];

/** The library of playbooks, and those that ship and are not adopted. */
export const playbooksQuery = queryOptions({
  queryKey: ["playbook"],
  queryFn: ({ signal }) => read<Library>("/v1/playbook", signal),
});
