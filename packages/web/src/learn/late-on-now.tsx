import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useNowAnswer } from "../api/queries.ts";
import { Shape } from "../ui/shape.tsx";
import { dueReviewsQuery, improvementsQuery } from "./learn-queries.ts";

/** Reviews and improvements that are overdue; nothing while all are in time, and for those who read no incident. */
export function LateOnNow() {
  const reads = useNowAnswer().may.some(
    ({ action, effect }) => action === "incident.read" && effect === "permitted",
  );
  const { data: reviews = [] } = useQuery({ ...dueReviewsQuery, enabled: reads });
  const { data: improvements = [] } = useQuery({ ...improvementsQuery("open"), enabled: reads });
  const owed = reviews.filter(({ late }) => late);
  const late = improvements.filter((each) => each.late);
  if (owed.length === 0 && late.length === 0) return null;
  return (
    <section aria-label="Lessons overdue">
      <h2>Lessons overdue</h2>
      <ul className="now-waits">
        {owed.map((review) => (
          <li key={review.incident} className="now-burns">
            <Shape of="half" />
            <span>
              The review of{" "}
              <Link to="/incidents/$incident/lessons" params={{ incident: review.incident }}>
                {review.code}
              </Link>{" "}
              was to be held
            </span>
          </li>
        ))}
        {late.map((each) => (
          <li key={each.id} className="now-burns">
            <Shape of="half" />
            <span>
              <Link to="/incidents/$incident/lessons" params={{ incident: each.incident }}>
                {each.what}
              </Link>{" "}
              was due on {each.dueOn} ({each.ownerName})
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
