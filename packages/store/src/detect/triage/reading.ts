import {
  COUNTED_MAX,
  type EarlierDismissal,
  type LearntReason,
  type Page,
  type QueuedSign,
  type QueueState,
  SEEN_IN_MAX,
  type SeenIn,
  type SignFilter,
  type TriageReading,
} from "@jumpkit/app";
import type {
  IncidentId,
  Instant,
  Observable,
  ObservableValue,
  Shared,
  Sign,
  SignTriage,
} from "@jumpkit/core";
import type pg from "pg";
import { digestOf } from "../observable/sighting.ts";

/** What the queries of triage read of one organisation, in the connection's running transaction. */
export function triageReadingOf(client: pg.ClientBase, organisation: string, now: Instant): TriageReading {
  return {
    now,
    sign: async (id) => {
      const { rows } = await client.query<SignRow>(
        `${SELECT_WHOLE} WHERE s.organisation = $1 AND s.id = $2`,
        [organisation, id],
      );
      return rows.map(queuedSign)[0];
    },
    signs: (filter) => signs(client, organisation, filter, now),
    queueState: () => queueState(client, organisation, now),
    learntReasons: (rule, source) => learntReasons(client, organisation, rule, source),
    earlierDismissals: (sign) => earlierDismissals(client, organisation, sign),
    sharing: (sign, values) => sharing(client, organisation, sign, values),
    signsOf: async (incident) => {
      const { rows } = await client.query<SignRow>(
        `${SELECT} WHERE s.organisation = $1 AND t.incident = $2 ORDER BY s.last_at DESC, s.id DESC LIMIT 500`,
        [organisation, incident],
      );
      return rows.map(queuedSign);
    },
    confirmedIn: async (incident) => {
      const { rows } = await client.query<{ state: Observable }>(
        `SELECT state FROM observable WHERE organisation = $1 AND incident = $2 AND confirmed
         ORDER BY state ->> 'at' DESC, id LIMIT 1000`,
        [organisation, incident],
      );
      return rows.map(({ state }) => state);
    },
    sightingsIn: async (incident) => {
      const { rows } = await client.query<ObservableValue & { readonly entry: number | null }>(
        `SELECT kind, value, entry FROM sighting WHERE organisation = $1 AND thing = $2
         ORDER BY entry NULLS LAST, kind, value LIMIT 500`,
        [organisation, incident],
      );
      return rows;
    },
    firstOriginal: async (sign) => {
      const { rows } = await client.query<{ original: Buffer }>(
        `SELECT substring(original FOR ${ORIGINAL_MAX}) AS original FROM sign_original
         WHERE organisation = $1 AND sign = $2 ORDER BY at, digest LIMIT 1`,
        [organisation, sign],
      );
      // What is no text stays visible as such; PostgreSQL and JSON hold no NUL.
      return rows[0]?.original.toString("utf8").replaceAll("\0", "\ufffd");
    },
    seenIn: (values, except) => seenIn(client, organisation, values, except),
  };
}

/** More of one event than this is looked up in the evidence, not in the queue. */
const ORIGINAL_MAX = 32_768;

interface SignRow {
  readonly state: Sign;
  readonly triage: SignTriage | null;
  readonly team: string | null;
  readonly constituent: string | null;
  readonly asset: string | null;
  readonly code: string | null;
  readonly place: string;
}

const COLUMNS = `t.state AS triage, s.team, s.constituent, s.asset, i.code,
  s.last_at::text || '~' || s.id AS place, s.last_at, s.id`;
const TABLES = `FROM sign s
  LEFT JOIN sign_triage t ON t.organisation = s.organisation AND t.sign = s.id
  LEFT JOIN incident i ON i.organisation = t.organisation AND i.id = t.incident`;
const SELECT_WHOLE = `SELECT s.state, ${COLUMNS} ${TABLES}`;
/** Without the fields, which are most of a sign and which no list shows. */
const SELECT = `SELECT s.state - 'fields' - 'extra' AS state, ${COLUMNS} ${TABLES}`;

function queuedSign({ state, triage, team, constituent, asset, code }: SignRow): QueuedSign {
  return { sign: state, triage: triage ?? undefined, team, constituent, asset, incidentCode: code };
}

