import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { Checklists } from "./checklist-rows.ts";

/** The checklists of an incident, its hosts on their way back, and the playbooks that would suit it. */
export const checklistsQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "checklists"],
    queryFn: ({ signal }) => read<Checklists>(`/v1/incident/${incident}/checklist`, signal),
  });
