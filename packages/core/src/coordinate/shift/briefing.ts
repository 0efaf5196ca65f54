import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { type IncidentId, PersonId } from "../../kernel/id.ts";
import type { Stamp } from "../../kernel/time.ts";

/** The entry that says where an incident stands: what one thinks happened, and what comes next by whom. */
export const BRIEFING_ENTRIES = {
  "briefing.written": z.object({
    hypothesis: z.string(),
    nextStep: z.string(),
    owner: PersonId.nullable(),
    ownerName: z.string(),
  }),
};

/** What the next shift walks into, in the words of who knows. */
export interface Briefing {
  readonly incident: IncidentId;
  readonly hypothesis: string;
  readonly nextStep: string;
  /** Who takes the next step; `null` for whoever is there. */
  readonly owner: PersonId | null;
  readonly ownerName: string;
  readonly by: string;
  readonly at: string;
}

/** The briefing of an incident after one more entry about it: the newest counts, the older stay in the log. */
export function projectBriefing(
  before: Briefing | undefined,
  entry: Entry<typeof BRIEFING_ENTRIES>,
): Briefing | undefined {
  const { hypothesis, nextStep, owner, ownerName } = entry.body;
  if (entry.incident === null) return before;
  return {
    incident: entry.incident,
    hypothesis: hypothesis ?? "",
    nextStep: nextStep ?? "",
    owner: owner ?? null,
    ownerName: ownerName ?? "",
    by: entry.actor?.name ?? "",
    at: entry.recordedAt,
  };
}

/** The entry that says where an incident stands. */
export function brief(
  incident: IncidentId,
  happened: Stamp,
  said: { readonly hypothesis: string; readonly nextStep: string },
  owner: { readonly id: PersonId; readonly name: string } | null,
): Fact<typeof BRIEFING_ENTRIES> {
  const body = { ...said, owner: owner?.id ?? null, ownerName: owner?.name ?? "" };
  return { type: "briefing.written", incident, happened, body };
}
