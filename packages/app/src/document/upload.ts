import { type IncidentId, mustBeOpen } from "@jumpkit/core";
import { denialOf } from "../execute.ts";
import type { Viewer } from "../ports.ts";
import type { Reading } from "../reading.ts";
import type { Refusal } from "../refusals.ts";

/**
 * Why this person may not send a file to this incident now; `undefined` when they may.
 *
 * Asked before a byte is read. An incident they may not see is refused as one that does not exist.
 */
export async function whyNotUpload(
  reading: Reading,
  viewer: Viewer,
  incident: IncidentId,
): Promise<Refusal | undefined> {
  const sees = (await reading.permission(viewer, "incident.read")).allowed;
  const found = sees ? await reading.incident(incident) : undefined;
  if (found === undefined) return { code: "thing.not_found" };
  const permission = await reading.permission(viewer, "evidence.collect");
  if (!permission.allowed) return denialOf({ action: "evidence.collect" }, permission);
  return mustBeOpen(found);
}
