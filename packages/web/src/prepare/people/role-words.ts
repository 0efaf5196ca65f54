import type { Person, Role } from "../../api/contract.ts";

/** The parts a person can have, as pages write them. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  manager: "Manager",
  lead: "Lead",
  handler: "Handler",
  custodian: "Custodian",
  administrator: "Administrator",
  observer: "Observer",
};

/** The parts in the order tables show them. */
export const ROLE_ORDER: readonly Role[] = [
  "manager",
  "lead",
  "handler",
  "custodian",
  "administrator",
  "observer",
];

/** Everything a person may act as now: their own roles and those lent to them. */
export function actingRoles(person: Pick<Person, "roles" | "borrowed">): readonly Role[] {
  return [...person.roles, ...person.borrowed.map((each) => each.role)];
}

/** What each part is for, in half a sentence. */
export const ROLE_MEANING: Readonly<Record<Role, string>> = {
  manager: "answers for incidents, adopts the policy",
  lead: "leads an incident",
  handler: "works on incidents",
  custodian: "keeps evidence",
  administrator: "adds people, keeps the system",
  observer: "reads and verifies, such as an auditor",
};

/** `Manager, lead or handler`: several parts in one sentence. */
export function rolesText(roles: readonly string[]): string {
  const words = roles.map((role) => (ROLE_WORDS as Readonly<Record<string, string>>)[role] ?? role);
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
