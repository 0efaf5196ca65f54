import type { Role } from "../people/person.ts";
import type { ActionId } from "./action.ts";
import type { Grant } from "./policy.ts";

/** What somebody with one role alone may do, as the engine that decides answers it. */
export interface PolicyCell {
  readonly effect: Grant["effect"];
  /** Whose consent turns the answer, and of how many different people; nobody's and 0 where none is needed. */
  readonly by: readonly Role[];
  readonly persons: number;
  /** Whether they may break the glass for it. */
  readonly breakable: boolean;
}

/** Who may do what: one row for each action, in the order of the actions. */
export type PolicyTable = readonly {
  readonly action: ActionId;
  readonly cells: Readonly<Record<Role, PolicyCell>>;
}[];

const FAR = { forbidden: 0, approval: 1, permitted: 2 } as const;

/** Whether the first answer lets somebody do more than the second. */
export function isMore(one: Grant["effect"], other: Grant["effect"]): boolean {
  return FAR[one] > FAR[other];
}

/** The answer for somebody who holds all of these roles, and the role by which; `undefined` without any role. */
export function furthest(
  table: PolicyTable,
  action: string,
  roles: readonly Role[],
): { readonly role: Role; readonly effect: Grant["effect"] } | undefined {
  const row = table.find((each) => each.action === action);
  const answers = roles.map((role) => ({ role, effect: row?.cells[role].effect ?? ("forbidden" as const) }));
  return answers.sort((a, b) => FAR[b.effect] - FAR[a.effect])[0];
}
