import * as z from "zod";

/** The questions of a review, in the order in which a meeting goes through them. */
export const ReviewQuestion = z.enum([
  "course",
  "conduct",
  "sooner",
  "hindrance",
  "differently",
  "sharing",
  "prevention",
  "watch",
  "means",
]);
export type ReviewQuestion = z.infer<typeof ReviewQuestion>;

/**
 * What each question asks.
 *
 * @source NIST SP 800-61r2 §3.4.1, in our words
 */
export const REVIEW_QUESTIONS: Readonly<Record<ReviewQuestion, string>> = {
  course: "What happened, and at what times?",
  conduct: "How well did staff and management deal with it? Was policy followed, and was it good enough?",
  sooner: "What should we have known sooner?",
  hindrance: "Did anything we did or left undone hold recovery up?",
  differently: "What would we do differently the next time?",
  sharing: "How could we have shared better with others?",
  prevention: "What would keep the same from happening again?",
  watch: "Which precursors and indicators should we watch for?",
  means: "Which tools, people or other means are missing to detect, analyse and limit such an incident?",
};
