import type { LearningReading, LearningRecords, LearningSeen } from "@jumpkit/app";
import {
  type Collected,
  DEFAULT_FOLLOWUP,
  EVERY_MEASURE,
  type FollowupTemplate,
  type Improvement,
  type Incident,
  type Ledger,
  nothingReviewed,
  nothingSpent,
  type Rate,
  type Review,
} from "@jumpkit/core";
import type pg from "pg";
import { readCourses } from "./courses.ts";
import { exerciseReading, exerciseRecords } from "./exercises.ts";

/** What rules ask about what was learnt, read and locked in the running transaction. */
export function learningRecords(client: pg.ClientBase, organisation: string): LearningRecords {
  return {
    ...learningSeen(client, organisation),
    ...exerciseRecords(client, organisation),
    improvement: async (id) => {
      // The incident's row before the improvement's: the same order everywhere keeps writers from deadlock.
      await client.query(
        `SELECT 1 FROM incident WHERE organisation = $1
           AND id = (SELECT incident FROM improvement WHERE organisation = $1 AND id = $2) FOR UPDATE`,
        [organisation, id],
      );
      const { rows } = await client.query<{ state: Improvement }>(
        "SELECT state FROM improvement WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
  };
}

/** What queries read of what was learnt, in the connection's running transaction. */
export function learningReading(client: pg.ClientBase, organisation: string): LearningReading {
  return {
    ...learningSeen(client, organisation),
    ...exerciseReading(client, organisation),
    improvements: async (states) => {
      const { rows } = await client.query<{ state: Improvement; code: string }>(
        `SELECT improvement.state, incident.code FROM improvement
         JOIN incident ON incident.organisation = improvement.organisation AND incident.id = improvement.incident
         WHERE improvement.organisation = $1 AND improvement.status = ANY($2)
         ORDER BY improvement.due_on, improvement.id LIMIT 500`,
        [organisation, states],
      );
      return rows.map(({ state, code }) => ({ improvement: state, code }));
    },
    followup: async () =>
      (await setting<FollowupTemplate>(client, organisation, "followup")) ?? DEFAULT_FOLLOWUP,
    recordDigest: async (incident) => {
      const { rows } = await client.query<{ digest: string | null }>(
        `SELECT encode(sha256(string_agg(sha256('\\x00'::bytea || leaf), ''::bytea ORDER BY incident_seq)), 'hex')
           AS digest FROM log_entry WHERE organisation = $1 AND incident = $2 AND type <> 'followup.saved'`,
        [organisation, incident],
      );
      return rows[0]?.digest ?? "";
    },
    charged: async () => {
      const { rows } = await client.query<{ incident: Incident; ledger: Ledger }>(
        `SELECT incident.state AS incident, cost_ledger.state AS ledger FROM cost_ledger
         JOIN incident ON incident.organisation = cost_ledger.organisation AND incident.id = cost_ledger.incident
         WHERE cost_ledger.organisation = $1 AND NOT incident.state ? 'exercise'
         ORDER BY incident.latest_seq DESC LIMIT 5000`,
        [organisation],
      );
      return rows;
    },
    collected: async () => (await setting<Collected>(client, organisation, "metrics")) ?? EVERY_MEASURE,
    courses: (from, to, hours) => readCourses(client, organisation, { from, to, hours }),
    unreviewed: async () => {
      const { rows } = await client.query<{ state: Incident; review: Review | null }>(
        `SELECT incident.state, review.state AS review FROM incident
         LEFT JOIN review ON review.organisation = incident.organisation AND review.incident = incident.id
         WHERE incident.organisation = $1 AND incident.status IN ('declared', 'closed')
           AND NOT coalesce(review.held, false) AND NOT incident.state ? 'exercise'
           AND (incident.priority IN ('critical', 'high') OR review.state -> 'plan' <> 'null')
         ORDER BY incident.latest_seq DESC LIMIT 200`,
        [organisation],
      );
      return rows.map(({ state, review }) => ({
        incident: state,
        review: review ?? nothingReviewed(state.id),
      }));
    },
  };
}

async function setting<Value>(client: pg.ClientBase, organisation: string, name: string) {
  const { rows } = await client.query<{ state: Value }>(
    "SELECT state FROM learning_setting WHERE organisation = $1 AND name = $2",
    [organisation, name],
  );
  return rows[0]?.state;
}

function learningSeen(client: pg.ClientBase, organisation: string): LearningSeen {
  return {
    review: async (incident) => {
      const { rows } = await client.query<{ state: Review }>(
        "SELECT state FROM review WHERE organisation = $1 AND incident = $2",
        [organisation, incident],
      );
      return rows[0]?.state ?? nothingReviewed(incident);
    },
    improvementsOf: async (incident) => {
      const { rows } = await client.query<{ state: Improvement }>(
        "SELECT state FROM improvement WHERE organisation = $1 AND incident = $2 ORDER BY id LIMIT 500",
        [organisation, incident],
      );
      return rows.map((row) => row.state);
    },
    ledger: async (incident) => {
      const { rows } = await client.query<{ state: Ledger }>(
        "SELECT state FROM cost_ledger WHERE organisation = $1 AND incident = $2",
        [organisation, incident],
      );
      return rows[0]?.state ?? nothingSpent(incident);
    },
    rates: async () => {
      const { rows } = await client.query<{ state: Rate }>(
        `SELECT state FROM cost_rate WHERE organisation = $1
         ORDER BY name COLLATE "und-x-icu", name, from_on LIMIT 2000`,
        [organisation],
      );
      return rows.map((row) => row.state);
    },
  };
}
