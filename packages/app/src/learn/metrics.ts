import {
  AttackVector,
  accept,
  CAUSES,
  Collected,
  chooseMetrics,
  HARMS,
  IncidentId,
  MEASURED_STAGES,
  MeasureName,
  measureOf,
  measureTable,
  metricsOf,
  Priority,
  ReviewQuestion,
  shownMeasure,
  shownMetrics,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { query } from "../query.ts";

export const metricsChoose = operation({
  name: "metrics.choose",
  phase: "learn",
  summary: "Say which measures are collected of incidents, shown and exported; their number always is",
  action: "policy.manage",
  input: z.strictObject(Collected.shape),
  output: z.object({ measures: z.int() }),
  load: async () => ({}),
  decide: (_, input, act) =>
    accept({
      facts: [chooseMetrics(stampOf(undefined, act), input)],
      output: { measures: input.measures.length },
    }),
});

const Minutes = z.int().nullable();
const Counts = z.array(z.object({ key: z.string(), count: z.int() }));
const Improvements = z.object({ open: z.int(), done: z.int(), dropped: z.int() });
const HOURS = {
  logMinutes: z.int().describe("as the log suggests: stretches of entries, as cost.hours counts them"),
  bookedMinutes: z.int().describe("of people in the ledger of costs, likely"),
  downtimeMinutes: z.int().describe("of hosts and services in the ledger, likely"),
};
/** TheHive counts in milliseconds. */
const Ms = z.int().nullable();

const MeasureView = z
  .object({
    incident: IncidentId,
    code: z.string(),
    title: z.string(),
    reportedAt: z.string(),
    entryCount: z.int(),
    vector: AttackVector.optional(),
    priority: Priority.nullable().optional(),
    firstPriority: Priority.nullable().optional(),
    minutes: z.object({
      detect: Minutes.optional().describe("since it began"),
      answer: Minutes.optional().describe("from what was reported first until the team answered it"),
      assess: Minutes.optional().describe("since it was reported, until it was first rated; so is the rest"),
      declare: Minutes.optional(),
      tell: Minutes.optional().describe("until somebody outside was first told"),
      contain: Minutes.optional(),
      recover: Minutes.optional(),
      close: Minutes.optional(),
    }),
    hours: z.object({ peopleCount: z.int(), ...HOURS }).optional(),
    cost: z.object({ currency: z.string(), likely: z.string() }).nullable().optional(),
    precursors: z
      .object({
        count: z.int(),
        unheeded: z.int().describe("seen before it began, and nobody had decided on them by then"),
      })
      .optional(),
    cause: z
      .enum(CAUSES)
      .optional()
      .describe("found: a way in was found and closed on a host; vector_only: the attack vector is known"),
    recurrenceOf: z
      .string()
      .nullable()
      .optional()
      .describe("the first incident before it that shares a confirmed observable, other than a victim"),
    harm: z.enum(HARMS).optional().describe("what its first rating says of it"),
    lessons: z
      .object({
        held: z.boolean(),
        answers: z.array(z.object({ question: ReviewQuestion, text: z.string() })),
        improvements: Improvements,
      })
      .optional(),
    timeToDetect: Ms.describe("as TheHive 5 names it, in ms: from when it began until it was reported"),
    timeToTriage: Ms.describe("from the report until it was declared"),
    timeToQualify: Ms.describe("from when its first sign was seen until somebody decided on one"),
    timeToAcknowledge: Ms.describe("from when it began until it was declared"),
    timeToResolve: Ms.describe("from the first decision or the declaration until it was closed"),
    handlingDuration: Ms.describe("from the declaration until it was closed"),
  })
  .meta({ id: "Measure" });

export const showMetrics = query({
  name: "metrics.show",
  phase: "learn",
  summary: "What the incidents reported in a period are measured by: what is collected of each, and together",
  action: "incident.read",
  path: "/v1/metrics",
  input: z.strictObject({
    from: z.iso.date().default("1970-01-01").describe("The first day of the period, in UTC"),
    to: z.iso.date().default("9999-12-31").describe("Its last day"),
  }),
  output: z.object({
    collected: z.array(MeasureName).describe("what was chosen; all else is absent"),
    count: z.int(),
    byVector: Counts.optional(),
    byPriority: Counts.optional(),
    byMonth: Counts.optional(),
    stages: z.array(
      z.object({
        stage: z.enum(MEASURED_STAGES),
        count: z.int(),
        medianMinutes: Minutes,
        longestMinutes: Minutes,
      }),
    ),
    ratings: z.object({ same: z.int(), raised: z.int(), lowered: z.int() }).optional(),
    hours: z.object({ ...HOURS, byVector: z.array(z.object({ key: z.string(), ...HOURS })) }).optional(),
    cost: z
      .array(z.object({ currency: z.string(), likely: z.string(), count: z.int() }))
      .optional()
      .describe("a sum for each currency"),
    precursors: z.object({ recorded: z.int(), unheeded: z.int() }).optional().describe("counts of incidents"),
    byCause: Counts.optional(),
    recurredCount: z.int().optional(),
    byHarm: Counts.optional(),
    lessons: z
      .object({
        heldCount: z.int(),
        improvements: Improvements,
        questions: z.array(
          z.object({
            question: ReviewQuestion,
            count: z.int(),
            latest: z.array(z.object({ code: z.string(), text: z.string() })),
          }),
        ),
      })
      .optional(),
    incidents: z.array(MeasureView),
    csv: z.string().describe("the same incidents for spreadsheets"),
  }),
  run: async ({ from, to }, reading) => {
    const { measures: collected } = await reading.learning.collected();
    const courses = await reading.learning.courses(from, to, collected.includes("hours"));
    const measures = courses.flatMap((course) => measureOf(course) ?? []);
    return {
      collected: [...collected],
      ...shownMetrics(metricsOf(measures), collected),
      incidents: measures.map((measure) => shownMeasure(measure, collected)),
      csv: measureTable(measures, collected),
    };
  },
});
