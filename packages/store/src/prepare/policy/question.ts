import type { Viewer } from "@jumpkit/app";
import type { ActionId, ConsentFacts } from "@jumpkit/core";

/** What Cedar is told beside person, action and organisation; every fact is there in every question. */
export type Facts = ConsentFacts & { readonly brokenGlass: boolean };

/**
 * The question as Cedar is asked it: who, in which roles, does what, and the facts. Nothing in it can be left out
 * without the answer being no.
 */
export function questionOf(
  viewer: Pick<Viewer, "id" | "organisation" | "roles">,
  action: ActionId,
  facts: Facts,
) {
  const principal = { type: "Jumpkit::Person", id: viewer.id };
  return {
    principal,
    action: { type: "Jumpkit::Action", id: action },
    resource: { type: "Jumpkit::Organisation", id: viewer.organisation },
    context: {
      approvedBy: [...facts.approvedBy],
      approvedByTwo: [...facts.approvedByTwo],
      brokenGlass: facts.brokenGlass,
    },
    entities: [
      { uid: principal, attrs: {}, parents: viewer.roles.map((id) => ({ type: "Jumpkit::Role", id })) },
    ],
  };
}
