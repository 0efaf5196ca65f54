import type { RegisterRecords } from "@jumpkit/app";
import {
  type Asset,
  type Constituent,
  type ConstituentId,
  foldName,
  type Segment,
  type SegmentId,
  type Team,
} from "@jumpkit/core";
import type pg from "pg";
import { placesOf } from "./place.ts";

/** The tables in which an id with a prefix is looked for, and what makes the thing count as there. */
const TABLES: Readonly<Record<string, string>> = {
  psn: "person",
  con: "constituent",
  tem: "team",
  seg: "segment",
  ast: "asset",
  ctc: "contact",
};

/** What rules ask about the register, read and locked in the running transaction. */
export function registerRecords(client: pg.ClientBase, organisation: string): RegisterRecords {
  const locked = async <State>(table: string, id: string): Promise<State | undefined> => {
    const { rows } = await client.query<{ state: State }>({
      name: `lock-${table}`,
      text: `SELECT state FROM ${table} WHERE organisation = $1 AND id = $2 FOR UPDATE`,
      values: [organisation, id],
    });
    return rows[0]?.state;
  };
  return {
    constituent: (id) => locked<Constituent>("constituent", id),
    team: (id) => locked<Team>("team", id),
    segment: (id) => locked<Segment>("segment", id),
    asset: (id) => locked<Asset>("asset", id),
    nameTaken: async (noun, name, except) => {
      await lockNames(client, organisation);
      const { rowCount } = await client.query(
        `SELECT 1 FROM ${noun} WHERE organisation = $1 AND folded = $2 AND active AND id <> $3`,
        [organisation, foldName(name), except ?? ""],
      );
      return rowCount !== 0;
    },
    assetNameTaken: async ({ kind, name, constituent }, except) => {
      await lockNames(client, organisation);
      const { rowCount } = await client.query(
        `SELECT 1 FROM asset WHERE organisation = $1 AND folded = $2 AND active AND id <> $3
           AND kind = $4 AND constituent IS NOT DISTINCT FROM $5`,
        [organisation, foldName(name), except ?? "", kind, constituent],
      );
      return rowCount !== 0;
    },
    namedBy: async (names) => {
      await lockNames(client, organisation);
      const { rows } = await client.query<{ state: Asset }>(
        "SELECT state FROM asset WHERE organisation = $1 AND folded = ANY($2) AND active ORDER BY id FOR UPDATE",
        [organisation, names.assets],
      );
      return {
        assets: rows.map((row) => row.state),
        segments: await idsNamed<SegmentId>(client, organisation, "segment", names.segments),
        constituents: await idsNamed<ConstituentId>(client, organisation, "constituent", names.constituents),
      };
    },
    allKnown: (ids) =>
      allKnown(
        client,
        organisation,
        ids.flatMap((id) => id ?? []),
      ),
    places: (names) => placesOf(client, organisation, names),
  };
}

/** The id of each active thing that bears one of the names, by name as it is compared. */
async function idsNamed<Id extends string>(
  client: pg.ClientBase,
  organisation: string,
  table: "segment" | "constituent",
  names: readonly string[],
): Promise<ReadonlyMap<string, Id>> {
  const { rows } = await client.query<{ folded: string; id: Id }>(
    `SELECT folded, id FROM ${table} WHERE organisation = $1 AND folded = ANY($2) AND active`,
    [organisation, names],
  );
  return new Map(rows.map((row) => [row.folded, row.id]));
}

/** Of two who give the same name at once, the second waits and then sees the first. */
async function lockNames(client: pg.ClientBase, organisation: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", [organisation]);
}

async function allKnown(
  client: pg.ClientBase,
  organisation: string,
  ids: readonly string[],
): Promise<boolean> {
  for (const prefix of new Set(ids.map((id) => id.slice(0, 3)))) {
    const table = TABLES[prefix];
    if (table === undefined) return false;
    const wanted = [...new Set(ids.filter((id) => id.startsWith(`${prefix}_`)))];
    const { rowCount } = await client.query(
      `SELECT 1 FROM ${table} WHERE organisation = $1 AND id = ANY($2) AND active`,
      [organisation, wanted],
    );
    if (rowCount !== wanted.length) return false;
  }
  return true;
}
