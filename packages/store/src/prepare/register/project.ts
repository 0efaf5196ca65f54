import {
  type AnyEntry,
  ASSET_ENTRIES,
  type Asset,
  CONSTITUENT_ENTRIES,
  type Constituent,
  foldName,
  plainAddress,
  projectAsset,
  projectConstituent,
  projectSegment,
  projectTeam,
  SEGMENT_ENTRIES,
  type Segment,
  TEAM_ENTRIES,
  type Team,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../../projection/state-of.ts";

/** The tables of the register, each with the columns of its key beside the organisation. */
export const REGISTER_TABLES = {
  constituent: ["id"],
  team: ["id"],
  segment: ["id"],
  segment_range: ["range", "segment"],
  asset: ["id"],
  asset_key: ["key", "asset"],
} as const;

/** Brings the register's tables up to date with one more entry; does nothing with entries of other nouns. */
export async function projectRegister(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  const { type } = entry;
  if (type in CONSTITUENT_ENTRIES) await constituent(client, organisation, entry as Told<"constituent">);
  if (type in TEAM_ENTRIES) await team(client, organisation, entry as Told<"team">);
  if (type in SEGMENT_ENTRIES) await segment(client, organisation, entry as Told<"segment">);
  if (type in ASSET_ENTRIES) await asset(client, organisation, entry as Told<"asset">);
}

/** The entries about one noun of the register. */
type Told<Noun extends string> = Extract<AnyEntry, { type: `${Noun}.${string}` }>;

async function constituent(
  client: pg.ClientBase,
  organisation: string,
  entry: Told<"constituent">,
): Promise<void> {
  const before = await stateOf<Constituent>(client, "constituent", organisation, entry.body.constituent);
  const after = projectConstituent(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-constituent",
    text: `INSERT INTO constituent (organisation, id, folded, active, state) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (organisation, id) DO UPDATE SET folded = $3, active = $4, state = $5`,
    values: [organisation, after.id, foldName(after.name), isActive(after), JSON.stringify(after)],
  });
}

async function team(client: pg.ClientBase, organisation: string, entry: Told<"team">): Promise<void> {
  const after = projectTeam(await stateOf<Team>(client, "team", organisation, entry.body.team), entry);
  if (after === undefined) return;
  await client.query({
    name: "project-team",
    text: `INSERT INTO team (organisation, id, folded, active, coordinating, members, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (organisation, id) DO UPDATE
        SET folded = $3, active = $4, coordinating = $5, members = $6, state = $7`,
    values: [
      organisation,
      after.id,
      foldName(after.name),
      isActive(after),
      after.kind === "coordinating",
      after.members,
      JSON.stringify(after),
    ],
  });
}

async function segment(client: pg.ClientBase, organisation: string, entry: Told<"segment">): Promise<void> {
  const before = await stateOf<Segment>(client, "segment", organisation, entry.body.segment);
  const after = projectSegment(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-segment",
    text: `INSERT INTO segment (organisation, id, folded, active, constituent, team, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (organisation, id) DO UPDATE
        SET folded = $3, active = $4, constituent = $5, team = $6, state = $7`,
    values: [
      organisation,
      after.id,
      foldName(after.name),
      isActive(after),
      after.constituent,
      after.team,
      JSON.stringify(after),
    ],
  });
  await client.query("DELETE FROM segment_range WHERE organisation = $1 AND segment = $2", [
    organisation,
    after.id,
  ]);
  // A range written with host bits, such as 192.0.2.1/24, means the network that it lies in.
  await client.query(
    `INSERT INTO segment_range (organisation, segment, range)
     SELECT DISTINCT $1, $2, network(range) FROM unnest($3::inet[]) AS range`,
    [organisation, after.id, isActive(after) ? after.ranges : []],
  );
}

async function asset(client: pg.ClientBase, organisation: string, entry: Told<"asset">): Promise<void> {
  const after = projectAsset(await stateOf<Asset>(client, "asset", organisation, entry.body.asset), entry);
  if (after === undefined) return;
  const addresses = after.addresses.map(plainAddress);
  await client.query({
    name: "project-asset",
    text: `INSERT INTO asset
        (organisation, id, folded, active, kind, criticality, segment, constituent, first_address, words, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      ON CONFLICT (organisation, id) DO UPDATE SET folded = $3, active = $4, kind = $5, criticality = $6,
        segment = $7, constituent = $8, first_address = $9, words = $10, state = $11`,
    values: [
      organisation,
      after.id,
      foldName(after.name),
      isActive(after),
      after.kind,
      after.criticality,
      after.segment,
      after.constituent,
      addresses[0] ?? null,
      [after.name, ...after.otherNames, ...addresses, after.owner.text, after.purpose]
        .join("\n")
        .toLowerCase(),
      JSON.stringify(after),
    ],
  });
  await client.query("DELETE FROM asset_key WHERE organisation = $1 AND asset = $2", [
    organisation,
    after.id,
  ]);
  // An account bears a name too, but a host that is looked up by that name is not the account.
  const found = isActive(after) && after.kind !== "account";
  await client.query(
    `INSERT INTO asset_key (organisation, asset, key)
     SELECT $1, $2, key FROM unnest($3::text[]) AS key
     UNION SELECT $1, $2, host(address) FROM unnest($4::inet[]) AS address`,
    [
      organisation,
      after.id,
      found ? [...new Set([after.name, ...after.otherNames].map(foldName))] : [],
      found ? addresses : [],
    ],
  );
}

function isActive(thing: { readonly status: "active" | "retired" }): boolean {
  return thing.status === "active";
}
