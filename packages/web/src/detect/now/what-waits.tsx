import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { useMay } from "../../api/queries.ts";
import { Shape } from "../../ui/shape.tsx";
import { sourcesQuery } from "../source/source-queries.ts";
import { queueStateQuery } from "../triage/triage-answers.ts";

const reportersQuery = {
  queryKey: ["report", "waiting"],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
    (await read<QueryOutput<"report.list">>("/v1/report?waiting=yes&limit=1", signal)).waiting,
};

/** What waits for somebody, and which sources have fallen silent; nothing for those who may not see signs. */
export function WhatWaits() {
  const reads = useMay("sign.read");
  return reads ? <Waiting /> : null;
}

function Waiting() {
  const { data: queue } = useQuery(queueStateQuery);
  const { data: reporters } = useQuery(reportersQuery);
  const { data: sources } = useQuery(sourcesQuery);
  if (queue === undefined || reporters === undefined || sources === undefined) return null;
  const silent = sources.filter(
    ({ status, silentForHours }) => status === "active" && silentForHours !== null,
  );
  return (
    <section aria-label="What waits">
      <h2>What waits</h2>
      <ul className="now-waits">
        <Row to={<Link to="/triage">{counted(queue.waiting, "sign")}</Link>} burns={queue.waiting > 0}>
          {queue.waiting === 1 ? "waits for a decision" : "wait for a decision"}
        </Row>
        <Row
          to={
            <Link to="/reports" search={{ waiting: "yes" }}>
              {counted(reporters, "reporter")}
            </Link>
          }
          burns={reporters > 0}
        >
          {reporters <= 1 ? "waits for an answer" : "wait for an answer"}
        </Row>
        {silent.map((source) => (
          <Row key={source.id} to={<Link to="/triage/sources">{source.name}</Link>} burns>
            silent for {source.silentForHours} h
          </Row>
        ))}
        {silent.length === 0 ? (
          <Row
            to={
              <Link to="/triage/sources">{sources.length === 0 ? "No source" : "No source is silent"}</Link>
            }
          >
            {sources.length === 0 ? "of signs is set up" : ""}
          </Row>
        ) : null}
      </ul>
    </section>
  );
}

function Row({
  to,
  burns = false,
  children,
}: {
  readonly to: ReactNode;
  readonly burns?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li className={burns ? "now-burns" : "quiet"}>
      <Shape of={burns ? "half" : "check"} />
      <span>
        {to} {children}
      </span>
    </li>
  );
}

function counted(count: number, thing: string): string {
  if (count === 0) return `No ${thing}`;
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}
