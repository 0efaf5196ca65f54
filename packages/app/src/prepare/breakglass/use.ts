import { type ActionId, type AnyFact, stampNow, useBrokenGlass } from "@jumpkit/core";
import type { JsonObject } from "../../json.ts";
import type { Act, Prepared } from "../../operation.ts";
import type { Inside, Permission } from "../../ports.ts";

/**
 * Whether this person broke the glass for this action in the incident that the act is about.
 *
 * The incident is the one that the act itself would be recorded in. A program never breaks glass.
 *
 * @returns the permission that rests on it with the entry that says so, or `undefined`
 */
export async function byBrokenGlass(
  inside: Inside,
  action: ActionId,
  prepared: Prepared<JsonObject>,
  asked: { readonly act: Act; readonly operation: string; readonly thing: string },
): Promise<{ readonly permission: Permission; readonly fact: AnyFact } | undefined> {
  const { by, now } = asked.act;
  if (by.token !== undefined) return undefined;
  const open = await inside.records.breakGlass.brokenBy(by.id, action);
  if (open.length === 0) return undefined;
  const decided = prepared.decide();
  const facts = decided.ok ? decided.value.facts : [];
  const glass = open.find(
    (each) => facts.length > 0 && facts.every((fact) => fact.incident === each.incident),
  );
  if (glass === undefined) return undefined;
  const permission = await inside.authority.permits(by, action, { brokenGlass: true });
  const { operation, thing } = asked;
  const fact = useBrokenGlass(glass, stampNow(now, by.zone), { operation, thing });
  return permission.allowed ? { permission, fact } : undefined;
}
