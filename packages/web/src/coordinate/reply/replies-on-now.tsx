import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { Shape } from "../../ui/shape.tsx";
import { openRepliesQuery } from "./reply-queries.ts";

/** Mail that came back and nobody has read; nothing while there is none. */
export function RepliesOnNow() {
  const reads = useMay("incident.read");
  const { data: replies = [] } = useQuery({ ...openRepliesQuery, enabled: reads });
  if (replies.length === 0) return null;
  return (
    <section aria-label="Replies unread">
      <h2>
        <Link to="/replies">
          {replies.length === 1 ? "A reply is unread" : `${replies.length} replies are unread`}
        </Link>
      </h2>
      <ul className="now-waits">
        {replies.slice(0, 5).map(({ id, mail, incident, notification, name }) => (
          <li key={id}>
            <Shape of={notification === null ? "ring" : "half"} />
            <span>
              {incident !== null && notification !== null ? (
                <Link to="/incidents/$incident/notify/$notification" params={{ incident, notification }}>
                  {mail.subject || "(without a subject)"}
                </Link>
              ) : (
                <Link to="/replies">{mail.subject || "(without a subject)"}</Link>
              )}
              {`: ${name || mail.fromAddress || "nobody named"}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
