import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { line } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";

/**
 * What a follow-up report can tell, in the order in which it is told when nobody arranged it otherwise.
 *
 * @source NIST SP 800-61r2 §3.4.1: a formal chronology of events, with times, and a monetary estimate of the damage
 */
export const FollowupSection = z.enum([
  "summary",
  "impact",
  "cost",
  "chronology",
  "containment",
  "recovery",
  "notifications",
  "evidence",
  "observables",
  "lessons",
  "open",
]);
export type FollowupSection = z.infer<typeof FollowupSection>;

const TITLES: Readonly<Record<FollowupSection, string>> = {
  summary: "Summary",
  impact: "Impact and rating",
  cost: "Damage in money",
  chronology: "Chronology",
  containment: "Containment",
  recovery: "Hosts and recovery",
  notifications: "Who was told",
  evidence: "Evidence",
  observables: "Observables",
  lessons: "Lessons and improvements",
  open: "Open matters",
};

/** How the organisation arranges its follow-up reports: plain values, and nothing in them is ever run. */
export const FollowupTemplate = z
  .strictObject({
    title: line(120).describe("What the report is called; the code of the incident follows it"),
    sections: z
      .array(z.strictObject({ section: FollowupSection, title: line(120) }))
      .min(1)
      .max(FollowupSection.options.length)
      // Of the list and not of the whole: the shape alone has to carry it to the operation.
      .refine((all) => new Set(all.map(({ section }) => section)).size === all.length, {
        error: "names a section twice",
      }),
  })
  .meta({ id: "FollowupTemplate" });
export type FollowupTemplate = z.infer<typeof FollowupTemplate>;

/** The arrangement until an organisation makes its own: everything that the record tells. */
export const DEFAULT_FOLLOWUP: FollowupTemplate = {
  title: "Follow-up report",
  sections: FollowupSection.options.map((section) => ({ section, title: TITLES[section] })),
};

export const FOLLOWUP_ENTRIES = { "followup.arranged": z.object(FollowupTemplate.shape) };

/** The arrangement after one more entry; `undefined` while the record does not show a whole one. */
export function projectFollowup(entry: Entry<typeof FOLLOWUP_ENTRIES>): FollowupTemplate | undefined {
  const whole = FollowupTemplate.safeParse(entry.body);
  return whole.success ? whole.data : undefined;
}

/** The entry that says how follow-up reports are arranged from now on. */
export function arrangeFollowup(happened: Stamp, said: FollowupTemplate): Fact<typeof FOLLOWUP_ENTRIES> {
  return { type: "followup.arranged", incident: null, happened, body: said };
}
