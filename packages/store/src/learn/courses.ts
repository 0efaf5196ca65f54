import type { Course, Incident, Stretch } from "@jumpkit/core";
import { WORK_GAP_MINUTES } from "@jumpkit/core";
import type pg from "pg";

/** What is read of a period. */
interface Wanted {
  readonly from: string;
  readonly to: string;
  readonly hours: boolean;
}

const INCIDENTS = `SELECT id, state FROM incident
  WHERE organisation = $1 AND left(state ->> 'reportedAt', 10) BETWEEN $2 AND $3 AND NOT state ? 'exercise'
  ORDER BY state ->> 'reportedAt' DESC, id LIMIT 5000`;

/** What stands beside incidents, gathered for all of them at once: a question for each one would take far longer. */
const BESIDE: Readonly<Record<Exclude<keyof Course, "incident" | "stretches">, string>> = {
  saidBeganAt: `SELECT incident, to_jsonb(state ->> 'earliestAt') AS beside FROM restoring
    WHERE organisation = $1 AND incident = ANY($2)`,
  signs: `SELECT t.incident, jsonb_agg(jsonb_build_object(
        'kind', s.kind, 'decidedAt', t.state -> 'decision' ->> 'at',
        'firstAt', to_char(s.first_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) AS beside
    FROM sign_triage t JOIN sign s ON s.organisation = t.organisation AND s.id = t.sign
    WHERE t.organisation = $1 AND t.incident = ANY($2) AND t.state -> 'decision' ->> 'at' IS NOT NULL
    GROUP BY t.incident`,
  reports: `SELECT t.incident, jsonb_agg(jsonb_build_object('receivedAt', r.state ->> 'receivedAt',
        'answeredAt', (SELECT min(m ->> 'at') FROM jsonb_array_elements(r.state -> 'messages') m
                       WHERE m ->> 'from' = 'team'))) AS beside
    FROM sign_triage t JOIN report r ON r.organisation = t.organisation AND r.sign = t.sign
    WHERE t.organisation = $1 AND t.incident = ANY($2) GROUP BY t.incident`,
  isolations: `SELECT incident, jsonb_agg(jsonb_build_object('state', state -> 'state', 'history', state -> 'history'))
      AS beside FROM isolation WHERE organisation = $1 AND incident = ANY($2) GROUP BY incident`,
  hosts: `SELECT incident, jsonb_agg(jsonb_build_object('end', state -> 'end', 'eradicated', state -> 'eradicated'))
      AS beside FROM recovery_host WHERE organisation = $1 AND incident = ANY($2) GROUP BY incident`,
  toldAt: `SELECT incident, to_jsonb(min(told -> 'released' ->> 'at')) AS beside
    FROM notification, jsonb_array_elements(state -> 'told') told
    WHERE organisation = $1 AND incident = ANY($2) GROUP BY incident`,
  earlier: `SELECT DISTINCT ON (mine.incident) mine.incident, first.state -> 'code' AS beside
    FROM observable mine
    JOIN incident own ON own.organisation = mine.organisation AND own.id = mine.incident
    JOIN observable other ON other.organisation = mine.organisation AND other.digest = mine.digest
      AND other.confirmed AND other.incident <> mine.incident
    JOIN incident first ON first.organisation = other.organisation AND first.id = other.incident
    WHERE mine.organisation = $1 AND mine.incident = ANY($2) AND mine.confirmed
      AND mine.state ->> 'role' <> 'victim' AND first.status IN ('declared', 'closed')
      AND NOT first.state ? 'exercise' AND first.state ->> 'reportedAt' < own.state ->> 'reportedAt'
    ORDER BY mine.incident, first.state ->> 'reportedAt'`,
  ledger: `SELECT incident, jsonb_build_object('currency', state -> 'currency', 'costs', state -> 'costs') AS beside
    FROM cost_ledger WHERE organisation = $1 AND incident = ANY($2)`,
  review: `SELECT incident, jsonb_build_object('held', state -> 'held', 'answers', state -> 'answers') AS beside
    FROM review WHERE organisation = $1 AND incident = ANY($2)`,
  improvements: `SELECT incident, jsonb_agg(status) AS beside FROM improvement
    WHERE organisation = $1 AND incident = ANY($2) GROUP BY incident`,
};

