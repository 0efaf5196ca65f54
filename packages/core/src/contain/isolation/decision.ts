import * as z from "zod";

const CRITERIA = {
  damage: z.enum(["low", "medium", "high"]).describe("damage or theft to expect while it stays connected"),
  evidence: z
    .enum(["not_needed", "kept_by_isolation", "lost_by_isolation", "kept_before"])
    .describe("what becomes of evidence: not needed, kept, lost by isolating, or taken before"),
  availability: z
    .enum(["nothing_stops", "degraded", "stops"])
    .describe("what becomes of the services that people use"),
  effort: z.enum(["minutes", "hours", "days"]).describe("time and resources it takes"),
  effectiveness: z.enum(["full", "partial"]).describe("whether it contains all of it"),
  duration: z
    .enum(["emergency", "temporary", "permanent"])
    .describe("a workaround for hours, for weeks, or for good"),
} as const;

/** The names of the six criteria, in NIST's order. */
export const CONTAINMENT_CRITERIA = Object.keys(CRITERIA) as readonly (keyof typeof CRITERIA)[];

/**
 * The six criteria by which a containment strategy is chosen, each as a short choice; `null` was not weighed.
 *
 * @source NIST SP 800-61r2 §3.3.1
 */
export const ContainmentDecision = z
  .strictObject({
    damage: CRITERIA.damage.nullable().default(null),
    evidence: CRITERIA.evidence.nullable().default(null),
    availability: CRITERIA.availability.nullable().default(null),
    effort: CRITERIA.effort.nullable().default(null),
    effectiveness: CRITERIA.effectiveness.nullable().default(null),
    duration: CRITERIA.duration.nullable().default(null),
  })
  .meta({ id: "ContainmentDecision" });
export type ContainmentDecision = z.infer<typeof ContainmentDecision>;

/** For how many hours an isolation stands before somebody has to look at it again, by how long it is meant. */
export const REVIEW_HOURS = { emergency: 4, temporary: 7 * 24, permanent: 30 * 24 } as const;
