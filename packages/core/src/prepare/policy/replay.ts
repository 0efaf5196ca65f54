import { ROLES, type Role } from "../people/person.ts";
import type { ActionId } from "./action.ts";
import type { Grant, PolicyDocument } from "./policy.ts";

/** A decision of the policy as the record keeps it: which rule allowed it, or who was denied. */
export interface PolicyDecision {
  readonly action: string;
  /** The role whose rule allowed it, or the roles that whoever was denied holds now. */
  readonly roles: readonly Role[];
  readonly allowed: boolean;
  readonly at: string;
}

/** Decisions of one kind that another policy would have made otherwise. */
export interface WouldChange {
  readonly action: ActionId;
  readonly role: Role;
  /** What became of it, and what the other policy would have said. */
  readonly was: "allowed" | "denied";
  readonly wouldBe: Grant["effect"];
  readonly count: number;
  readonly lastAt: string;
}

/** The role and action that a rule speaks for, from its id; `undefined` for rules of no role. */
export function decisionOf(rule: string, at: string): PolicyDecision | undefined {
  const [action = "", role = ""] = rule.split("/");
  const known = ROLES.find((each) => each === role);
  return known && { action, roles: [known], allowed: true, at };
}

/**
 * Which of the decisions made lately another policy would have made otherwise, the most frequent first.
 *
 * What was allowed with consent counts as allowed; of a denial, each role that the person holds is looked at, and
 * the one that would have got furthest is told.
 */
export function replayDecisions(decisions: readonly PolicyDecision[], other: PolicyDocument): WouldChange[] {
  const found = new Map<string, WouldChange>();
  for (const decision of decisions) {
    const would = furthest(decision, other);
    if (would === undefined) continue;
    if (decision.allowed ? would.effect === "permitted" : would.effect === "forbidden") continue;
    const was = decision.allowed ? "allowed" : "denied";
    const key = `${would.action} ${would.role} ${was} ${would.effect}`;
    const before = found.get(key);
    const { action, role, effect: wouldBe } = would;
    const lastAt = before !== undefined && before.lastAt > decision.at ? before.lastAt : decision.at;
    found.set(key, { action, role, was, wouldBe, count: (before?.count ?? 0) + 1, lastAt });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

const FAR = { forbidden: 0, approval: 1, permitted: 2 } as const;

function furthest({ action, roles }: PolicyDecision, other: PolicyDocument) {
  const row = other.rows.find((each) => each.action === action);
  const asked = roles.map((role) => ({ role, effect: row?.grants[role]?.effect ?? ("forbidden" as const) }));
  const [best] = asked.sort((a, b) => FAR[b.effect] - FAR[a.effect]);
  return best && { ...best, action: action as ActionId };
}