/**
 * A page of the queue: read from the newest on along an index, so that its cost follows from the page and not
 * from how many wait. Where a word is rare, only the few signs that hold it are read.
 */
async function signs(
  client: pg.ClientBase,
  organisation: string,
  filter: SignFilter,
  now: Instant,
): Promise<Page<QueuedSign>> {
  const few = await fewWith(client, filter.words);
  const values: unknown[] = [organisation];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const [, lastAt, id] = /^([\d: .+-]{10,40})~(sgn_[0-9a-z]{26})$/.exec(filter.after) ?? [];
  const conditions = [
    ...(lastAt === undefined || id === undefined
      ? []
      : [`(s.last_at, s.id) < (${add(lastAt)}::timestamptz, ${add(id)})`]),
    ...(few === undefined ? [] : [`s.id = ANY(${add(few)}::text[])`]),
    // Not LIKE: behind row-level security the planner guesses how rare a pattern is by its length alone, takes every
    // longer word for rare, and sorts all that hold it.
    ...filter.words.map((word) => `strpos(s.words, ${add(word)}) > 0`),
    ...(["kind", "source", "team", "constituent"] as const).flatMap((column) =>
      filter[column] === undefined ? [] : [`s.${column} = ${add(filter[column])}`],
    ),
  ];
  const limit = add(filter.limit + 1);
  const part = (condition: string): string =>
    `(${SELECT} WHERE ${["s.organisation = $1", condition, ...conditions].join(" AND ")}
      ORDER BY s.last_at DESC, s.id DESC LIMIT ${limit})`;
  const parts = {
    waiting: () => [part("s.waiting"), part(`t.status = 'snoozed' AND t.snoozed_until <= ${add(now)}`)],
    snoozed: () => [part(`t.status = 'snoozed' AND t.snoozed_until > ${add(now)}`)],
    dismissed: () => [part("t.status = 'dismissed'")],
    accepted: () => [part("t.status IN ('accepted', 'merged')")],
    all: () => [part("true")],
  }[filter.status]();
  const { rows } = await client.query<SignRow>(
    `SELECT * FROM (${parts.join(" UNION ALL ")}) found ORDER BY last_at DESC, id DESC LIMIT ${limit}`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  return {
    items: shown.map(queuedSign),
    next: rows.length > filter.limit ? (shown.at(-1)?.place ?? null) : null,
  };
}

/** A word in so many signs is common: the first page of them is soon found by reading from the newest on. */
const COMMON = 1000;

/**
 * The few signs that hold the longest of these words; `undefined` when they are many.
 *
 * One or two letters hold no trigram, by which the index finds. Where they are rare, the table is read as it lies, which
 * is still faster than along an index.
 */
async function fewWith(
  client: pg.ClientBase,
  words: readonly string[],
): Promise<readonly string[] | undefined> {
  const longest = words.reduce((one, other) => (other.length > one.length ? other : one), "");
  if (longest === "") return undefined;
  const { rows } = await client.query<{ id: string }>("SELECT id FROM signs_with($1, $2) AS found (id)", [
    longest,
    COMMON,
  ]);
  return rows.length < COMMON ? rows.map(({ id }) => id) : undefined;
}

async function queueState(client: pg.ClientBase, organisation: string, now: Instant): Promise<QueueState> {
  const { rows } = await client.query<{
    waiting: number;
    snoozed: number;
    awake: number;
    grown: number;
    last_at: Date | null;
    next_wake_at: Date | null;
  }>({
    name: "queue-state",
    text: `SELECT
      (SELECT count(*)::int FROM (SELECT 1 FROM sign WHERE organisation = $1 AND waiting LIMIT $3) w) AS waiting,
      (SELECT count(*)::int FROM sign_triage WHERE organisation = $1 AND snoozed_until <= $2) AS awake,
      (SELECT count(*)::int FROM sign_triage WHERE organisation = $1 AND snoozed_until > $2) AS snoozed,
      (SELECT min(snoozed_until) FROM sign_triage WHERE organisation = $1 AND snoozed_until > $2) AS next_wake_at,
      (SELECT max(last_at) FROM sign WHERE organisation = $1) AS last_at,
      (SELECT count(*)::int FROM (
        SELECT 1 FROM sign s JOIN sign_triage t ON t.organisation = s.organisation AND t.sign = s.id
        WHERE s.organisation = $1 AND t.status = 'dismissed' AND s.last_at > $2::timestamptz - interval '1 day'
          AND s.count > (t.state -> 'decision' ->> 'count')::bigint LIMIT 100) g) AS grown`,
    values: [organisation, now, COUNTED_MAX],
  });
  const row = rows[0];
  return {
    waiting: Math.min(COUNTED_MAX, (row?.waiting ?? 0) + (row?.awake ?? 0)),
    snoozed: row?.snoozed ?? 0,
    grown: row?.grown ?? 0,
    lastAt: row?.last_at?.toISOString() ?? null,
    nextWakeAt: row?.next_wake_at?.toISOString() ?? null,
  };
}

/** How many of the latest dismissals are learnt from: habits change. */
const LEARNT_FROM = 500;
const REASONS_MAX = 9;

async function learntReasons(
  client: pg.ClientBase,
  organisation: string,
  rule: string,
  source: string | null,
): Promise<readonly LearntReason[]> {
  const { rows } = await client.query<{ reason: string; count: number; last_at: Date }>(
    `SELECT reason, count(*)::int AS count, max(decided_at) AS last_at, bool_or(same) AS same FROM (
       (SELECT reason, decided_at, true AS same FROM sign_triage
        WHERE organisation = $1 AND rule = $2 AND source IS NOT DISTINCT FROM $3 AND status = 'dismissed'
        ORDER BY decided_at DESC LIMIT $4)
       UNION ALL
       (SELECT reason, decided_at, false FROM sign_triage
        WHERE organisation = $1 AND source IS NOT DISTINCT FROM $3 AND rule <> $2 AND status = 'dismissed'
        ORDER BY decided_at DESC LIMIT $4)
     ) latest GROUP BY reason ORDER BY bool_or(same) DESC, count(*) DESC, max(decided_at) DESC LIMIT ${REASONS_MAX}`,
    [organisation, rule, source, LEARNT_FROM],
  );
  return rows.map((row) => ({ reason: row.reason, count: row.count, lastAt: row.last_at.toISOString() }));
}

async function earlierDismissals(
  client: pg.ClientBase,
  organisation: string,
  sign: Sign,
): Promise<readonly EarlierDismissal[]> {
  const { rows } = await client.query<{ state: SignTriage; sign_state: Sign; same_entity: boolean }>(
    `SELECT t.state, s.state - 'fields' - 'extra' AS sign_state, s.entity = $4 AS same_entity FROM (
       SELECT sign, state, decided_at FROM sign_triage
       WHERE organisation = $1 AND rule = $2 AND source IS NOT DISTINCT FROM $3 AND status = 'dismissed'
         AND sign <> $5
       ORDER BY decided_at DESC LIMIT 50
     ) t JOIN sign s ON s.organisation = $1 AND s.id = t.sign
     ORDER BY s.entity = $4 DESC, t.decided_at DESC LIMIT 5`,
    [organisation, sign.rule.id, sign.source, sign.entity, sign.id],
  );
  return rows.map(({ state, sign_state, same_entity }) => ({
    sign: state.sign,
    title: sign_state.title,
    reason: state.decision?.reason ?? "",
    note: state.decision?.note ?? "",
    by: state.decision?.by ?? "",
    at: state.decision?.at ?? "",
    count: sign_state.count,
    sameEntity: same_entity,
  }));
}

async function sharing(
  client: pg.ClientBase,
  organisation: string,
  sign: Sign,
  values: readonly ObservableValue[],
): Promise<readonly Shared[]> {
  const { rows } = await client.query<{
    id: IncidentId;
    code: string;
    title: string;
    values: string[];
    entity: boolean;
    rule: boolean;
    last_entry_at: string;
  }>(
    `WITH shared AS (
       (SELECT found.thing AS incident, found.value, false AS entity, false AS rule
        FROM unnest($2::text[]) AS wanted(digest) CROSS JOIN LATERAL (
          SELECT thing, value FROM sighting g WHERE g.organisation = $1 AND g.digest = wanted.digest
            AND g.thing >= 'inc_' AND g.thing < 'inc\`' ORDER BY thing DESC LIMIT $5) found)
       UNION ALL
       (SELECT t.incident, NULL, true, false FROM (
          SELECT id FROM sign WHERE organisation = $1 AND entity = $3 ORDER BY last_at DESC LIMIT 200) s
        JOIN sign_triage t ON t.organisation = $1 AND t.sign = s.id WHERE t.incident IS NOT NULL)
       UNION ALL
       (SELECT incident, NULL, false, true FROM sign_triage
        WHERE organisation = $1 AND rule = $4 AND incident IS NOT NULL ORDER BY decided_at DESC LIMIT 200)
     )
     SELECT i.id, i.code, i.title, i.state ->> 'lastEntryAt' AS last_entry_at,
       coalesce(array_agg(DISTINCT shared.value) FILTER (WHERE shared.value IS NOT NULL), '{}') AS values,
       bool_or(shared.entity) AS entity, bool_or(shared.rule) AS rule
     FROM shared JOIN incident i ON i.organisation = $1 AND i.id = shared.incident
     WHERE i.status IN ('reported', 'declared') AND NOT i.state ? 'exercise'
     GROUP BY i.id, i.code, i.title, i.state, i.latest_seq ORDER BY i.latest_seq DESC LIMIT 20`,
    [organisation, values.map(digestOf), sign.entity, sign.rule.id, SEEN_IN_MAX],
  );
  return rows.map(({ id, last_entry_at, ...row }) => ({ incident: id, lastEntryAt: last_entry_at, ...row }));
}

async function seenIn(
  client: pg.ClientBase,
  organisation: string,
  values: readonly ObservableValue[],
  except: string,
): Promise<readonly SeenIn[]> {
  const { rows } = await client.query<{
    kind: ObservableValue["kind"];
    value: string;
    thing: string;
    code: string | null;
    title: string;
    status: SeenIn["status"];
    at: string;
  }>(
    `SELECT found.kind, found.value, found.thing, i.code, coalesce(i.title, s.state ->> 'title') AS title,
       coalesce(i.status, t.status, 'waiting') AS status,
       coalesce(i.state ->> 'lastEntryAt', s.state ->> 'lastAt') AS at
     FROM unnest($2::text[]) AS wanted(digest) CROSS JOIN LATERAL (
       (SELECT thing, kind, value FROM sighting g
        WHERE g.organisation = $1 AND g.digest = wanted.digest AND g.thing >= 'inc_' AND g.thing < 'inc\`'
          AND g.thing <> $3 ORDER BY thing DESC LIMIT ${SEEN_IN_MAX})
       UNION ALL
       (SELECT thing, kind, value FROM (
          SELECT thing, kind, value, count(*) OVER () AS things FROM (
            SELECT thing, kind, value FROM sighting g
            WHERE g.organisation = $1 AND g.digest = wanted.digest AND g.thing >= 'sgn_' AND g.thing < 'sgn\`'
              AND g.thing <> $3 ORDER BY thing DESC LIMIT ${SEEN_IN_MAX + 1}) latest) few
        WHERE things <= ${SEEN_IN_MAX})) found
     LEFT JOIN incident i ON i.organisation = $1 AND i.id = found.thing
     LEFT JOIN sign s ON s.organisation = $1 AND s.id = found.thing
     LEFT JOIN sign_triage t ON t.organisation = $1 AND t.sign = found.thing
     WHERE (i.id IS NOT NULL AND NOT i.state ? 'exercise') OR s.id IS NOT NULL
     ORDER BY (i.id IS NOT NULL) DESC, found.thing DESC LIMIT 200`,
    [organisation, values.map(digestOf), except],
  );
  return rows.map(({ thing, code, title, status, at, kind, value }) => ({
    value: { kind, value },
    thing,
    kind: code === null ? "sign" : "incident",
    title,
    code: code ?? "",
    status,
    at,
  }));
}
