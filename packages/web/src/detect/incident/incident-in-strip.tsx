import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { incidentQuery, useNameOf } from "../../api/queries.ts";
import { useNow } from "../../shell/now.ts";
import { durationText } from "../../ui/moment-text.ts";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";

/** The incident on screen, in one line: code, how bad, its marking, its title, who leads, for how long. */
export function IncidentInStrip({ id }: { readonly id: string }) {
  const { data } = useQuery(incidentQuery(id));
  const nameOf = useNameOf();
  // Beside a moment of the past, what is told here is still the present, and says so.
  const { at } = useSearch({ strict: false });
  if (data === undefined) return null;
  const since = data.declaredAt ?? data.reportedAt;
  return (
    <div className="strip-incident">
      <Link to="/incidents/$incident" params={{ incident: id }} className="strip-code">
        {data.code}
      </Link>
      {at === undefined ? null : <b className="strip-fact">Now</b>}
      <PriorityMark priority={data.priority ?? "unrated"} short />
      <TlpLabel label={data.tlp} />
      <span className="strip-title laptop-only">{data.title}</span>
      <span className="strip-fact wide-only">
        Lead <b>{nameOf(data.lead) ?? (data.lead === null ? "nobody" : "somebody")}</b>
      </span>
      <span className="strip-fact">
        <span className="laptop-only">{data.declaredAt ? "Declared" : "Reported"} </span>
        <Elapsed since={since} until={data.closedAt} />
      </span>
    </div>
  );
}

function Elapsed({ since, until }: { readonly since: string; readonly until: string | null }) {
  const now = useNow();
  return <b>{durationText((until === null ? now : Date.parse(until)) - Date.parse(since))}</b>;
}
