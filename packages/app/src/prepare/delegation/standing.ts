import {
  type ActionId,
  type BorrowedRole,
  borrowedRoles,
  type Delegation,
  type Instant,
  type Person,
  type PersonId,
  rolesBeside,
} from "@jumpkit/core";
import type { Authority, Viewer } from "../../ports.ts";

/** The roles that a person has at `now` only because others lend them. */
export function borrowedNow(
  person: Pick<Person, "id" | "roles">,
  standing: readonly Delegation[],
  people: readonly Person[],
  now: Instant,
): BorrowedRole[] {
  const toThem = standing.filter((each) => each.borrower === person.id);
  return borrowedRoles(person.roles, toThem, (id) => people.find((each) => each.id === id), now);
}

/** Whether somebody acts in a role at `now` because of this delegation. */
export function standsIn(delegation: Delegation, people: readonly Person[], now: Instant): boolean {
  const borrower = people.find((each) => each.id === delegation.borrower);
  return borrower?.status === "active" && borrowedNow(borrower, [delegation], people, now).length > 0;
}

/** The viewer without what this person lends them: nobody answers for themselves through a deputy. */
export function besideOf(viewer: Viewer, person: PersonId): Viewer {
  const borrowed = (viewer.borrowed ?? []).filter((each) => each.lender !== person);
  return { ...viewer, roles: rolesBeside(viewer, person), borrowed };
}

/** Whether the policy permits something only because of a role that this person lends the viewer. */
export async function onlyByLoanOf(
  person: PersonId,
  viewer: Viewer,
  action: ActionId,
  authority: Authority,
): Promise<boolean> {
  const beside = besideOf(viewer, person);
  if (beside.roles.length === viewer.roles.length) return false;
  if (!(await authority.permits(viewer, action)).allowed) return false;
  return !(await authority.permits(beside, action)).allowed;
}
