import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useNowAnswer } from "../api/queries.ts";
import { useNow } from "../shell/now.ts";
import { durationText } from "../ui/moment-text.ts";
import { Shape } from "../ui/shape.tsx";
import { standingQuery, watchesQuery } from "./contain-queries.ts";

/**
 * What nobody has looked at in time: isolations whose review is due or that are forgotten, and incidents whose
 * check-in was missed. Nothing while all is in time, and for those who may read no incidents.
 */
export function Overdue() {
  const reads = useNowAnswer().may.some(
    (row) => row.action === "incident.read" && row.effect === "permitted",
  );
  return reads ? <OverdueList /> : null;
}

function OverdueList() {
  const { data: standing } = useQuery(standingQuery);
  const { data: watches } = useQuery(watchesQuery);
  const now = useNow();
  const late = (standing ?? []).filter(({ care }) => care === "forgotten" || care === "review_due");
  const missed = (watches ?? []).filter(({ missedCount }) => missedCount > 0);
  if (late.length === 0 && missed.length === 0) return null;
  return (
    <section aria-label="Overdue">
      <h2>Overdue</h2>
      <ul className="now-waits">
        {late.map((isolation) => (
          <li key={isolation.id} className="now-burns">
            <Shape of={isolation.care === "forgotten" ? "triangle" : "half"} />
            <span>
              <Link
                to="/incidents/$incident/containment/$isolation"
                params={{ incident: isolation.incident, isolation: isolation.id }}
              >
                {isolation.target.name}
              </Link>{" "}
              {isolation.care === "forgotten" ? "is cut off and forgotten" : "is to be looked at again"} (
              {isolation.code}, {isolation.ownerName})
            </span>
          </li>
        ))}
        {missed.map((watch) => (
          <li key={watch.incident} className="now-burns">
            <Shape of="half" />
            <span>
              <Link to="/incidents/$incident/containment" params={{ incident: watch.incident }}>
                {watch.code}
              </Link>{" "}
              was to be looked at {durationText(now - Date.parse(watch.dueAt))} ago
              {watch.missedCount > 1 ? `; ${watch.missedCount} check-ins missed` : ""}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
