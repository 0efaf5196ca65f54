import { type IncidentId, mustBeOpen, type RecoveryId, ROLES, type Role } from "@jumpkit/core";
import type { Records } from "../ports.ts";

/** A host with its open incident, what its gates need, and who may waive one. */
export async function hostAtHand(records: Records, id: RecoveryId) {
  const host = await records.recovery.host(id);
  const incident = host && (await records.incident(host.incident));
  if (host === undefined || incident === undefined) return undefined;
  return {
    host,
    incident,
    shut: mustBeOpen(incident),
    plan: await records.recovery.plan(incident.id),
    inScope: await records.scope.of(incident.id),
  };
}

/**
 * The hosts named, of one incident, in the order of their names; `undefined` when one of them is not of it.
 *
 * The incident's row is locked, so what is decided of several hosts is decided of one moment.
 */
export async function hostsAtHand(records: Records, id: IncidentId, ids: readonly RecoveryId[]) {
  const incident = await records.incident(id);
  if (incident === undefined) return undefined;
  const all = await records.recovery.of(id);
  const hosts = all.filter((host) => ids.includes(host.id));
  if (hosts.length !== new Set(ids).size) return undefined;
  return { incident, shut: mustBeOpen(incident), hosts, plan: await records.recovery.plan(id) };
}

/** The roles that the policy in force lets waive a gate by themselves. */
export async function mayWaive(records: Records): Promise<readonly Role[]> {
  const policy = await records.policyInForce();
  const row = policy?.document?.rows.find(({ action }) => action === "gate.waive");
  return row === undefined ? [] : ROLES.filter((role) => row.grants[role].effect === "permitted");
}
