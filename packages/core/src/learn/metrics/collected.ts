import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import type { Stamp } from "../../kernel/time.ts";

/** The stages whose time is measured, in the order in which an incident goes through them. */
export const MEASURED_STAGES = [
  "detect",
  "answer",
  "assess",
  "declare",
  "tell",
  "contain",
  "recover",
  "close",
] as const;
export type MeasuredStage = (typeof MEASURED_STAGES)[number];

/**
 * What can be collected of each incident, in the order in which it is shown.
 *
 * @source NIST SP 800-61r2 §3.4.2: number, time per incident, objective and subjective assessment; collect what
 *         reporting needs and what its expected return is worth, and nothing because it is easy to collect
 */
export const MeasureName = z.enum([
  "vector",
  "priority",
  "month",
  ...MEASURED_STAGES,
  "hours",
  "money",
  "ratings",
  "precursors",
  "cause",
  "recurrence",
  "harm",
  "lessons",
]);
export type MeasureName = z.infer<typeof MeasureName>;

/** What an organisation collects; the number of incidents is always told. */
export const Collected = z
  .strictObject({
    measures: z
      .array(MeasureName)
      .max(MeasureName.options.length)
      .refine((names) => new Set(names).size === names.length, { error: "names a measure twice" })
      .describe("in any order, none twice"),
  })
  .meta({ id: "Collected" });
export type Collected = z.infer<typeof Collected>;

/** What is collected until an organisation chooses: everything. */
export const EVERY_MEASURE: Collected = { measures: [...MeasureName.options] };

export const METRICS_ENTRIES = { "metrics.chosen": z.object(Collected.shape) };

/** What is collected after one more entry; `undefined` while the record does not show a whole choice. */
export function projectCollected(entry: Entry<typeof METRICS_ENTRIES>): Collected | undefined {
  const whole = Collected.safeParse(entry.body);
  return whole.success ? whole.data : undefined;
}

/** The entry that says what is collected from now on; of incidents before, too, for all of it is in their record. */
export function chooseMetrics(happened: Stamp, { measures }: Collected): Fact<typeof METRICS_ENTRIES> {
  const inOrder = MeasureName.options.filter((name) => measures.includes(name));
  return { type: "metrics.chosen", incident: null, happened, body: { measures: inOrder } };
}
