import {
  type AnyEntry,
  COST_ENTRIES,
  EXERCISE_ENTRIES,
  type ExerciseEntry,
  IMPROVEMENT_ENTRIES,
  type Improvement,
  type Ledger,
  projectCollected,
  projectFollowup,
  projectImprovement,
  projectLedger,
  projectReview,
  RATE_ENTRIES,
  REVIEW_ENTRIES,
  type Review,
  rateIn,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../projection/state-of.ts";
import { projectExercises } from "./exercises.ts";

/** The tables of what was learnt, with the columns of each key beside the organisation. */
export const LEARN_TABLES = {
  review: ["incident"],
  improvement: ["id"],
  cost_ledger: ["incident"],
  cost_rate: ["name", "from_on"],
  exercise: ["id"],
  learning_setting: ["name"],
} as const;

/** Brings reviews, improvements, costs, exercises and settings up to date with one more entry; leaves other nouns alone. */
export async function projectLearning(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (entry.type in REVIEW_ENTRIES) await projectReviews(client, organisation, entry as ReviewEntry);
  else if (entry.type in IMPROVEMENT_ENTRIES) {
    await projectImprovements(client, organisation, entry as ImprovementEntry);
  } else if (entry.type in COST_ENTRIES) await projectLedgers(client, organisation, entry as CostEntry);
  else if (entry.type in RATE_ENTRIES) await projectRates(client, organisation, entry as RateEntry);
  else if (entry.type in EXERCISE_ENTRIES) {
    await projectExercises(client, organisation, entry as AnyEntry & ExerciseEntry);
  } else if (entry.type === "followup.arranged") {
    await keepSetting(client, organisation, "followup", projectFollowup(entry));
  } else if (entry.type === "metrics.chosen") {
    await keepSetting(client, organisation, "metrics", projectCollected(entry));
  }
}

type ReviewEntry = Extract<AnyEntry, { type: keyof typeof REVIEW_ENTRIES }>;
type CostEntry = Extract<AnyEntry, { type: keyof typeof COST_ENTRIES }>;
type RateEntry = Extract<AnyEntry, { type: keyof typeof RATE_ENTRIES }>;
type ImprovementEntry = Extract<AnyEntry, { type: keyof typeof IMPROVEMENT_ENTRIES }>;

async function projectReviews(client: pg.ClientBase, organisation: string, entry: ReviewEntry) {
  const before = await stateOf<Review>(
    client,
    "review",
    organisation,
    entry.incident ?? undefined,
    "incident",
  );
  const after = projectReview(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-review",
    text: `INSERT INTO review (organisation, incident, held, state) VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation, incident) DO UPDATE SET held = $3, state = $4`,
    values: [organisation, after.incident, after.held !== null, JSON.stringify(after)],
  });
}

async function projectImprovements(client: pg.ClientBase, organisation: string, entry: ImprovementEntry) {
  const before = await stateOf<Improvement>(client, "improvement", organisation, entry.body.improvement);
  const after = projectImprovement(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-improvement",
    text: `INSERT INTO improvement (organisation, id, incident, status, due_on, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET status = $4, due_on = $5, state = $6`,
    values: [organisation, after.id, after.incident, after.state, after.dueOn, JSON.stringify(after)],
  });
}

async function projectLedgers(client: pg.ClientBase, organisation: string, entry: CostEntry) {
  const before = await stateOf<Ledger>(
    client,
    "cost_ledger",
    organisation,
    entry.incident ?? undefined,
    "incident",
  );
  const after = projectLedger(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-ledger",
    text: `INSERT INTO cost_ledger (organisation, incident, state) VALUES ($1, $2, $3)
      ON CONFLICT (organisation, incident) DO UPDATE SET state = $3`,
    values: [organisation, after.incident, JSON.stringify(after)],
  });
}

async function projectRates(client: pg.ClientBase, organisation: string, entry: RateEntry) {
  const rate = rateIn(entry);
  if (rate === undefined) return;
  await client.query({
    name: "project-rate",
    text: `INSERT INTO cost_rate (organisation, name, from_on, state) VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation, name, from_on) DO UPDATE SET state = $4`,
    values: [organisation, rate.rate, rate.from, JSON.stringify(rate)],
  });
}

async function keepSetting(client: pg.ClientBase, organisation: string, name: string, state: unknown) {
  if (state === undefined) return;
  await client.query({
    name: "keep-learning-setting",
    text: `INSERT INTO learning_setting (organisation, name, state) VALUES ($1, $2, $3)
      ON CONFLICT (organisation, name) DO UPDATE SET state = $3`,
    values: [organisation, name, JSON.stringify(state)],
  });
}
