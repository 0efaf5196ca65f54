import { ROLES, type Role } from "../people/person.ts";

/** What the policy is told of those who consented: facts that we count, because Cedar has no memory. */
export interface ConsentFacts {
  /** Every role that somebody who consented holds now. */
  readonly approvedBy: readonly Role[];
  /** Groups of roles, as {@link groupOf} names them, in which two different people consented. */
  readonly approvedByTwo: readonly string[];
}

/** The name of a group of roles, the same whatever order they are told in. */
export function groupOf(roles: readonly Role[]): string {
  return ROLES.filter((role) => roles.includes(role)).join("+");
}

/**
 * The facts that follow from the people who consented.
 *
 * @param consents  the roles that each of them holds now; one row for each different person
 */
export function consentFacts(consents: readonly (readonly Role[])[]): ConsentFacts {
  const approvedBy = ROLES.filter((role) => consents.some((held) => held.includes(role)));
  if (consents.length < 2) return { approvedBy, approvedByTwo: [] };
  const twice = GROUPS.filter(
    (group) => consents.filter((held) => group.some((role) => held.includes(role))).length >= 2,
  );
  return { approvedBy, approvedByTwo: twice.map(groupOf) };
}

/** Every group that a clause can name: all sets of roles but the empty one. */
const GROUPS: readonly (readonly Role[])[] = Array.from({ length: 2 ** ROLES.length - 1 }, (_, index) =>
  ROLES.filter((_role, place) => (((index + 1) >> place) & 1) === 1),
);
