import {
  type AnyFact,
  type ApprovalId,
  canonicalJson,
  type Instant,
  type Result,
  type Role,
  refuse,
  spendApproval,
  stampNow,
} from "@jumpkit/core";
import type { Inside, Viewer } from "../../ports.ts";
import type { Refusal } from "../../refusals.ts";

/** An approval that is locked and fits: the fact that spends it, and the roles of those who consented. */
export interface Spending {
  readonly fact: AnyFact;
  readonly consents: readonly (readonly Role[])[];
}

/** What an approval is bound to: the operation and every parameter, in the one text they have. */
export function textOfAct(operation: string, parameters: object): string {
  return canonicalJson([operation, parameters]);
}

/**
 * Locks an approval for this act and reads who stands behind it *now*.
 *
 * Of many that try to spend it at once, each waits for the one before. Somebody else's approval answers as if
 * it did not exist.
 */
export async function spending(
  inside: Inside,
  viewer: Viewer,
  id: ApprovalId,
  sha256: string,
  now: Instant,
): Promise<Result<Spending, Refusal>> {
  const approval = await inside.records.approvals.approval(id);
  if (approval === undefined || approval.asker !== viewer.id) return refuse({ code: "thing.not_found" });
  const spent = spendApproval(approval, now, viewer.id, sha256, stampNow(now, viewer.zone));
  if (!spent.ok) return spent;
  const people = approval.consents.map((consent) => consent.person);
  const consents = await inside.records.approvals.rolesNow(people, approval.asker);
  return { ok: true, value: { fact: spent.value, consents } };
}
