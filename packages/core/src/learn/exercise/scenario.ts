import type { ExercisePlan } from "./exercise.ts";
import { ATTACKS } from "./library/attacks.ts";
import { LOSSES } from "./library/losses.ts";
import { MISUSES } from "./library/misuses.ts";

/** A scenario of the library: everything of a plan but its people and its date. */
export interface Scenario extends Omit<ExercisePlan, "plannedFor" | "factor"> {
  readonly key: string;
  /** What the players practise, in a line. */
  readonly about: string;
  /** How it can be played another time. */
  readonly variations: readonly string[];
}

/**
 * The library of scenarios, in the order of their source.
 *
 * @source NIST SP 800-61r2 appendix A: its eleven topics, in our words
 */
export const SCENARIOS: readonly Scenario[] = [...ATTACKS, ...LOSSES, ...MISUSES];

/** What part of handling a question of every exercise is about. */
export type QuestionPart = "prepare" | "detect" | "contain" | "learn" | "general";

/**
 * What is asked of the players in every exercise, whatever its scenario, by the phase it is about.
 *
 * @source NIST SP 800-61r2 appendix A.1, in our words
 */
export const EXERCISE_QUESTIONS: Readonly<Record<QuestionPart, readonly string[]>> = {
  prepare: [
    "Would we call this an incident, and which clause of our policy would it violate?",
    "What did we have in place that keeps this from happening, or limits what it can do?",
  ],
  detect: [
    "Which precursors might have warned us, and would any have made us act before it began?",
    "Which indicators would we have seen, and which of them would make somebody think of an incident?",
    "With which tools could we have found it at all?",
    "How would we look into it and make sure that it is one?",
    "Whom would we tell of it, inside and outside, and when?",
    "Where would it stand among everything else that we handle at that moment, and why?",
  ],
  contain: [
    "How would we contain it, and why that way and no other?",
    "What could happen if we did not contain it?",
    "What else would we need to contain it, clean up and recover?",
    "Who would take part in that, and who decides?",
    "Which evidence would we collect: how, where is it kept, and for how long?",
  ],
  learn: [
    "Who would be at the review of lessons?",
    "What would keep something like it from happening again?",
    "What would let us find something like it sooner?",
  ],
  general: [
    "How many of us would handle it, and who of us?",
    "Whom outside would we tell, and how would each of them be reached?",
    "What else would we tell the people concerned, and when?",
    "Which tools and means would we use?",
    "What would be different at another time: at night, on a weekend, on a holiday?",
    "What would be different at another place: in a branch, at home, abroad?",
    "Who speaks for us when the press or an authority calls?",
  ],
};
