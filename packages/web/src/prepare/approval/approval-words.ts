import type { Approval } from "../../api/contract.ts";

/** How a request for consent stands, as pages write it. */
export const STANDING_WORDS: Readonly<Record<Approval["status"], string>> = {
  requested: "Waits for consent",
  approved: "Approved",
  refused: "Refused",
  withdrawn: "Withdrawn",
  used: "Used",
  expired: "Its time ran out",
};

/** Whether it can still be decided or used. */
export function isOpenRequest({ status }: Pick<Approval, "status">): boolean {
  return status === "requested" || status === "approved";
}

/** Whose consent is missing yet, such as `manager or lead; 1 of 2 have consented`. */
export function missingWords({ approvers, persons, consents }: Approval): string {
  const roles = approvers.join(" or ");
  if (persons === 1) return roles;
  return `${roles}; ${consents.length} of ${persons} have consented`;
}

/** The parameters of an act, one line each, in the order they were sent. */
export function parameterLines(parameters: Approval["parameters"]): ReadonlyArray<readonly [string, string]> {
  return Object.entries(parameters ?? {}).map(([name, value]) => [name, textOf(value)] as const);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether a request is for exactly this act; fields that only defaults filled in do not count. */
export function isFor(
  approval: Approval,
  wish: { readonly operation: string; readonly parameters: object },
): boolean {
  if (approval.operation !== wish.operation) return false;
  const asked = approval.parameters ?? {};
  return Object.entries(wish.parameters).every(
    ([name, value]) => value === undefined || JSON.stringify(asked[name]) === JSON.stringify(value),
  );
}
