import type { Sentence } from "../kernel/sentence.ts";
import { MoneyRange } from "./cost/cost.ts";
import { REVIEW_QUESTIONS, ReviewQuestion } from "./review/question.ts";

/** What the entries about reviews and improvements say. */
export const LEARN_SENTENCES: Readonly<Record<string, Sentence>> = {
  "review.planned": (field) =>
    `Planned the review of lessons: ${field("meetsAt")}, ${field("place")}, moderated by ${field("moderatorName")}`,
  "review.input_given": (field) =>
    `Brings to the review, “${questionText(field("question"))}”: ${field("text")}`,
  "review.answered": (field) =>
    `Answered in the review, “${questionText(field("question"))}”: ${field("text")}`,
  "review.held": (field, { present, agreed }) =>
    `Held the review of lessons with ${Array.isArray(present) ? present.join(", ") : field("present")}${agreed ? `: ${field("agreed")}` : ""}`,
  "improvement.proposed": (field) =>
    `To improve: ${field("what")}. ${field("ownerName")} does it by ${field("dueOn")}`,
  "improvement.moved": (field) =>
    `Gave an improvement to ${field("ownerName")}, by ${field("dueOn")}: ${field("reason")}`,
  "improvement.done": (field) => `Finished an improvement: ${field("how")}`,
  "exercise.planned": (field) => `Planned the exercise “${field("title")}”`,
  "exercise.changed": (field) => `Planned the exercise “${field("title")}” anew`,
  "exercise.cancelled": (field) => `Called an exercise off: ${field("reason")}`,
  "exercise.begun": (field, { factor }) =>
    `Began the exercise “${field("title")}”${factor === 1 ? "" : `; its clock runs ${field("factor")} times as fast`}`,
  "exercise.injected": (field, { raw }) =>
    `Exercise, minute ${field("minute")} (${field("way")}): ${field("text")}${raw ? `\n${field("raw")}` : ""}`,
  "exercise.judged": (field) =>
    `Noted on objective ${field("objective")}: ${field("verdict")}. ${field("words")}`.trim(),
  "exercise.paused": (field) => `Paused the exercise in its minute ${field("minute")}: ${field("reason")}`,
  "exercise.resumed": (field) => `Let the exercise go on, in its minute ${field("minute")}`,
  "exercise.ended": (field) => `Ended the exercise in its minute ${field("minute")}`,
  "exercise.washed_up": (_, { present }) =>
    `Held the hot wash of the exercise${Array.isArray(present) ? ` with ${present.join(", ")}` : ""}`,
  "exercise.closed": (field, { reason }) =>
    reason ? `Closed the exercise without a hot wash: ${field("reason")}` : "Closed the exercise",
  "improvement.dropped": (field) => `Dropped an improvement: ${field("reason")}`,
  "cost.currency_chosen": (field) => `Keeps the cost in ${field("currency")}`,
  "cost.added": (field, { amount }) => `Cost, ${field("kind")}: ${field("what")}${rangeText(amount)}`,
  "cost.reversed": (field) => `Took a cost back: ${field("reason")}`,
  "followup.arranged": (field) => `Arranged follow-up reports anew: ${field("title")}`,
  "followup.saved": (field) =>
    `Saved the report, ${field("marking")}: ${field("sizeBytes")} bytes, SHA-256 ${field("sha256")}`,
  "metrics.chosen": (_, { measures }) =>
    `Chose what is collected of incidents: ${Array.isArray(measures) ? `${measures.length} measures` : "(withheld)"}`,
  "rate.set": (field) =>
    `An hour of ${field("rate")} costs ${field("perHour")} ${field("currency")} from ${field("from")}`,
};

/** What a cost comes to: one amount, or from the least to the most. */
function rangeText(amount: unknown): string {
  const known = MoneyRange.safeParse(amount);
  if (!known.success) return "";
  const { low, high } = known.data;
  return low === high ? `, ${low}` : `, ${low} to ${high}`;
}

function questionText(id: string): string {
  const known = ReviewQuestion.safeParse(id);
  return known.success ? REVIEW_QUESTIONS[known.data] : id;
}
