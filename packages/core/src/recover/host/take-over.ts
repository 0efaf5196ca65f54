import type { SCOPE_ENTRIES } from "../../detect/scope/scope.ts";
import { changeScope, type ScopeElement, widenScope } from "../../detect/scope/scope.ts";
import type { Fact } from "../../document/log/entry.ts";
import type { AssetId, IncidentId, RecoveryId, ScopeId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Stamp } from "../../kernel/time.ts";
import type { HostPlan, RecoveringHost } from "./host.ts";
import type { RecoveryRefusal } from "./refusal.ts";
import type { RecoveryFact } from "./steps.ts";

type ScopeFact = Fact<typeof SCOPE_ENTRIES>;

/** A host that somebody found affected, with fresh ids for it and for its place in the scope. */
export interface FoundHost {
  readonly id: RecoveryId;
  readonly element: ScopeId;
  readonly name: string;
  readonly asset: AssetId | null;
}

/**
 * The entries that put hosts on their way back, and into the scope of the incident as affected where they are not.
 *
 * Hosts that are on their way already are passed over; `recovery.already_in` when all of them are.
 *
 * @source NIST SP 800-61r2 table 3-5, 6.3: more affected hosts found go through analysis, containment, eradication
 */
export function takeOver(
  incident: IncidentId,
  happened: Stamp,
  known: readonly RecoveringHost[],
  inScope: readonly ScopeElement[],
  found: readonly FoundHost[],
  said: { readonly reason: string } & HostPlan,
): Result<readonly (RecoveryFact | ScopeFact)[], RecoveryRefusal> {
  const facts: (RecoveryFact | ScopeFact)[] = [];
  const seen = new Map(known.map((host) => [host.name.toLowerCase(), host.id]));
  const already: RecoveryId[] = [];
  for (const host of found) {
    const key = host.name.toLowerCase();
    const before = seen.get(key);
    if (before !== undefined) {
      already.push(before);
      continue;
    }
    seen.set(key, host.id);
    const { id, name, asset } = host;
    facts.push(...widened(incident, happened, inScope, host, said.reason), {
      type: "recovery.host_affected",
      incident,
      happened,
      body: { host: id, name, asset, ...said },
    });
  }
  return facts.length === 0 ? refuse({ code: "recovery.already_in", hosts: already }) : accept(facts);
}

/** The entries by which a host that is back, or was clean, is cleared in the scope; none where it is not in it. */
export function clearInScope(
  host: RecoveringHost,
  happened: Stamp,
  inScope: readonly ScopeElement[],
  reason: string,
): readonly ScopeFact[] {
  const element = elementOf(host, inScope);
  const outcome = element && changeScope(element, happened, "cleared", reason);
  return outcome?.ok ? [outcome.value] : [];
}

/** The entries by which a host counts as affected in the scope again. */
export function affectedInScope(
  host: RecoveringHost,
  happened: Stamp,
  inScope: readonly ScopeElement[],
  reason: string,
): readonly ScopeFact[] {
  const element = elementOf(host, inScope);
  const outcome = element && changeScope(element, happened, "affected", reason);
  return outcome?.ok ? [outcome.value] : [];
}

function widened(
  incident: IncidentId,
  happened: Stamp,
  inScope: readonly ScopeElement[],
  host: FoundHost,
  reason: string,
): readonly ScopeFact[] {
  const element = elementOf(host, inScope);
  const { name, asset } = host;
  const outcome =
    element === undefined
      ? widenScope(incident, host.element, happened, inScope, {
          kind: "host",
          name,
          asset,
          state: "affected",
          reason,
        })
      : changeScope(element, happened, "affected", reason);
  return outcome.ok ? [outcome.value] : [];
}

function elementOf(host: Pick<FoundHost, "name" | "asset">, inScope: readonly ScopeElement[]) {
  return inScope.find(
    (each) =>
      each.state !== "ruled_out" &&
      each.kind === "host" &&
      (each.name.toLowerCase() === host.name.toLowerCase() ||
        (each.asset !== null && each.asset === host.asset)),
  );
}
