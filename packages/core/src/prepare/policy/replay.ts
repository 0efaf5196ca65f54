import { ROLES, type Role } from "../people/person.ts";
import type { ActionId } from "./action.ts";
import type { Grant } from "./policy.ts";
import { furthest, isMore, type PolicyTable } from "./table.ts";

/** A decision of the policy as the record keeps it: which rule allowed it, or who was denied. */
export interface PolicyDecision {
  readonly action: string;
  /** The roles that they held when it was decided. */
  readonly roles: readonly Role[];
  /** What the policy in force said: what was allowed with consent, or by broken glass, needed it. */
  readonly said: Grant["effect"];
  readonly allowed: boolean;
  readonly at: string;
}

/** Decisions of one kind that another policy would have made otherwise. */
export interface WouldChange {
  readonly action: ActionId;
  readonly role: Role;
  /** What became of it, and what the other policy would have said. */
  readonly was: "allowed" | "approved" | "denied";
  readonly wouldBe: Grant["effect"];
  readonly count: number;
  readonly lastAt: string;
}

/**
 * The decision that allowed something, from the id of its rule; `undefined` for rules of no role.
 *
 * @param roles  what whoever did it held then; the rule's own role counts in any case
 */
export function decisionOf(rule: string, roles: readonly Role[], at: string): PolicyDecision | undefined {
  const [action = "", role = "", how] = rule.split("/");
  const known = ROLES.find((each) => each === role);
  if (known === undefined) return undefined;
  const said = how === undefined ? "permitted" : "approval";
  return { action, roles: [...new Set([known, ...roles])], said, allowed: true, at };
}

/**
 * Which of the decisions made lately another policy would have made otherwise, the most frequent first.
 *
 * Of several roles that somebody held, the one that would have got furthest is told. A denial is told only where
 * the other policy would have let them do more.
 */
export function replayDecisions(decisions: readonly PolicyDecision[], other: PolicyTable): WouldChange[] {
  const found = new Map<string, WouldChange>();
  for (const { action, roles, said, allowed, at } of decisions) {
    const would = furthest(other, action, roles);
    if (would === undefined) continue;
    const { role, effect: wouldBe } = would;
    if (allowed ? wouldBe === said : !isMore(wouldBe, said)) continue;
    const was = outcome(allowed, said);
    const key = `${action} ${role} ${was} ${wouldBe}`;
    const before = found.get(key);
    const lastAt = before !== undefined && before.lastAt > at ? before.lastAt : at;
    const count = (before?.count ?? 0) + 1;
    found.set(key, { action: action as ActionId, role, was, wouldBe, count, lastAt });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

function outcome(allowed: boolean, said: Grant["effect"]): WouldChange["was"] {
  if (!allowed) return "denied";
  return said === "permitted" ? "allowed" : "approved";
}
