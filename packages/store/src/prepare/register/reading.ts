import type { AssetFilter, Named, Page, RegisterFilter, RegisterReading } from "@jumpkit/app";
import { type Asset, type Constituent, foldName, type Segment, type Team } from "@jumpkit/core";
import type pg from "pg";
import { placesOf } from "./place.ts";

/** What queries read of the register, in the connection's running transaction. */
export function registerReading(client: pg.ClientBase, organisation: string): RegisterReading {
  return {
    constituents: (filter) => list<Constituent>(client, organisation, "constituent", filter),
    teams: (filter) => list<Team>(client, organisation, "team", filter),
    segments: (filter) => list<Segment & Named>(client, organisation, "segment", filter, SEGMENT_NAMES),
    assets: (filter) => assets(client, organisation, filter),
    asset: async (id) => {
      const { rows } = await client.query<{ state: Asset & Named }>(
        `SELECT thing.state ${ASSET_NAMES.columns} AS state FROM asset thing ${ASSET_NAMES.joins}
         WHERE thing.organisation = $1 AND thing.id = $2`,
        [organisation, id],
      );
      return rows[0]?.state;
    },
    places: (names) => placesOf(client, organisation, names),
  };
}

/** What a list adds to the state of each row, and the joins it is taken from. */
interface Names {
  readonly columns: string;
  readonly joins: string;
}

const NO_NAMES: Names = { columns: "", joins: "" };

const SEGMENT_NAMES: Names = {
  columns: `|| jsonb_build_object('constituentName', coalesce(constituent.state->>'name', ''),
    'teamName', coalesce(team.state->>'name', ''))`,
  joins: `
    LEFT JOIN constituent ON constituent.organisation = thing.organisation AND constituent.id = thing.constituent
    LEFT JOIN team ON team.organisation = thing.organisation AND team.id = thing.team`,
};

const ASSET_NAMES: Names = {
  columns: `|| jsonb_build_object('constituentName', coalesce(constituent.state->>'name', ''),
    'segmentName', coalesce(segment.state->>'name', ''),
    'teamName', coalesce(team.state->>'name', ''),
    'ownerName', coalesce(nullif(thing.state->'owner'->>'text', ''), person.name, ''))`,
  joins: `
    LEFT JOIN segment ON segment.organisation = thing.organisation AND segment.id = thing.segment
    LEFT JOIN team ON team.organisation = thing.organisation AND team.id = segment.team
    LEFT JOIN constituent ON constituent.organisation = thing.organisation
      AND constituent.id = coalesce(thing.constituent, segment.constituent)
    LEFT JOIN person ON person.organisation = thing.organisation
      AND person.id = thing.state->'owner'->>'person'`,
};

/** The rows of one table by name, after the row that the page before ended with. */
async function list<Row extends { readonly id: string }>(
  client: pg.ClientBase,
  organisation: string,
  table: "constituent" | "team" | "segment",
  filter: RegisterFilter,
  names: Names = NO_NAMES,
): Promise<Page<Row>> {
  const { rows } = await client.query<{ state: Row }>(
    `SELECT thing.state ${names.columns} AS state FROM ${table} thing ${names.joins}
     WHERE thing.organisation = $1 AND thing.active = $2
       AND ($3 = '' OR (thing.folded, thing.id) >
         (SELECT folded, id FROM ${table} WHERE organisation = $1 AND id = $3))
       AND ($4 = '' OR thing.folded LIKE $4)
     ORDER BY thing.folded, thing.id LIMIT $5`,
    [organisation, !filter.retired, filter.after, pattern(filter.text), filter.limit + 1],
  );
  return page(rows, filter.limit);
}

async function assets(
  client: pg.ClientBase,
  organisation: string,
  filter: AssetFilter,
): Promise<Page<Asset & Named>> {
  const { rows } = await client.query<{ state: Asset & Named }>(
    `SELECT thing.state ${ASSET_NAMES.columns} AS state FROM asset thing ${ASSET_NAMES.joins}
     WHERE thing.organisation = $1 AND thing.active = $2
       AND ($3 = '' OR (thing.folded, thing.id) > (SELECT folded, id FROM asset WHERE organisation = $1 AND id = $3))
       AND ($4 = '' OR thing.words LIKE $4)
       AND (cardinality($5::text[]) = 0 OR thing.kind = ANY($5))
       AND (cardinality($6::text[]) = 0 OR thing.criticality = ANY($6))
       AND ($7::text IS NULL OR thing.segment = $7)
       AND ($8::text IS NULL OR coalesce(thing.constituent, segment.constituent) = $8)
     ORDER BY thing.folded, thing.id LIMIT $9`,
    [
      organisation,
      !filter.retired,
      filter.after,
      pattern(filter.text),
      filter.kind,
      filter.criticality,
      filter.segment ?? null,
      filter.constituent ?? null,
      filter.limit + 1,
    ],
  );
  return page(rows, filter.limit);
}

function pattern(text: string): string {
  return text === "" ? "" : `%${foldName(text).replaceAll(/[\\%_]/g, "\\$&")}%`;
}

function page<Row extends { readonly id: string }>(
  rows: readonly { readonly state: Row }[],
  limit: number,
): Page<Row> {
  const items = rows.slice(0, limit).map((row) => row.state);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
