import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import type { Fact } from "../../document/log/entry.ts";
import { Sha256 } from "../../kernel/digest.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Tlp } from "../../kernel/tlp.ts";

/** A report as it left for paper: its marking, and the file by its digest and size. */
export const SavedFollowup = z.strictObject({
  marking: Tlp.describe("The marking that the report bears"),
  sha256: Sha256.describe("Of the very bytes that were saved"),
  sizeBytes: z.int().min(1).max(1_000_000_000),
});
export type SavedFollowup = z.infer<typeof SavedFollowup>;

export const SAVED_ENTRIES = { "followup.saved": z.object(SavedFollowup.shape) };

/** The entry that says that a person saved the report; it may be said of what is closed, for reports come late. */
export function saveFollowup(
  incident: Incident,
  happened: Stamp,
  said: SavedFollowup,
): Fact<typeof SAVED_ENTRIES> {
  return { type: "followup.saved", incident: incident.id, happened, body: said };
}

/**
 * The entries that a report tells of: all but those that say it was saved, or the very saving of a report would make
 * its next copy another one.
 */
export function withoutSavings<Each extends { readonly type: string }>(entries: readonly Each[]): Each[] {
  return entries.filter(({ type }) => type !== "followup.saved");
}
