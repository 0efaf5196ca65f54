import * as z from "zod";

/**
 * How far the business can still do its work.
 *
 * @source NIST SP 800-61r2 table 3-2
 */
export const FunctionalImpact = z.enum(["none", "low", "medium", "high"]);
export type FunctionalImpact = z.infer<typeof FunctionalImpact>;

/**
 * What happened to information. All but `none` can go together; `none` stands alone.
 *
 * @source NIST SP 800-61r2 table 3-3
 */
export const INFORMATION_IMPACTS = [
  "none",
  "privacy_breach",
  "proprietary_breach",
  "integrity_loss",
] as const;
export const InformationImpact = z
  .array(z.enum(INFORMATION_IMPACTS))
  .min(1)
  .max(3)
  .refine((set) => new Set(set).size === set.length, { error: "names the same impact twice" })
  .refine((set) => !set.includes("none") || set.length === 1, { error: "says none beside another impact" });
export type InformationImpact = z.infer<typeof InformationImpact>;

/**
 * What it takes to get well again.
 *
 * @source NIST SP 800-61r2 table 3-4
 */
export const Recoverability = z.enum(["regular", "supplemented", "extended", "not_recoverable"]);
export type Recoverability = z.infer<typeof Recoverability>;

/** An incident's place in the queue, derived from the three scales and never typed in. */
export const Priority = z.enum(["critical", "high", "medium", "low"]);
export type Priority = z.infer<typeof Priority>;

/** The three scales; functional impact both as it is and as it would become if nothing were done. */
export const Assessment = z.strictObject({
  functionalImpact: FunctionalImpact,
  functionalImpactLikely: FunctionalImpact,
  informationImpact: InformationImpact,
  recoverability: Recoverability,
});
export type Assessment = z.infer<typeof Assessment>;

const WEIGHT: Readonly<Record<FunctionalImpact, number>> = { none: 0, low: 1, medium: 2, high: 3 };
const STEPS: readonly Priority[] = ["low", "medium", "high", "critical"];

/** A priority with the sentence that explains it to whoever asks why. */
export interface Rated {
  readonly priority: Priority;
  readonly because: string;
}

/**
 * The priority that the three scales give, with its reason.
 *
 * Business impact is the worse of the functional impact as it is or threatens to become, and of what happened
 * to information (one kind weighs as much as a medium functional impact, two or more as a high one).
 * Recoverability moves it: what needs outside help goes one step up; what cannot be recovered goes down to
 * *high* at most, because speed no longer mends it and another team investigates.
 *
 * @source NIST SP 800-61r2 §3.2.6: functional and information impact together are the business impact;
 *         recoverability decides what response makes sense
 */
export function ratePriority(assessment: Assessment): Rated {
  const { functionalImpact, functionalImpactLikely, informationImpact, recoverability } = assessment;
  const functional = Math.max(WEIGHT[functionalImpact], WEIGHT[functionalImpactLikely]);
  const kinds = informationImpact.includes("none") ? 0 : informationImpact.length;
  const information = [0, 2, 3, 3][kinds] ?? 3;
  const business = Math.max(functional, information);
  if (recoverability === "extended" && business > 0) {
    return rated(Math.min(business + 1, 3), business, "recovery needs outside help and cannot be predicted");
  }
  if (recoverability === "not_recoverable" && business === 3) {
    return rated(2, business, "it cannot be recovered, so speed no longer mends it");
  }
  return rated(business, business, undefined);
}

function rated(step: number, business: number, moved: string | undefined): Rated {
  const impact = `business impact is ${["none", "low", "medium", "high"][business] ?? "high"}`;
  return {
    priority: STEPS[step] ?? "critical",
    because: moved === undefined ? impact : `${impact}; ${moved}`,
  };
}
