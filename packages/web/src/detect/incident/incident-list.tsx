import "./incident-list.css";
import { Link } from "@tanstack/react-router";
import type { IncidentRow } from "../../api/contract.ts";
import { useNameOf } from "../../api/queries.ts";
import { useNow } from "../../shell/now.ts";
import { durationText, utcText } from "../../ui/moment-text.ts";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { Tag } from "../../ui/tag.tsx";

/** Incidents as rows that open them; `chosen` is the row that J and K stand on. */
export function IncidentList({
  incidents,
  chosen,
}: {
  readonly incidents: readonly IncidentRow[];
  readonly chosen?: number;
}) {
  const nameOf = useNameOf();
  return (
    <div className="incident-list">
      {incidents.map((incident, at) => (
        <Link
          key={incident.id}
          to="/incidents/$incident"
          params={{ incident: incident.id }}
          className="incident-row"
          aria-current={at === chosen ? "true" : undefined}
        >
          <PriorityMark priority={incident.priority ?? "unrated"} short />
          <span className="code">{incident.code}</span>
          <span className="title cut">{incident.title}</span>
          <span className="end">
            <StatusTag incident={incident} />
            <span className="lead cut">{nameOf(incident.lead) ?? "No lead"}</span>
            <Age since={incident.reportedAt} />
          </span>
        </Link>
      ))}
    </div>
  );
}

/** The status of an incident as a word, with a shape for those that are open. */
export function StatusTag({ incident }: { readonly incident: Pick<IncidentRow, "status" | "ongoing"> }) {
  if (incident.status === "dismissed") return <Tag>Dismissed</Tag>;
  if (incident.status === "closed") return <Tag shape="check">Closed</Tag>;
  const goesOn = incident.ongoing === "yes";
  const tone = goesOn ? "warn" : "plain";
  if (incident.status === "reported") {
    return (
      <Tag tone={tone} shape={goesOn ? "target" : "ring"}>
        Reported
      </Tag>
    );
  }
  return (
    <Tag tone={tone} shape={goesOn ? "target" : "ring"}>
      {goesOn ? "Going on" : "Declared"}
    </Tag>
  );
}

function Age({ since }: { readonly since: string }) {
  const now = useNow();
  return (
    <time className="age" dateTime={since} title={utcText(since)}>
      {durationText(now - Date.parse(since))}
    </time>
  );
}
