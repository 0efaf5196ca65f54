import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { read } from "../../api/call.ts";
import type { QueryOutput, Report } from "../../api/contract.ts";

/** Reports by people, newest first, a page at a time. */
export const reportsQuery = (waiting: "yes" | undefined) =>
  infiniteQueryOptions({
    queryKey: ["report", "list", waiting ?? "all"],
    queryFn: ({ pageParam, signal }) =>
      read<QueryOutput<"report.list">>(
        `/v1/report?${new URLSearchParams({ waiting: waiting ?? "", after: pageParam })}`,
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

/** One report with its thread. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", "one", id],
    queryFn: ({ signal }) => read<Report>(`/v1/report/${id}`, signal),
  });
