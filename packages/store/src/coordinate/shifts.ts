import type { BriefedIncident, ShiftReading, ShiftRecords } from "@jumpkit/app";
import {
  type AnyEntry,
  BRIEFING_ENTRIES,
  type Briefing,
  type Duty,
  type Incident,
  projectBriefing,
  projectShift,
  SHIFT_ENTRIES,
  type Shift,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../projection/state-of.ts";

/** The tables of briefings and shifts, each with the columns of its key beside the organisation. */
export const SHIFT_TABLES = { briefing: ["incident"], shift: ["id"] } as const;

/** Brings briefings and shifts up to date with one more entry; leaves entries of other nouns alone. */
export async function projectShifts(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (entry.type in BRIEFING_ENTRIES)
    await briefing(client, organisation, entry as Parameters<typeof projectBriefing>[1]);
  if (entry.type in SHIFT_ENTRIES)
    await shift(client, organisation, entry as Parameters<typeof projectShift>[1]);
}

async function briefing(
  client: pg.ClientBase,
  organisation: string,
  entry: Parameters<typeof projectBriefing>[1],
): Promise<void> {
  const after = projectBriefing(undefined, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-briefing",
    text: `INSERT INTO briefing (organisation, incident, state) VALUES ($1, $2, $3)
      ON CONFLICT (organisation, incident) DO UPDATE SET state = $3`,
    values: [organisation, after.incident, JSON.stringify(after)],
  });
}

async function shift(
  client: pg.ClientBase,
  organisation: string,
  entry: Parameters<typeof projectShift>[1],
): Promise<void> {
  const before = await stateOf<Shift>(client, "shift", organisation, entry.body.shift);
  const after = projectShift(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-shift",
    text: `INSERT INTO shift (organisation, id, from_person, status, ended_at, state) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (organisation, id) DO UPDATE SET status = $4, ended_at = $5, state = $6`,
    values: [organisation, after.id, after.from, after.state, after.endedAt, JSON.stringify(after)],
  });
}

/** What rules ask about changes of shift, in the running transaction. */
export function shiftRecords(client: pg.ClientBase, organisation: string): ShiftRecords {
  const one = async <State>(text: string, ...values: unknown[]): Promise<State | undefined> =>
    (await client.query<{ state: State }>(text, [organisation, ...values])).rows[0]?.state;
  return {
    shift: (id) => one("SELECT state FROM shift WHERE organisation = $1 AND id = $2 FOR UPDATE", id),
    waitingFrom: async (person) => {
      // Of two offers of one person at once, the second waits and then sees the first.
      await client.query("SELECT 1 FROM person WHERE organisation = $1 AND id = $2 FOR UPDATE", [
        organisation,
        person,
      ]);
      return one(
        "SELECT state FROM shift WHERE organisation = $1 AND from_person = $2 AND status = 'offered'",
        person,
      );
    },
    briefed: (limit) => briefed(client, organisation, limit),
    stillOpen: async (incidents) => {
      const { rows } = await client.query<{ state: Incident }>(
        `SELECT state FROM incident WHERE organisation = $1 AND id = ANY($2) AND status IN ('reported', 'declared')
         ORDER BY id FOR UPDATE`,
        [organisation, incidents],
      );
      return rows.map((row) => row.state);
    },
    roster: async (now) => {
      const { rows } = await client.query<{ state: Duty }>(
        "SELECT state FROM duty WHERE organisation = $1 AND planned AND until_at > $2 ORDER BY from_at, id LIMIT 500",
        [organisation, now],
      );
      return rows.map((row) => row.state);
    },
  };
}

/** What queries read of changes of shift, in the connection's running transaction. */
export function shiftReading(client: pg.ClientBase, organisation: string): ShiftReading {
  return {
    briefed: (limit) => briefed(client, organisation, limit),
    waiting: async () => {
      const { rows } = await client.query<{ state: Shift }>(
        "SELECT state FROM shift WHERE organisation = $1 AND status = 'offered' ORDER BY id DESC LIMIT 100",
        [organisation],
      );
      return rows.map((row) => row.state);
    },
    lastTaken: async () => {
      const { rows } = await client.query<{ state: Shift }>(
        `SELECT state FROM shift WHERE organisation = $1 AND status = 'taken_over'
         ORDER BY ended_at DESC, id DESC LIMIT 1`,
        [organisation],
      );
      return rows[0]?.state;
    },
  };
}

async function briefed(
  client: pg.ClientBase,
  organisation: string,
  limit: number,
): Promise<readonly BriefedIncident[]> {
  const { rows } = await client.query<{ incident: Incident; briefing: Briefing | null }>(
    `SELECT incident.state AS incident, briefing.state AS briefing FROM incident
     LEFT JOIN briefing ON briefing.organisation = incident.organisation AND briefing.incident = incident.id
     WHERE incident.organisation = $1 AND incident.status IN ('reported', 'declared')
       AND NOT incident.state ? 'exercise'
     ORDER BY incident.id LIMIT $2`,
    [organisation, limit],
  );
  return rows.map((row) => ({ incident: row.incident, briefing: row.briefing ?? undefined }));
}
