import type { IncidentId } from "../../kernel/id.ts";

/** What an open incident has in common with a sign. */
export interface Shared {
  readonly incident: IncidentId;
  readonly code: string;
  readonly title: string;
  /** Values seen in both. */
  readonly values: readonly string[];
  /** Whether a sign about the same entity, or of the same rule, is part of it. */
  readonly entity: boolean;
  readonly rule: boolean;
  /** When it last changed, in UTC. */
  readonly lastEntryAt: string;
}

/** An open incident that a sign may belong to, with the reason. */
export interface Candidate {
  readonly incident: IncidentId;
  readonly code: string;
  readonly title: string;
  readonly because: string;
}

/**
 * The open incidents that a sign may belong to, the best match first.
 *
 * A shared value weighs most, because it ties the two to one cause; the same entity ties them to one victim;
 * the same rule alone says little. Of equals the one that changed last comes first.
 *
 * @param entity  what the sign is about, for the reason
 */
export function rankCandidates(shared: readonly Shared[], entity: string): readonly Candidate[] {
  return shared
    .map((each) => ({ each, weight: weightOf(each) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.each.lastEntryAt < b.each.lastEntryAt ? 1 : -1))
    .map(({ each }) => ({
      incident: each.incident,
      code: each.code,
      title: each.title,
      because: reasonOf(each, entity),
    }));
}

function weightOf({ values, entity, rule }: Shared): number {
  return Math.min(values.length, 5) * 4 + (entity ? 3 : 0) + (rule ? 1 : 0);
}

function reasonOf({ values, entity: sameEntity, rule }: Shared, entity: string): string {
  const [value, ...others] = values;
  const reasons = [
    ...(value === undefined
      ? []
      : [`shares ${value}${others.length > 0 ? ` and ${others.length} more` : ""}`]),
    ...(sameEntity ? [`is about ${entity} too`] : []),
    ...(rule ? ["has signs of the same rule"] : []),
  ];
  return reasons.join("; ");
}
