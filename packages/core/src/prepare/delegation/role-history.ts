import type { Entry } from "../../document/log/entry.ts";
import type { PersonId } from "../../kernel/id.ts";
import { type Instant, unixMsOf } from "../../kernel/time.ts";
import { PERSON_ENTRIES, type Person, projectPerson, type Role } from "../people/person.ts";
import { borrowedRoles, DELEGATION_ENTRIES, type Delegation, projectDelegation } from "./delegation.ts";

type PersonEntry = Entry<typeof PERSON_ENTRIES>;
type DelegationEntry = Entry<typeof DELEGATION_ENTRIES>;

/** The types of entry that decide which roles somebody held. */
export const ROLE_ENTRY_TYPES: readonly string[] = [
  ...Object.keys(PERSON_ENTRIES),
  ...Object.keys(DELEGATION_ENTRIES),
];

/** The roles that a person held at a moment, lent ones among them; none before they were known. */
export type RolesAt = (person: PersonId, at: Instant) => Role[];

/**
 * Who held which roles when, as the log tells it.
 *
 * @param entries  all entries of {@link ROLE_ENTRY_TYPES}, oldest first; others are passed over
 */
export function roleHistory(entries: Iterable<Entry>): RolesAt {
  const people = new Map<PersonId, Person[]>();
  const since = new Map<Person, number>();
  const delegations = new Map<string, Delegation>();
  for (const entry of entries) {
    if (entry.type in PERSON_ENTRIES) {
      const { person } = (entry as PersonEntry).body;
      const states = person && (people.get(person) ?? []);
      const after = states && projectPerson(states.at(-1), entry as PersonEntry);
      if (states === undefined || person === undefined || after === undefined) continue;
      // An entry that changes nothing gives the state that is there already.
      if (!since.has(after)) since.set(after, unixMsOf(entry.recordedAt));
      people.set(person, [...states, after]);
    } else if (entry.type in DELEGATION_ENTRIES) {
      const { delegation = "" } = (entry as DelegationEntry).body;
      const after = projectDelegation(delegations.get(delegation), entry as DelegationEntry);
      if (after !== undefined) delegations.set(delegation, after);
    }
  }
  const stateAt = (person: PersonId, at: Instant): Person | undefined =>
    people.get(person)?.findLast((state) => (since.get(state) ?? 0) <= unixMsOf(at));
  return (person, at) => {
    const own = stateAt(person, at)?.roles ?? [];
    const toThem = [...delegations.values()].filter((each) => each.borrower === person);
    const borrowed = borrowedRoles(own, toThem, (lender) => stateAt(lender, at), at);
    return [...new Set([...own, ...borrowed.map((each) => each.role)])];
  };
}
