import "./reply.css";
import { useQuery } from "@tanstack/react-query";
import { Load } from "../../shell/load.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { DropReply } from "./drop-reply.tsx";
import { ReplyCard } from "./reply-card.tsx";
import { openRepliesQuery, type ReplyRow } from "./reply-queries.ts";

/** Mail that came back and nobody has dealt with: what names nothing of ours first. */
export function RepliesPage() {
  const answer = useQuery(openRepliesQuery);
  return (
    <>
      <PageHead title="Replies" under={situation(answer.data)} />
      <div className="replies">
        <DropReply />
        <Load answer={answer} label="the replies" rows={6}>
          {(replies) =>
            replies.length === 0 ? (
              <EmptyState title="Nothing waits to be read">
                What others answer comes here: from the mailbox that the operator named, or as a file that you
                drop. A reply that quotes its reference finds its notification by itself; the others are
                matched by you.
              </EmptyState>
            ) : (
              <ul className="reply-list">
                {[...replies]
                  .sort((a, b) => Number(isMatched(a)) - Number(isMatched(b)))
                  .map((reply) => (
                    <li key={reply.id}>
                      <ReplyCard reply={reply} linked />
                    </li>
                  ))}
              </ul>
            )
          }
        </Load>
      </div>
    </>
  );
}

function situation(replies: readonly ReplyRow[] | undefined): string {
  if (replies === undefined || replies.length === 0) return "What others answered";
  const lost = replies.filter((each) => !isMatched(each)).length;
  const all = replies.length === 1 ? "one is unread" : `${replies.length} are unread`;
  return lost === 0 ? all : `${all}; ${lost === 1 ? "one names" : `${lost} name`} nothing of ours`;
}

function isMatched({ notification, advisory }: ReplyRow): boolean {
  return notification !== null || advisory !== null;
}
