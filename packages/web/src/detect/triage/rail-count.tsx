import { useQuery } from "@tanstack/react-query";
import { queueStateQuery } from "./triage-answers.ts";

/** What stands for a count that nobody needs to know exactly. */
export const COUNTED_MAX_TEXT = "10,000+";

/** How many signs wait, as a number on the rail; nothing when none does. */
export function RailCount() {
  const { data } = useQuery(queueStateQuery);
  const waiting = data?.waiting ?? 0;
  if (waiting === 0) return null;
  return (
    <span className="rail-count">
      <span aria-hidden="true">{waiting > 999 ? `${Math.floor(waiting / 1000)}k` : waiting}</span>
      <span className="unseen"> {waiting} waiting</span>
    </span>
  );
}
