import {
  type AnyEntry,
  IMPROVEMENT_ENTRIES,
  type Improvement,
  projectImprovement,
  projectReview,
  REVIEW_ENTRIES,
  type Review,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../projection/state-of.ts";

/** The tables of what was learnt, with the columns of each key beside the organisation. */
export const LEARN_TABLES = { review: ["incident"], improvement: ["id"] } as const;

/** Brings reviews and improvements up to date with one more entry; leaves other nouns alone. */
export async function projectLearning(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (entry.type in REVIEW_ENTRIES) await projectReviews(client, organisation, entry as ReviewEntry);
  else if (entry.type in IMPROVEMENT_ENTRIES) {
    await projectImprovements(client, organisation, entry as ImprovementEntry);
  }
}

type ReviewEntry = Extract<AnyEntry, { type: keyof typeof REVIEW_ENTRIES }>;
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
