import * as z from "zod";
import { type Incident, isPlayed } from "../../detect/incident/incident.ts";
import type { IncidentRefusal, OpenQuestion } from "../../detect/incident/life.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { type IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant, instantAt, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { ReviewQuestion } from "./question.ts";

/**
 * Within how many days of its end, or of being contained, an incident is reviewed.
 *
 * @source NIST SP 800-61r2 §3.4.1: within several days of the end of the incident
 */
export const REVIEW_WITHIN_DAYS = 7;

const DAY_MS = 86_400_000;

export const REVIEW_ENTRIES = {
  "review.planned": z.object({
    moderator: PersonId,
    moderatorName: z.string(),
    meetsAt: Instant,
    place: line(300),
  }),
  /** What somebody who took part brings along, before the meeting or after it. */
  "review.input_given": z.object({ question: ReviewQuestion, text: prose(10_000) }),
  /** What the meeting answered; the last answer to a question stands. */
  "review.answered": z.object({ question: ReviewQuestion, text: prose(20_000) }),
  "review.held": z.object({
    heldAt: Instant,
    /** Names of everybody who was there, also of people who have no account. */
    present: z.array(line(200)).min(1).max(200),
    agreed: prose(20_000),
  }),
};
export type ReviewFact = Fact<typeof REVIEW_ENTRIES>;

/** The plan of a meeting. */
export interface ReviewPlan {
  readonly moderator: PersonId | null;
  readonly moderatorName: string;
  readonly meetsAt: string;
  readonly place: string;
}

