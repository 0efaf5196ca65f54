import { type Instant, unixMsOf } from "../../kernel/time.ts";
import { type Isolation, isCut } from "./isolation.ts";

/** How well an isolation that has not ended is looked after. */
export type IsolationCare = "in_time" | "review_due" | "forgotten";

/** For how long a review can be due before nobody seems to remember the isolation. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/**
 * Whether somebody looks after an isolation: in time, its review is due, or it is forgotten.
 *
 * It is forgotten when nobody who works here owns it, when it has no review time, and when its review has been
 * due for a day.
 *
 * @param ownerActive  whether its owner still works here
 */
export function careOf(
  { owner, reviewAt }: Pick<Isolation, "owner" | "reviewAt">,
  ownerActive: boolean,
  now: Instant,
): IsolationCare {
  if (owner === null || reviewAt === null || !ownerActive) return "forgotten";
  const lateMs = unixMsOf(now) - unixMsOf(reviewAt);
  if (lateMs < 0) return "in_time";
  return lateMs < FORGOTTEN_AFTER_MS ? "review_due" : "forgotten";
}

/** Whether it needs care at all: it is allowed or in force. */
export function needsCare(isolation: Pick<Isolation, "state">): boolean {
  return isolation.state === "approved" || isCut(isolation);
}
