import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useNowAnswer } from "../api/queries.ts";
import { backupsQuery } from "../prepare/backup-register/backup-queries.ts";
import { masterCopiesQuery, newestOfEach } from "../prepare/master-copy/master-copy-queries.ts";
import { useNow } from "../shell/now.ts";
import { durationText } from "../ui/moment-text.ts";
import { Shape } from "../ui/shape.tsx";
import { standingQuery, watchesQuery } from "./contain-queries.ts";

/**
 * What nobody has looked at in time: isolations whose review is due or that are forgotten, incidents whose
 * check-in was missed, and backups that did not run or were not tried. Nothing while all is in time; each only
 * for those who may read it.
 */
export function Overdue() {
  const { may } = useNowAnswer();
  const permitted = (action: string) =>
    may.some((row) => row.action === action && row.effect === "permitted");
  const reads = { enabled: permitted("incident.read") };
  const { data: standing } = useQuery({ ...standingQuery, ...reads });
  const { data: watches } = useQuery({ ...watchesQuery, ...reads });
  const { data: backups } = useQuery({ ...backupsQuery, enabled: permitted("asset.read") });
  const { data: copies } = useQuery({ ...masterCopiesQuery, enabled: permitted("asset.read") });
  const aged = newestOfEach(copies ?? []).filter(({ isDue }) => isDue);
  const unproved = (backups ?? []).filter(({ runOverdue, trialOverdue }) => runOverdue || trialOverdue);
  const now = useNow();
  const late = (standing ?? []).filter(({ care }) => care === "forgotten" || care === "review_due");
  const missed = (watches ?? []).filter(({ missedCount }) => missedCount > 0);
  if (late.length === 0 && missed.length === 0 && unproved.length === 0 && aged.length === 0) return null;
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
        {unproved.map((backup) => (
          <li key={backup.id} className="now-burns">
            <Shape of={backup.runOverdue ? "triangle" : "half"} />
            <span>
              <Link to="/backups" search={{ open: backup.id }}>
                {backup.name}
              </Link>{" "}
              {backup.runOverdue ? "was not backed up in time" : "was not tried by restoring in time"}
            </span>
          </li>
        ))}
        {aged.map((copy) => (
          <li key={copy.id} className="now-burns">
            <Shape of={copy.isExpired ? "triangle" : "half"} />
            <span>
              <Link to="/master-copies" search={{ open: copy.id }}>
                {copy.name}
              </Link>{" "}
              {copy.isExpired ? "has a master copy that expired" : "has a master copy to renew soon"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
