import "./log-stream.css";
import { entrySentence } from "@jumpkit/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { usePromote } from "../../detect/observable/use-promote.ts";
import { useKey } from "../../shell/keyboard.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { useZone } from "../../ui/zone.ts";
import { useLog } from "./entries.ts";
import { LogList } from "./log-list.tsx";
import { isLine, type LogOrder, type LogShows, logRows } from "./log-rows.ts";

const SHOWS: ReadonlyArray<readonly [LogShows, string]> = [
  ["all", "All"],
  ["lines", "Written"],
  ["product", "Done"],
];

/** The handling log of an incident: what people wrote and what was done, in one stream. */
export function LogStream({ incident }: { readonly incident: string }) {
  const navigate = useNavigate();
  const zone = useZone();
  const [shows, setShows] = useState<LogShows>("all");
  const [order, setOrder] = useState<LogOrder>("recorded");
  const answer = useLog(incident);
  const [text, setText] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const rows = useMemo(
    () => logRows(answer.data ?? [], { shows, order, text }),
    [answer.data, shows, order, text],
  );
  useKey("/", () => search.current?.focus());
  const chosen = useListKeys(rows.length, (at) => {
    const entry = rows[at]?.entry.incidentSeq;
    if (entry === undefined) return;
    void navigate({ to: "/incidents/$incident/entries/$entry", params: { incident, entry: String(entry) } });
  });
  const { promoteNext, says } = usePromote(incident);
  const row = rows[chosen]?.entry;
  useKey(
    "o",
    row === undefined || !isLine(row) ? undefined : () => promoteNext(entrySentence(row), row.incidentSeq),
  );
  return (
    <section className="log-stream" aria-label="Handling log">
      <div className="log-head">
        <span aria-hidden="true" />
        <span>happened, UTC</span>
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
          <input
            ref={search}
            type="search"
            className="log-search"
            aria-label="Search in this log"
            placeholder="Search"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <span role="status" className="log-says">
            {says}
          </span>
          <Toggle
            on={order === "happened"}
            onPress={() => setOrder(order === "happened" ? "recorded" : "happened")}
          >
            By event
          </Toggle>
        </div>
      </div>
      <Load answer={answer} label="the handling log" rows={14}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title="No entry fits">
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
