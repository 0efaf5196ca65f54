import { useQuery } from "@tanstack/react-query";
import { ReplyCard } from "./reply-card.tsx";
import { repliesQuery } from "./reply-queries.ts";

/** Mail that came back from one recipient, and what nobody has said yet whose it is; nothing while none came. */
export function RepliesOf({
  incident,
  notification,
  recipient,
}: {
  readonly incident: string;
  readonly notification: string;
  readonly recipient: string;
}) {
  const { data: replies = [] } = useQuery(repliesQuery(incident, notification));
  const theirs = replies.filter((each) => each.recipient === recipient || each.recipient === null);
  if (theirs.length === 0) return null;
  return (
    <section aria-label="Replies">
      <h2>{theirs.length === 1 ? "A reply" : `${theirs.length} replies`}</h2>
      <ul className="reply-list">
        {theirs.map((reply) => (
          <li key={reply.id}>
            <ReplyCard reply={reply} />
          </li>
        ))}
      </ul>
    </section>
  );
}
