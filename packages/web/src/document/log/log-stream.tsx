import "./log-stream.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useZone } from "../../ui/zone.ts";
import { entriesQuery } from "./entries.ts";
import { LogList } from "./log-list.tsx";
import { type LogOrder, type LogShows, logRows } from "./log-rows.ts";

const SHOWS: ReadonlyArray<readonly [LogShows, string]> = [
  ["all", "Everything"],
  ["lines", "What people wrote"],
  ["product", "What was done"],
];

/** The handling log of an incident: what people wrote and what was done, in one stream. */
export function LogStream({ incident }: { readonly incident: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const zone = useZone();
  const [shows, setShows] = useState<LogShows>("all");
  const [order, setOrder] = useState<LogOrder>("recorded");
  const answer = useQuery(entriesQuery(client, incident));
  const rows = useMemo(() => logRows(answer.data ?? [], shows, order), [answer.data, shows, order]);
  const chosen = useListKeys(rows.length, (at) => {
    const entry = rows[at]?.entry.incidentSeq;
    if (entry === undefined) return;
    void navigate({ to: "/incidents/$incident/entries/$entry", params: { incident, entry: String(entry) } });
  });
  return (
    <section className="log-stream" aria-label="Handling log">
      <div className="log-head">
        <span aria-hidden="true" />
        <span>{order === "happened" ? "happened ↓" : "happened"}, UTC</span>
        <span title={zone}>local</span>
        <span className="late">recorded</span>
        <span>by</span>
        <div className="log-head-end">
          <fieldset className="filter-row" aria-label="Show">
            {SHOWS.map(([value, word]) => (
              <Toggle key={value} on={shows === value} onPress={() => setShows(value)}>
                {word}
              </Toggle>
            ))}
          </fieldset>
          <Toggle
            on={order === "happened"}
            onPress={() => setOrder(order === "happened" ? "recorded" : "happened")}
          >
            By time of event
          </Toggle>
        </div>
      </div>
      <Load answer={answer} label="the handling log" rows={14}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title="No entry of this kind" shell={'jumpkit log note "what you know"'}>
              Write what you know and how you know it. First line: who told you, when, which zone?
            </EmptyState>
          ) : (
            <LogList incident={incident} rows={rows} chosen={chosen} atEnd={order === "recorded"} />
          )
        }
      </Load>
    </section>
  );
}

function Toggle({
  on,
  onPress,
  children,
}: {
  readonly on: boolean;
  readonly onPress: () => void;
  readonly children: string;
}) {
  return (
    <button
      type="button"
      className={on ? "filter-link active" : "filter-link"}
      aria-pressed={on}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
