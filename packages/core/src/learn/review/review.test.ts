import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import { containedAt } from "./contained.ts";
import { ReviewQuestion } from "./question.ts";
import {
  answerQuestion,
  giveInput,
  holdReview,
  needsReview,
  nothingReviewed,
  planReview,
  projectReview,
  REVIEW_INPUTS_MAX,
  type Review,
  reviewDueAt,
  reviewMatters,
} from "./review.ts";

const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const NOW = "2026-11-22T10:00:00.000Z" as Instant;
const LATER = "2026-11-23T10:00:00.000Z" as Instant;
const PERSON = idFrom("psn", 1, new Uint8Array(10));
const incident = (status: string, priority = "low") =>
  ({ id: idFrom("inc", 1, new Uint8Array(10)), status, rating: { priority } }) as unknown as Incident;
const ONE = incident("declared");
const NOTHING = nothingReviewed(ONE.id);

const PLAN = { moderator: PERSON, moderatorName: "Mo", meetsAt: NOW, place: "Room 4" };
const HELD = { heldAt: NOW, present: ["Ada", "Bo"], agreed: "" };
const told = (before: Review, outcome: { readonly ok: boolean; readonly value?: object }): Review =>
  projectReview(before, { ...outcome.value, actor: { name: "Bo" }, recordedAt: NOW } as never) ?? before;
const planned = () => told(NOTHING, planReview(ONE, NOTHING, STAMP, PLAN));
const answered = () =>
  ReviewQuestion.options.reduce(
    (review, question) => told(review, answerQuestion(ONE, STAMP, { question, text: "Nothing to say" })),
    planned(),
  );

describe("the review of an incident", () => {
  it("is of declared and closed incidents only", () => {
    for (const status of ["reported", "dismissed"]) {
      const refused = planReview(incident(status), NOTHING, STAMP, PLAN);
      expect(refused).toMatchObject({ ok: false, refusal: { code: "review.not_an_incident" } });
    }
    expect(planReview(incident("closed"), NOTHING, STAMP, PLAN).ok).toBe(true);
  });

  it("counts as held only once it was planned, is past, and every question has an answer", () => {
    const hold = (review: Review, heldAt = NOW) => holdReview(ONE, review, STAMP, NOW, { ...HELD, heldAt });

    expect(hold(NOTHING)).toMatchObject({ refusal: { code: "review.not_planned" } });
    expect(hold(planned())).toMatchObject({
      refusal: { code: "review.unanswered", questions: ReviewQuestion.options },
    });
    expect(hold(answered(), LATER)).toMatchObject({ refusal: { code: "review.in_future" } });
    const review = told(answered(), hold(answered()));
    expect(review.held).toMatchObject({ at: NOW, present: ["Ada", "Bo"] });
    expect(hold(review)).toMatchObject({ refusal: { code: "review.already_held" } });
  });

  it("keeps what everybody brought, and of the answers the last to each question", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ question: fc.constantFrom(...ReviewQuestion.options), text: fc.string() }), {
          maxLength: 30,
        }),
        (said) => {
          const brought = said.reduce(
            (review, body) => told(review, giveInput(ONE, review, STAMP, body)),
            NOTHING,
          );
          const review = said.reduce((each, body) => told(each, answerQuestion(ONE, STAMP, body)), brought);
          expect(review.inputs.map(({ question, text }) => ({ question, text }))).toEqual(said);
          const last = new Map(said.map(({ question, text }) => [question, text]));
          expect(new Map(review.answers.map(({ question, text }) => [question, text]))).toEqual(last);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("takes no more input than it can keep, nor any after it was held", () => {
    const body = { question: "course", text: "x" } as const;
    const [said] = told(NOTHING, giveInput(ONE, NOTHING, STAMP, body)).inputs;
    const full = { ...NOTHING, inputs: Array.from({ length: REVIEW_INPUTS_MAX }, () => said) } as Review;
    expect(giveInput(ONE, full, STAMP, body)).toMatchObject({ refusal: { code: "review.too_much" } });
    const held = told(answered(), holdReview(ONE, answered(), STAMP, NOW, HELD));
    expect(giveInput(ONE, held, STAMP, body)).toMatchObject({ refusal: { code: "review.already_held" } });
  });

  it("keeps major incidents from being closed until it was held, and no others", () => {
    const held = told(answered(), holdReview(ONE, answered(), STAMP, NOW, HELD));
    for (const priority of ["critical", "high"]) {
      expect(reviewMatters(incident("declared", priority), planned())).toMatchObject([{ kind: "review" }]);
      expect(reviewMatters(incident("declared", priority), held)).toEqual([]);
    }
    expect(reviewMatters(incident("declared", "medium"), NOTHING)).toEqual([]);
    expect(needsReview({ rating: null })).toBe(false);
  });

  it("is due seven days after the incident was contained or closed", () => {
    expect(reviewDueAt(NOW, NOTHING)).toBe("2026-11-29T10:00:00.000Z");
    expect(reviewDueAt(null, NOTHING)).toBeNull();
  });

  it("goes on where its texts were withheld", () => {
    const review = projectReview(NOTHING, {
      type: "review.planned",
      incident: ONE.id,
      recordedAt: NOW,
      body: {},
    } as never);
    expect(review?.plan).toMatchObject({ moderator: null, moderatorName: "(withheld)" });
  });
});

describe("an incident", () => {
  const isolation = (state: string, ...at: string[]) =>
    ({ state, history: at.map((each) => ({ state: "done", at: each })) }) as never;

  it("is contained when the last of its isolations was done and none waits", () => {
    expect(containedAt([])).toBeNull();
    expect(containedAt([isolation("requested")])).toBeNull();
    expect(
      containedAt([
        isolation("verified", "2026-11-22T11:00:00+02:00"),
        isolation("lifted", "2026-11-22T08:00:00Z"),
        isolation("refused"),
      ]),
    ).toBe("2026-11-22T09:00:00.000Z");
    expect(containedAt([isolation("done", "2026-11-22T09:00:00Z"), isolation("approved")])).toBeNull();
  });
});
