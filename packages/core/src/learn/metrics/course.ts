import type { Isolation } from "../../contain/isolation/isolation.ts";
import type { Incident } from "../../detect/incident/incident.ts";
import type { SignKind } from "../../detect/sign/sign.ts";
import type { RecoveringHost } from "../../recover/host/host.ts";
import type { Ledger } from "../cost/cost.ts";
import type { Stretch } from "../cost/worked.ts";
import type { Improvement } from "../improvement/improvement.ts";
import type { Review } from "../review/review.ts";

/** A sign that belongs to an incident: when it was first seen, and when somebody decided on it. */
export interface CourseSign {
  readonly kind: SignKind;
  readonly firstAt: string;
  readonly decidedAt: string;
}

/** An incident with what its measures follow from. */
export interface Course {
  readonly incident: Incident;
  /** When it began at the earliest, as somebody said; `null` while nobody did. */
  readonly saidBeganAt: string | null;
  readonly signs: readonly CourseSign[];
  /** What people reported of it, and when the team first answered each. */
  readonly reports: readonly { readonly receivedAt: string; readonly answeredAt: string | null }[];
  readonly isolations: readonly Pick<Isolation, "state" | "history">[];
  readonly hosts: readonly Pick<RecoveringHost, "end" | "eradicated">[];
  /** When somebody outside was first told; `null` while nobody was. */
  readonly toldAt: string | null;
  /** The code of the first incident before it that shares a confirmed observable with it, other than a victim. */
  readonly earlier: string | null;
  /** Who wrote in its log from when to when; empty where hours are not collected. */
  readonly stretches: readonly Stretch[];
  readonly ledger: Pick<Ledger, "currency" | "costs"> | null;
  readonly review: Pick<Review, "answers" | "held"> | null;
  readonly improvements: readonly Improvement["state"][];
}

/**
 * When an incident began: as somebody said, or else when its first indicator was seen; `null` when nobody knows. A
 * precursor comes before the beginning, so it says nothing of it.
 */
export function beganAt({ saidBeganAt, signs }: Pick<Course, "saidBeganAt" | "signs">): string | null {
  if (saidBeganAt !== null) return saidBeganAt;
  return earliest(signs.filter(({ kind }) => kind === "indicator").map(({ firstAt }) => firstAt));
}

/** The first of some moments, each RFC 3339 in UTC; `null` of none. */
export function earliest(moments: readonly string[]): string | null {
  return moments.toSorted()[0] ?? null;
}