const NOTHING: Readonly<Record<keyof typeof BESIDE, unknown>> = {
  ...{ saidBeganAt: null, toldAt: null, earlier: null, ledger: null, review: null },
  ...{ signs: [], reports: [], isolations: [], hosts: [], improvements: [] },
};

/** Real incidents of a period, newest first, each with what its measures follow from; at most 5,000. */
export async function readCourses(
  client: pg.ClientBase,
  organisation: string,
  { from, to, hours }: Wanted,
): Promise<readonly Course[]> {
  const { rows } = await client.query<{ id: string; state: Incident }>(INCIDENTS, [organisation, from, to]);
  const ids = rows.map(({ id }) => id);
  const beside = new Map<string, Record<string, unknown>>(ids.map((id) => [id, { ...NOTHING }]));
  for (const [name, text] of Object.entries(BESIDE)) {
    const found = await client.query<{ incident: string; beside: unknown }>(text, [organisation, ids]);
    for (const row of found.rows) Object.assign(beside.get(row.incident) ?? {}, { [name]: row.beside });
  }
  const stretches = hours ? await readStretches(client, organisation, ids) : new Map<string, Stretch[]>();
  return rows.map(({ id, state }) => ({
    ...(beside.get(id) as unknown as Omit<Course, "incident" | "stretches">),
    incident: state,
    stretches: stretches.get(id) ?? [],
  }));
}

/**
 * Who wrote in which incident from when to when. Of each entry only the field that names its actor is opened: after a
 * salt of 22 characters the text of that disclosure goes on with the letters of `","actor"`, which stand at one place.
 */
const STRETCHES = `WITH wrote AS (
    SELECT e.incident, e.recorded_at AS at, convert_from(decode(
        rpad(translate(d, '-_', '+/'), (length(d) + 3) / 4 * 4, '='), 'base64'), 'utf8')::jsonb -> 2 ->> 'id' AS person
    FROM log_entry e
    JOIN log_disclosure l ON l.organisation = e.organisation AND l.seq = e.seq
    CROSS JOIN LATERAL unnest(l.disclosures) AS d
    WHERE e.organisation = $1 AND e.incident = ANY($2) AND e.type NOT LIKE 'cost.%'
      AND substr(d, 33, 12) = 'IiwiYWN0b3Ii'),
  paused AS (
    SELECT incident, person, at, coalesce(at - lag(at) OVER theirs > make_interval(mins => $3), true) AS anew
    FROM wrote WHERE person IS NOT NULL WINDOW theirs AS (PARTITION BY incident, person ORDER BY at)),
  numbered AS (
    SELECT incident, person, at, count(*) FILTER (WHERE anew) OVER (PARTITION BY incident, person ORDER BY at) AS number
    FROM paused)
  SELECT incident, person, min(at) AS "from", max(at) AS "to" FROM numbered GROUP BY incident, person, number`;

interface StretchRow {
  readonly incident: string;
  readonly person: Stretch["person"];
  readonly from: Date;
  readonly to: Date;
}

async function readStretches(client: pg.ClientBase, organisation: string, ids: readonly string[]) {
  const values = [organisation, ids, WORK_GAP_MINUTES];
  const { rows } = await client.query<StretchRow>(STRETCHES, values);
  const stretches = new Map<string, Stretch[]>();
  for (const { incident, person, from, to } of rows) {
    const stretch = { person, from: from.toISOString(), to: to.toISOString() };
    const known = stretches.get(incident);
    if (known === undefined) stretches.set(incident, [stretch]);
    else known.push(stretch);
  }
  return stretches;
}