/** Something a person said to a question, before the meeting or as its answer. */
export interface Said {
  readonly question: ReviewQuestion;
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

/** The review of one incident, as its log says it is. */
export interface Review {
  readonly incident: IncidentId;
  readonly plan: ReviewPlan | null;
  readonly inputs: readonly Said[];
  /** At most one for each question: the last. */
  readonly answers: readonly Said[];
  readonly held: {
    readonly at: string;
    readonly present: readonly string[];
    readonly agreed: string;
    readonly recordedAt: string;
  } | null;
}

export type ReviewRefusal =
  | { readonly code: "review.not_an_incident" }
  | { readonly code: "review.not_planned" }
  | { readonly code: "review.already_held" }
  | { readonly code: "review.in_future"; readonly now: string }
  | { readonly code: "review.unanswered"; readonly questions: readonly ReviewQuestion[] }
  | { readonly code: "review.too_much"; readonly max: number };

type Decided = Result<ReviewFact, ReviewRefusal | IncidentRefusal>;

/** How many pieces of input one review keeps. */
export const REVIEW_INPUTS_MAX = 500;

/** The review of an incident about which nobody has said anything. */
export function nothingReviewed(incident: IncidentId): Review {
  return { incident, plan: null, inputs: [], answers: [], held: null };
}

/** The review after one more entry about it. */
export function projectReview(
  before: Review | undefined,
  entry: Entry<typeof REVIEW_ENTRIES>,
): Review | undefined {
  if (entry.incident === null) return before;
  const review = before ?? nothingReviewed(entry.incident);
  switch (entry.type) {
    case "review.planned": {
      const { moderator = null, moderatorName = "(withheld)", place = "(withheld)" } = entry.body;
      const meetsAt = entry.body.meetsAt ?? entry.recordedAt;
      return { ...review, plan: { moderator, moderatorName, meetsAt, place } };
    }
    case "review.input_given": {
      const said = saidIn(entry);
      return said === undefined ? review : { ...review, inputs: [...review.inputs, said] };
    }
    case "review.answered": {
      const said = saidIn(entry);
      if (said === undefined) return review;
      const others = review.answers.filter(({ question }) => question !== said.question);
      return { ...review, answers: [...others, said] };
    }
    case "review.held": {
      const { heldAt, present = [], agreed = "(withheld)" } = entry.body;
      const at = heldAt ?? entry.recordedAt;
      return { ...review, held: { at, present, agreed, recordedAt: entry.recordedAt } };
    }
  }
}

type SaidEntry = Extract<
  Entry<typeof REVIEW_ENTRIES>,
  { type: "review.input_given" } | { type: "review.answered" }
>;

function saidIn({ body, actor, recordedAt }: SaidEntry): Said | undefined {
  if (body.question === undefined) return undefined;
  return {
    question: body.question,
    text: body.text ?? "(withheld)",
    by: actor?.name ?? "(withheld)",
    at: recordedAt,
  };
}

/**
 * The entry that says when and where the meeting is and who moderates it; said again, it is moved.
 *
 * @source NIST SP 800-61r2 §3.4.1: a moderator who is skilled in facilitating
 */
export function planReview(
  incident: Incident,
  review: Review,
  happened: Stamp,
  body: Extract<ReviewFact, { type: "review.planned" }>["body"],
): Decided {
  const wrong = mustBeIncident(incident) ?? mustBeAhead(review);
  if (wrong !== undefined) return refuse(wrong);
  return accept({ type: "review.planned", incident: incident.id, happened, body });
}

/** The entry with what somebody brings to the meeting; also open after closing, until the meeting was held. */
export function giveInput(
  incident: Incident,
  review: Review,
  happened: Stamp,
  body: Extract<ReviewFact, { type: "review.input_given" }>["body"],
): Decided {
  const wrong = mustBeIncident(incident) ?? mustBeAhead(review);
  if (wrong !== undefined) return refuse(wrong);
  if (review.inputs.length >= REVIEW_INPUTS_MAX) {
    return refuse({ code: "review.too_much", max: REVIEW_INPUTS_MAX });
  }
  return accept({ type: "review.input_given", incident: incident.id, happened, body });
}

/** The entry with the answer of the meeting to one question; a later answer takes its place. */
export function answerQuestion(
  incident: Incident,
  happened: Stamp,
  body: Extract<ReviewFact, { type: "review.answered" }>["body"],
): Decided {
  const wrong = mustBeIncident(incident);
  if (wrong !== undefined) return refuse(wrong);
  return accept({ type: "review.answered", incident: incident.id, happened, body });
}

/**
 * The entry that says the meeting was held: not before it was planned, not in the future, and not while a
 * question has no answer. Nothing to say to a question is an answer too, once somebody wrote so.
 */
export function holdReview(
  incident: Incident,
  review: Review,
  happened: Stamp,
  now: Instant,
  body: Extract<ReviewFact, { type: "review.held" }>["body"],
): Decided {
  const wrong = mustBeIncident(incident) ?? mustBeAhead(review);
  if (wrong !== undefined) return refuse(wrong);
  if (review.plan === null) return refuse({ code: "review.not_planned" });
  if (body.heldAt > now) return refuse({ code: "review.in_future", now });
  const answered = new Set(review.answers.map(({ question }) => question));
  const questions = ReviewQuestion.options.filter((question) => !answered.has(question));
  if (questions.length > 0) return refuse({ code: "review.unanswered", questions });
  return accept({ type: "review.held", incident: incident.id, happened, body });
}

/** Whether the incident is so grave that it cannot be closed before it was reviewed. */
export function needsReview({ rating }: Pick<Incident, "rating">): boolean {
  return rating?.priority === "critical" || rating?.priority === "high";
}

/**
 * What keeps a major incident from being closed: that its review has not been held.
 *
 * @source NIST SP 800-61r2 §3.4.1: a lessons learned meeting after a major incident is mandatory
 */
export function reviewMatters(
  incident: Pick<Incident, "rating" | "exercise">,
  review: Review,
): OpenQuestion[] {
  // What is played has its hot wash, which its exercise asks for.
  if (isPlayed(incident)) return [];
  if (!needsReview(incident) || review.held !== null) return [];
  return [{ kind: "review", what: "It is a major incident, and its lessons have not been reviewed" }];
}

/**
 * By when the review is to be held: seven days after the incident ended, or was contained where that is sooner
 * said; `null` while it is neither, and once it was held.
 *
 * @param endedAt  when it was closed or contained, whichever came first
 */
export function reviewDueAt(endedAt: Instant | null, review: Review): Instant | null {
  if (endedAt === null || review.held !== null) return null;
  return instantAt(unixMsOf(endedAt) + REVIEW_WITHIN_DAYS * DAY_MS);
}

/** A report that was dismissed, or not yet declared, has no lessons of an incident. */
function mustBeIncident({ status }: Incident): ReviewRefusal | undefined {
  return status === "declared" || status === "closed" ? undefined : { code: "review.not_an_incident" };
}

function mustBeAhead({ held }: Review): ReviewRefusal | undefined {
  return held === null ? undefined : { code: "review.already_held" };
}
