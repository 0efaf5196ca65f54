import { useQuery } from "@tanstack/react-query";
import { useMay } from "../../api/queries.ts";
import { ReplyCard } from "./reply-card.tsx";
import { advisoryRepliesQuery, type ReplyRow, repliesQuery } from "./reply-queries.ts";

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
  return <Replies of={replies.filter((each) => each.recipient === recipient || each.recipient === null)} />;
}

/** Mail that came back to one advisory; nothing while none came. */
export function RepliesToAdvisory({ advisory }: { readonly advisory: string }) {
  const reads = useMay("incident.read");
  const { data: replies = [] } = useQuery({ ...advisoryRepliesQuery(advisory), enabled: reads });
  return <Replies of={replies} />;
}

function Replies({ of }: { readonly of: readonly ReplyRow[] }) {
  if (of.length === 0) return null;
  return (
    <section aria-label="Replies">
      <h2>{of.length === 1 ? "A reply" : `${of.length} replies`}</h2>
      <ul className="reply-list">
        {of.map((reply) => (
          <li key={reply.id}>
            <ReplyCard reply={reply} />
          </li>
        ))}
      </ul>
    </section>
  );
}
