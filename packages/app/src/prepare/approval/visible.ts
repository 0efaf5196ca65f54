import type { Approval } from "@jumpkit/core";
import type { Viewer } from "../../ports.ts";

/**
 * Whether a request exists for this person: whoever asked, whoever may consent, and whoever reads its incident.
 *
 * @param readsIncidents  whether the policy lets them read incidents
 */
export function seesApproval(approval: Approval, viewer: Viewer, readsIncidents: boolean): boolean {
  if (approval.asker === viewer.id) return true;
  if (approval.approvers.some((role) => viewer.roles.includes(role))) return true;
  return readsIncidents && approval.incident !== null;
}
