import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import type { Stamp } from "../../kernel/time.ts";

/** What can be collected of incidents, in the order in which it is shown. */
export const CollectedMeasure = z.enum([
  "detect",
  "declare",
  "contain",
  "recover",
  "close",
  "priority",
  "vector",
  "month",
  "ratings",
  "hours",
  "cost",
]);
export type CollectedMeasure = z.infer<typeof CollectedMeasure>;

/** What an organisation collects until it chooses: everything. */
export const ALL_MEASURES: readonly CollectedMeasure[] = CollectedMeasure.options;

/** @source NIST SP 800-61r2 §3.4.2: collect what is useful, not what is merely there */
export const MEASURE_ENTRIES = {
  "measures.chosen": z.object({
    measures: z.array(CollectedMeasure).max(ALL_MEASURES.length),
    /** What the numbers are needed for. */
    because: z.string().max(1000),
  }),
};

/** What is collected after one more entry; `undefined` where that was withheld. */
export function projectChoice(entry: Entry<typeof MEASURE_ENTRIES>): readonly CollectedMeasure[] | undefined {
  return entry.body.measures;
}

/** The entry that says what is collected from now on, each measure once, in their order. */
export function chooseMeasures(
  happened: Stamp,
  measures: readonly CollectedMeasure[],
  because: string,
): Fact<typeof MEASURE_ENTRIES> {
  const chosen = ALL_MEASURES.filter((measure) => measures.includes(measure));
  return { type: "measures.chosen", incident: null, happened, body: { measures: chosen, because } };
}
