import {
  Assessment,
  AttackVector,
  ExerciseId,
  glassMatters,
  hostMatters,
  type Incident,
  IncidentId,
  IncidentStatus,
  Ongoing,
  Origin,
  openIsolations,
  openQuestions,
  PersonId,
  Priority,
  reviewMatters,
  Tlp,
} from "@jumpkit/core";
import * as z from "zod";
import { Paging, pageOf, several } from "../list.ts";
import { query } from "../query.ts";

const RatingView = Assessment.extend({ priority: Priority, because: z.string(), ratedAt: z.string() });

/** An incident as lists show it. */
export const IncidentRow = z
  .object({
    id: IncidentId,
    code: z.string(),
    title: z.string(),
    status: IncidentStatus,
    ongoing: Ongoing,
    origin: Origin,
    vector: AttackVector,
    tlp: Tlp,
    priority: Priority.nullable().describe("null is unrated"),
    lead: PersonId.nullable(),
    reportedAt: z.string(),
    declaredAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    entryCount: z.int(),
    lastEntryAt: z.string(),
    exercise: ExerciseId.nullable().describe("the exercise that it is played in; null where it is real"),
  })
  .meta({ id: "IncidentRow" });

/** An incident as its own page shows it. */
export const IncidentView = IncidentRow.extend({
  description: z.string(),
  reportedBy: z.string(),
  firstRating: RatingView.nullable(),
  rating: RatingView.nullable(),
  changedSeq: z.int().describe("what a change must have seen"),
  open: z
    .array(
      z.object({
        kind: z.string(),
        what: z.string(),
        evidence: z.string().optional(),
        host: z.string().optional(),
        isolation: z.string().optional(),
        breakglass: z.string().optional(),
      }),
    )
    .describe("what keeps it from being closed"),
}).meta({ id: "Incident" });

export const listIncidents = query({
  name: "incident.list",
  phase: "detect",
  summary: "Incidents, newest change first",
  action: "incident.read",
  shared: true,
  path: "/v1/incident",
  input: z.strictObject({
    status: several(IncidentStatus),
    priority: several(z.enum([...Priority.options, "unrated"])),
    played: z
      .enum(["no", "yes"])
      .default("no")
      .describe("yes for those that are played in exercises, instead of the real ones"),
    text: z.string().max(200).default("").describe("words of the code or title"),
    ...Paging,
  }),
  output: pageOf(IncidentRow),
  run: async (input, reading) => {
    const page = await reading.incidents({ ...input, played: input.played === "yes" });
    return { items: page.items.map(rowOf), next: page.next };
  },
});

export const showIncident = query({
  name: "incident.show",
  phase: "detect",
  summary: "One incident, with what keeps it from being closed",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}",
  input: z.strictObject({ incident: IncidentId }),
  output: IncidentView,
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const pending = (await reading.itemsOf(incident.id)).flatMap((item) => item.pending ?? []);
    const matters = [
      ...glassMatters(await reading.breakGlass.unreviewedOf(incident.id)),
      ...openIsolations(await reading.contain.isolationsOf(incident.id)),
      ...hostMatters(await reading.recovery.hosts(incident.id)),
      ...reviewMatters(incident, await reading.learning.review(incident.id)),
    ];
    return { ...rowOf(incident), open: openQuestions(incident, pending, matters) };
  },
});

function rowOf(incident: Incident) {
  return {
    ...incident,
    priority: incident.rating?.priority ?? null,
    exercise: incident.exercise ?? null,
  };
}
