import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay, useNowAnswer } from "../../api/queries.ts";
import { buttonLooks } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { shiftsWaitingQuery } from "./shift-queries.ts";

/** The shifts that somebody offers to this person. Nothing when nobody does. */
export function ShiftOnNow() {
  const me = useNowAnswer().person.id;
  const { data: waiting = [] } = useQuery({ ...shiftsWaitingQuery, enabled: useMay("incident.read") });
  const offered = waiting.filter((shift) => shift.to === me);
  if (offered.length === 0) return null;
  return (
    <div className="now-wide">
      {offered.map((shift) => (
        <Notice
          key={shift.id}
          tone="warn"
          title={`${shift.fromName} offers you the shift`}
          verb={
            <Link to="/shift" className={buttonLooks({ weight: "primary" })}>
              Go through it
            </Link>
          }
        >
          Since <Moment at={shift.offeredAt} />, with {shift.cards.length} open incidents.
        </Notice>
      ))}
    </div>
  );
}
