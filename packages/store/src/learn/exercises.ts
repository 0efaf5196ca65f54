import type { LearningReading, LearningRecords, ReleasedInExercise } from "@jumpkit/app";
import {
  type AnyEntry,
  type Exercise,
  type ExerciseEntry,
  type Incident,
  type Notification,
  projectExercise,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../projection/state-of.ts";

/** What rules ask about exercises. */
export function exerciseRecords(
  client: pg.ClientBase,
  organisation: string,
): Pick<LearningRecords, "exercise"> {
  return {
    exercise: async (id) => {
      // The incident's row before the exercise's: the same order everywhere keeps writers from deadlock.
      await client.query(
        `SELECT 1 FROM incident WHERE organisation = $1
           AND id = (SELECT opened FROM exercise WHERE organisation = $1 AND id = $2) FOR UPDATE`,
        [organisation, id],
      );
      const { rows } = await client.query<{ state: Exercise }>(
        "SELECT state FROM exercise WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
  };
}

/** What queries read of exercises, in the connection's running transaction. */
export function exerciseReading(
  client: pg.ClientBase,
  organisation: string,
): Pick<LearningReading, "exercise" | "exercises" | "incidentsOf" | "released"> {
  return {
    exercise: (id) => stateOf<Exercise>(client, "exercise", organisation, id),
    exercises: async (states) => {
      const { rows } = await client.query<{ state: Exercise }>(
        `SELECT state FROM exercise WHERE organisation = $1 AND (cardinality($2::text[]) = 0 OR status = ANY($2))
         ORDER BY planned_for DESC, id DESC LIMIT 500`,
        [organisation, states],
      );
      return rows.map((row) => row.state);
    },
    incidentsOf: async (exercise) => {
      const { rows } = await client.query<{ state: Incident }>(
        `SELECT state FROM incident WHERE organisation = $1 AND state ? 'exercise' AND state ->> 'exercise' = $2
         ORDER BY id LIMIT 500`,
        [organisation, exercise],
      );
      return rows.map((row) => row.state);
    },
    released: (exercise) => released(client, organisation, exercise),
  };
}

interface ReleaseRow {
  readonly notification: Notification;
  readonly code: string;
  readonly contact: string;
  readonly subject: string;
  readonly message: string;
}

async function released(
  client: pg.ClientBase,
  organisation: string,
  exercise: string,
): Promise<readonly ReleasedInExercise[]> {
  const { rows } = await client.query<ReleaseRow>(
    `SELECT notification.state AS notification, incident.code, release.contact, release.subject, release.message
     FROM incident
     JOIN notification ON notification.organisation = $1 AND notification.incident = incident.id
     JOIN notification_release AS release ON release.organisation = $1 AND release.notification = notification.id
     WHERE incident.organisation = $1 AND incident.state ? 'exercise' AND incident.state ->> 'exercise' = $2
     ORDER BY notification.id DESC, release.contact LIMIT 500`,
    [organisation, exercise],
  );
  return rows.flatMap(({ notification, contact, ...row }) => {
    const told = notification.told.find((each) => each.contact === contact);
    if (!told?.released) return [];
    const { at, by, channel, address, outcome } = told.released;
    return [{ ...row, incident: notification.incident, name: told.name, at, by, channel, address, outcome }];
  });
}

/** Brings an exercise up to date with one more entry about it. */
export async function projectExercises(
  client: pg.ClientBase,
  organisation: string,
  entry: ExerciseEntry & AnyEntry,
) {
  const before = await stateOf<Exercise>(client, "exercise", organisation, entry.body.exercise);
  const after = projectExercise(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-exercise",
    text: `INSERT INTO exercise (organisation, id, status, planned_for, opened, state)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET status = $3, planned_for = $4, opened = $5, state = $6`,
    values: [organisation, after.id, after.state, after.plannedFor, after.opened, JSON.stringify(after)],
  });
}
