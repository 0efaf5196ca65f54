import { entrySentence, fieldText } from "@jumpkit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { incidentQuery } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { CorrectForm } from "./correct-form.tsx";
import { entriesQuery } from "./entries.ts";
import { useNumberOf } from "./item-numbers.ts";
import { isLine } from "./log-rows.ts";

/** One entry in full, and the form that corrects it by a new one. */
export function EntryPanel() {
  const { incident, entry: place } = useParams({ from: "/in/incidents/$incident/log/entries/$entry" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const numberOf = useNumberOf();
  const { data: entries } = useQuery(entriesQuery(client, incident));
  const { data: shown } = useQuery(incidentQuery(incident));
  const close = () => void navigate({ to: "/incidents/$incident", params: { incident } });
  useKey("escape", close);
  const entry = entries?.find(({ incidentSeq }) => String(incidentSeq) === place);
  if (entry === undefined) {
    return (
      <Panel title={`Entry ${place}`} onClose={close}>
        <p className="quiet">
          {entries === undefined ? "Reading the log" : "The log has no entry of this number."}
        </p>
      </Panel>
    );
  }
  const open = shown?.status === "reported" || shown?.status === "declared";
  return (
    <Panel title={`Entry ${entry.incidentSeq}`} onClose={close}>
      <p className="prose">{entrySentence(entry, numberOf)}</p>
      <Facts
        of={[
          ["Happened", <Moment key="h" at={entry.happenedAt} />],
          ["Said in", entry.zone],
          ["Recorded", <Moment key="r" at={entry.recordedAt} />],
          ["By", entry.actor?.name ?? "(withheld)"],
          ["Title", entry.actor?.title],
          ["Phone", entry.actor?.phone],
          ["Why late", entry.body["whyLate"] ? fieldText(entry.body, "whyLate") : ""],
          ["Type", <code key="t">{entry.type}</code>],
          ["Rule", entry.authority ? <code key="a">{entry.authority.rule}</code> : ""],
          ["In the log", <code key="s">{entry.seq}</code>],
        ]}
      />
      <div>
        <Link to="/incidents/$incident" params={{ incident }} search={{ at: entry.incidentSeq }}>
          How the incident stood then
        </Link>
      </div>
      {isLine(entry) && open ? <CorrectForm incident={incident} entry={entry} onDone={close} /> : null}
    </Panel>
  );
}
