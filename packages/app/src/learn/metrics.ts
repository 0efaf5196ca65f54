import {
  AttackVector,
  IncidentId,
  MEASURED_STAGES,
  measureOf,
  measureTable,
  metricsOf,
  Priority,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";

const Minutes = z.int().nullable();
const Counts = z.array(z.object({ key: z.string(), count: z.int() }));

export const showMetrics = query({
  name: "metrics.show",
  phase: "learn",
  summary: "What the incidents reported in a period are measured by: numbers, times per stage, ratings",
  action: "incident.read",
  path: "/v1/metrics",
  input: z.strictObject({
    from: z.iso.date().default("1970-01-01").describe("The first day of the period, in UTC"),
    to: z.iso.date().default("9999-12-31").describe("Its last day"),
  }),
  output: z.object({
    count: z.int(),
    byVector: Counts,
    byPriority: Counts,
    byMonth: Counts,
    stages: z.array(
      z.object({
        stage: z.enum(MEASURED_STAGES),
        count: z.int(),
        medianMinutes: Minutes,
        longestMinutes: Minutes,
      }),
    ),
    ratings: z.object({ same: z.int(), raised: z.int(), lowered: z.int() }),
    incidents: z.array(
      z.object({
        incident: IncidentId,
        code: z.string(),
        title: z.string(),
        vector: AttackVector,
        priority: Priority.nullable(),
        firstPriority: Priority.nullable(),
        reportedAt: z.string(),
        entryCount: z.int(),
        minutes: z.object({
          detect: Minutes.describe("since it began"),
          declare: Minutes.describe("since it was reported, as the rest"),
          contain: Minutes,
          recover: Minutes,
          close: Minutes,
        }),
      }),
    ),
    csv: z.string().describe("the same incidents for spreadsheets"),
  }),
  run: async ({ from, to }, reading) => {
    const courses = await reading.learning.courses(from, to);
    const measures = courses.flatMap((course) => measureOf(course) ?? []);
    const { byVector, byPriority, byMonth, stages, ...rest } = metricsOf(measures);
    return {
      ...rest,
      byVector: [...byVector],
      byPriority: [...byPriority],
      byMonth: [...byMonth],
      stages: [...stages],
      incidents: measures,
      csv: measureTable(measures),
    };
  },
});
