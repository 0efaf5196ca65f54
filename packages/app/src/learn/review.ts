import {
  accept,
  answerQuestion,
  containedAt,
  giveInput,
  holdReview,
  IncidentId,
  Instant,
  instantOf,
  line,
  needsReview,
  PersonId,
  planReview,
  prose,
  REVIEW_QUESTIONS,
  type Result,
  type ReviewFact,
  ReviewQuestion,
  reviewDueAt,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import type { Refusal } from "../refusals.ts";

const Done = z.object({ incident: IncidentId });
const WRITES = {
  phase: "learn",
  action: "log.write",
  thing: "incident",
  visibleBy: "incident.read",
} as const;
const LEADS = { ...WRITES, action: "incident.assess" } as const;
const Words = (max: number) =>
  prose(max).refine((text) => text.trim() !== "", { error: "is empty; the record needs it" });

export const reviewPlan = operation({
  name: "review.plan",
  ...LEADS,
  summary: "Say when and where the lessons of an incident are reviewed, and who moderates",
  input: z.strictObject({
    incident: IncidentId,
    moderator: PersonId.describe("Best somebody who is skilled in moderating and did not lead"),
    meetsAt: Instant,
    place: line(300).describe("A room, or how to dial in"),
  }),
  output: Done,
  load: async (input, records) => {
    const moderator = await records.person(input.moderator);
    if (moderator?.status !== "active") return undefined;
    const loaded = await reviewed(records, input.incident);
    return loaded && { ...loaded, moderatorName: moderator.name };
  },
  decide: ({ incident, review, moderatorName }, { incident: _, ...plan }, act) =>
    single(incident.id, planReview(incident, review, stampOf(undefined, act), { ...plan, moderatorName })),
});

export const reviewInput = operation({
  name: "review.give_input",
  ...WRITES,
  summary: "Bring something to the review of an incident, before the meeting",
  input: z.strictObject({ incident: IncidentId, question: ReviewQuestion, text: Words(10_000) }),
  output: Done,
  load: (input, records) => reviewed(records, input.incident),
  decide: ({ incident, review }, { incident: _, ...said }, act) =>
    single(incident.id, giveInput(incident, review, stampOf(undefined, act), said)),
});

export const reviewAnswer = operation({
  name: "review.answer",
  ...LEADS,
  summary: "Write down what the review answered to one of its questions; the last answer stands",
  input: z.strictObject({ incident: IncidentId, question: ReviewQuestion, text: Words(20_000) }),
  output: Done,
  load: (input, records) => records.incident(input.incident),
  decide: (incident, { incident: _, ...said }, act) =>
    single(incident.id, answerQuestion(incident, stampOf(undefined, act), said)),
});

export const reviewHold = operation({
  name: "review.hold",
  ...LEADS,
  summary: "Say that the review was held, who was there and what was agreed",
  input: z.strictObject({
    incident: IncidentId,
    heldAt: Instant,
    present: z.array(line(200)).min(1).max(200).describe("Names of everybody who was there"),
    agreed: prose(20_000).default("").describe("What absent people should know too"),
    happened,
  }),
  output: Done,
  load: (input, records) => reviewed(records, input.incident),
  decide: ({ incident, review }, { heldAt, present, agreed, happened: said }, act) =>
    single(
      incident.id,
      holdReview(incident, review, stampOf(said, act), act.now, { heldAt, present, agreed }),
    ),
});

const SaidView = z.object({ question: ReviewQuestion, text: z.string(), by: z.string(), at: z.string() });

export const ReviewView = z
  .object({
    major: z.boolean().describe("whether it cannot be closed before it was reviewed"),
    dueAt: z.string().nullable().describe("by when it is to be held; null while that cannot be said"),
    plan: z
      .object({
        moderator: PersonId.nullable(),
        moderatorName: z.string(),
        meetsAt: z.string(),
        place: z.string(),
      })
      .nullable(),
    questions: z.array(z.object({ id: ReviewQuestion, text: z.string() })),
    inputs: z.array(SaidView),
    answers: z.array(SaidView),
    held: z
      .object({ at: z.string(), present: z.array(z.string()), agreed: z.string(), recordedAt: z.string() })
      .nullable(),
  })
  .meta({ id: "Review" });

export const showReview = query({
  name: "review.of_incident",
  phase: "learn",
  summary: "The review of an incident: its plan, what was brought to it, what it answered",
  action: "incident.read",
  path: "/v1/incident/{incident}/review",
  input: z.strictObject({ incident: IncidentId }),
  output: ReviewView,
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const { plan, inputs, answers, held } = await reading.learning.review(incident.id);
    return {
      major: needsReview(incident),
      dueAt: await dueAt(reading, incident.id),
      plan,
      questions: ReviewQuestion.options.map((id) => ({ id, text: REVIEW_QUESTIONS[id] })),
      inputs: [...inputs],
      answers: [...answers],
      held: held && { ...held, present: [...held.present] },
    };
  },
});

const DueReview = z.object({
  incident: IncidentId,
  code: z.string(),
  title: z.string(),
  moderatorName: z.string().describe("empty until it is planned"),
  meetsAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  late: z.boolean(),
});

export const listDueReviews = query({
  name: "review.due",
  phase: "learn",
  summary: "Reviews that are planned or owed and were not held yet, the most urgent first",
  action: "incident.read",
  path: "/v1/review",
  input: z.strictObject({}),
  output: z.object({
    items: z.array(DueReview),
  }),
  run: async (_input, reading) => {
    const now = reading.now();
    const items: z.input<typeof DueReview>[] = [];
    for (const { incident, review } of await reading.learning.unreviewed()) {
      const due = await dueAt(reading, incident.id);
      const meetsAt = review.plan?.meetsAt ?? null;
      const late = (meetsAt !== null && meetsAt < now) || (meetsAt === null && due !== null && due < now);
      const { id, code, title } = incident;
      const moderatorName = review.plan?.moderatorName ?? "";
      items.push({ incident: id, code, title, moderatorName, meetsAt, dueAt: due, late });
    }
    const urgency = ({ meetsAt, dueAt: due }: z.input<typeof DueReview>) => meetsAt ?? due ?? "9999";
    return { items: items.sort((a, b) => (urgency(a) < urgency(b) ? -1 : 1)) };
  },
});

/** By when the review of an incident that exists is owed. */
async function dueAt(reading: Reading, id: IncidentId): Promise<Instant | null> {
  const incident = await reading.incident(id);
  const review = await reading.learning.review(id);
  const contained = containedAt(await reading.contain.isolationsOf(id));
  const closed = incident?.closedAt ? instantOf({ at: incident.closedAt }) : null;
  return reviewDueAt(contained ?? closed, review);
}

async function reviewed(records: Records, id: IncidentId) {
  const incident = await records.incident(id);
  return incident && { incident, review: await records.learning.review(id) };
}

function single(incident: IncidentId, outcome: Result<ReviewFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { incident } }) : outcome;
}
