import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useNowAnswer } from "../../api/queries.ts";
import { utcText } from "../../ui/moment-text.ts";
import { Shape } from "../../ui/shape.tsx";
import { waitingQuery } from "./notify-queries.ts";

/** Who was told and has not answered, the earliest answer first; nothing while everybody has. */
export function WaitingOnNow() {
  const reads = useNowAnswer().may.some(
    ({ action, effect }) => action === "incident.read" && effect === "permitted",
  );
  const { data: waiting = [] } = useQuery({ ...waitingQuery, enabled: reads });
  if (waiting.length === 0) return null;
  return (
    <section aria-label="Told and not answered">
      <h2>Told and not answered</h2>
      <ul className="now-waits">
        {waiting.slice(0, 8).map(({ id, incident, subject, recipients, answerBy, overdue }) => {
          const names = recipients.filter(({ waited }) => waited).map(({ name }) => name);
          return (
            <li key={id} className={overdue ? "now-burns" : ""}>
              <Shape of={overdue ? "triangle" : "half"} />
              <span>
                <Link to="/incidents/$incident/notify/$notification" params={{ incident, notification: id }}>
                  {subject}
                </Link>
                {`: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`}
                {answerBy === null ? "" : ` (${overdue ? "was due" : "due"} ${utcText(answerBy)})`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
