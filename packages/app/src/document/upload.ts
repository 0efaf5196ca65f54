import {
  type Attachment,
  accept,
  attachmentOf,
  IncidentId,
  mustBeOpen,
  type ReportId,
  type Result,
  refuse,
  Sha256,
} from "@jumpkit/core";
import * as z from "zod";
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

/** What it takes to make evidence of a report's attachment: which one, and for which incident. */
export const CopyInput = z.strictObject({
  sha256: Sha256,
  incident: IncidentId,
});

/**
 * The attachment of a report that this person may copy to an incident, or why they may not.
 *
 * A report or incident they may not see is refused as one that does not exist.
 */
export async function attachmentToCopy(
  reading: Reading,
  viewer: Viewer,
  report: ReportId,
  { sha256, incident }: z.output<typeof CopyInput>,
): Promise<Result<Attachment, Refusal>> {
  const sees = (await reading.permission(viewer, "sign.read")).allowed;
  const found = sees ? await reading.report(report) : undefined;
  if (found === undefined) return refuse({ code: "thing.not_found" });
  const whyNot = await whyNotUpload(reading, viewer, incident);
  if (whyNot !== undefined) return refuse(whyNot);
  const attachment = attachmentOf(found, sha256);
  return attachment === undefined ? refuse({ code: "report.no_such_attachment" }) : accept(attachment);
}
