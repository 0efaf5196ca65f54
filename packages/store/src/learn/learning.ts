import type { LearningReading, LearningRecords, LearningSeen } from "@jumpkit/app";
import { type Improvement, type Incident, nothingReviewed, type Review } from "@jumpkit/core";
import type pg from "pg";

/** What rules ask about what was learnt, read and locked in the running transaction. */
export function learningRecords(client: pg.ClientBase, organisation: string): LearningRecords {
  return {
    ...learningSeen(client, organisation),
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
    unreviewed: async () => {
      const { rows } = await client.query<{ state: Incident; review: Review | null }>(
        `SELECT incident.state, review.state AS review FROM incident
         LEFT JOIN review ON review.organisation = incident.organisation AND review.incident = incident.id
         WHERE incident.organisation = $1 AND incident.status IN ('declared', 'closed')
           AND NOT coalesce(review.held, false)
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
  };
}
