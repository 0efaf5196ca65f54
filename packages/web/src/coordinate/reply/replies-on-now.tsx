import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { Shape } from "../../ui/shape.tsx";
import { AnsweredLink } from "./answered-link.tsx";
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
        {replies.slice(0, 5).map((reply) => (
          <li key={reply.id}>
            <Shape of={(reply.notification ?? reply.advisory) === null ? "ring" : "half"} />
            <span>
              <AnsweredLink reply={reply}>{reply.mail.subject || "(without a subject)"}</AnsweredLink>
              {`: ${reply.name || reply.mail.fromAddress || "nobody named"}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
