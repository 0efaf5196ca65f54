import type { May, Person } from "../../api/contract.ts";
import { actingRoles, rolesText } from "./role-words.ts";

/**
 * Whom to ask for what one may not do alone: people by name where somebody holds such a role, else the role.
 *
 * @returns a sentence without its full stop
 */
export function whomToAsk(row: May, people: readonly Person[]): string {
  if (row.effect === "approval") return `Ask for the consent of ${nameList(row.approvers, people)}`;
  if (row.whoMay.length > 0) return `Ask ${nameList(row.whoMay, people)} to do it`;
  return "Forbidden to everyone";
}

/** Who of those that may do it, or may consent, is on duty now, with the number to call; empty when nobody is. */
export function onDutyFor(
  row: May,
  people: readonly Person[],
  duties: readonly { readonly person: string; readonly current: boolean }[],
): string {
  const roles = new Set<string>([...row.whoMay, ...row.approvers]);
  const there = people.filter(
    (person) =>
      actingRoles(person).some((role) => roles.has(role)) &&
      duties.some((duty) => duty.current && duty.person === person.id),
  );
  if (there.length === 0) return "";
  return `On duty: ${there
    .slice(0, 3)
    .map((person) => `${person.name} ${person.phone}`)
    .join(", ")}`;
}

/** Up to three names of active people with one of `roles`; the roles themselves where nobody has them. */
export function nameList(roles: readonly string[], people: readonly Person[]): string {
  const names = people
    .filter(
      (person) => person.status === "active" && actingRoles(person).some((role) => roles.includes(role)),
    )
    .map((person) => person.name);
  if (names.length === 0) return `a ${rolesText(roles).toLowerCase()}`;
  if (names.length > 3) return `${names.slice(0, 3).join(", ")} or ${names.length - 3} more`;
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
