import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";

export type Backup = QueryOutput<"backup.list">["items"][number];

/** The backups of the register, by name. */
export const backupsQuery = queryOptions({
  queryKey: ["backup"],
  queryFn: async ({ signal }) => (await read<QueryOutput<"backup.list">>("/v1/backup", signal)).items,
});
