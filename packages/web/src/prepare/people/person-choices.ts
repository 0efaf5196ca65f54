import type { QueryOutput } from "../../api/contract.ts";

type Person = QueryOutput<"person.list">["items"][number];

/** Everybody who is active, to choose one of: by name and title, in the order given. */
export function personChoices(
  people: readonly Person[],
): { readonly value: string; readonly label: string }[] {
  return people
    .filter(({ status }) => status === "active")
    .map(({ id, name, title }) => ({ value: id, label: `${name}, ${title}` }));
}
