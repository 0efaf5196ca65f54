import type { SignRow } from "./triage-answers.ts";
import type { TriageStatus } from "./triage-filter.ts";

export const STATUS_WORDS: Readonly<Record<TriageStatus, string>> = {
  waiting: "Waiting",
  snoozed: "Snoozed",
  dismissed: "Dismissed",
  accepted: "Taken",
  all: "All",
};

const DONE: Readonly<Record<NonNullable<SignRow["decision"]>["verb"], string>> = {
  rate: "Rated",
  accept: "Accepted",
  merge: "Linked",
  dismiss: "Dismissed",
  snooze: "Snoozed",
  return: "Put back",
};

/** What was done, as it begins a sentence. */
export function doneWord(verb: keyof typeof DONE): string {
  return DONE[verb];
}

/** Reasons that fit any source, after those that were learnt. */
export const COMMON_REASONS = [
  "False alarm",
  "Our own scanner or test",
  "Known and accepted",
  "Blocked, without effect",
] as const;

/** `214×`, `12,345×`. */
export function timesText(count: number): string {
  return `${count.toLocaleString("en")}×`;
}
