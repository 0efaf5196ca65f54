import { isIP } from "node:net";
import {
  type AssetId,
  type Criticality,
  foldName,
  type Place,
  plainAddress,
  type SegmentId,
  type TeamId,
} from "@jumpkit/core";
import type pg from "pg";

interface Row {
  readonly name: string;
  readonly asset: AssetId | null;
  readonly asset_name: string | null;
  readonly owner: string | null;
  readonly criticality: Criticality | null;
  readonly production: boolean | null;
  readonly segment: SegmentId | null;
  readonly segment_name: string | null;
  readonly constituent: string | null;
  readonly team: TeamId | null;
}

/**
 * What the register knows of each host name or IP address: the asset that bears it, else the segment whose
 * longest range holds it, with whom it belongs to and which team handles what arises there.
 *
 * One round trip however many names. Names are compared without case; of several assets with one name the one
 * registered first is meant. A name of which nothing is known has no place in the answer.
 *
 * @param names  host names, IPv4 and IPv6 addresses, mixed
 */
export async function placesOf(
  client: pg.ClientBase,
  organisation: string,
  names: readonly string[],
): Promise<Map<string, Place>> {
  const asked = [...new Set(names)].filter((name) => name !== "" && !name.includes("\u0000"));
  if (asked.length === 0) return new Map();
  const { rows } = await client.query<Row>({
    name: "places-of",
    text: PLACES,
    values: [organisation, asked, asked.map(foldName), asked.map(addressIn)],
  });
  return new Map(rows.map((row) => [row.name, placeIn(row)]));
}

/**
 * The longest range is found by asking for each prefix length in use: equality can be looked up in an index,
 * also under row-level security, where PostgreSQL does not trust its own operator for "lies within".
 */
const PLACES = `
  WITH asked AS (
    SELECT * FROM unnest($2::text[], $3::text[], $4::inet[]) AS asked (name, folded, address)
  ), found AS (
    SELECT DISTINCT ON (asked.name) asked.name, asset.state, asset.segment, asset.constituent,
      coalesce(asked.address, asset.first_address) AS address
    FROM asked
    JOIN asset_key ON asset_key.organisation = $1
      AND asset_key.key = coalesce(host(asked.address), asked.folded)
    JOIN asset ON asset.organisation = $1 AND asset.id = asset_key.asset
    ORDER BY asked.name, asset.id
  ), placed AS (
    SELECT asked.name, found.state AS asset, found.segment, found.constituent,
      coalesce(found.address, asked.address) AS address
    FROM asked LEFT JOIN found USING (name)
  ), length AS (
    SELECT DISTINCT family(range) AS family, masklen(range) AS bits FROM segment_range WHERE organisation = $1
  ), inside AS (
    SELECT DISTINCT ON (placed.name) placed.name, segment_range.segment
    FROM placed
    JOIN length ON length.family = family(placed.address)
    JOIN segment_range ON segment_range.organisation = $1
      AND segment_range.range = network(set_masklen(placed.address, length.bits))
    ORDER BY placed.name, length.bits DESC, segment_range.segment
  )
  SELECT placed.name,
    placed.asset->>'id' AS asset,
    placed.asset->>'name' AS asset_name,
    coalesce(nullif(placed.asset->'owner'->>'text', ''), person.name, '') AS owner,
    placed.asset->>'criticality' AS criticality,
    (placed.asset->>'production')::boolean AS production,
    segment.id AS segment,
    segment.state->>'name' AS segment_name,
    constituent.state->>'name' AS constituent,
    segment.team
  FROM placed
  LEFT JOIN inside USING (name)
  LEFT JOIN segment ON segment.organisation = $1 AND segment.active
    AND segment.id = coalesce(placed.segment, inside.segment)
  LEFT JOIN constituent ON constituent.organisation = $1
    AND constituent.id = coalesce(placed.constituent, segment.constituent)
  LEFT JOIN person ON person.organisation = $1 AND person.id = placed.asset->'owner'->>'person'
  WHERE placed.asset IS NOT NULL OR segment.id IS NOT NULL`;

/** The address that a name is, as PostgreSQL reads it; a scope such as `%eth0` says nothing elsewhere. */
function addressIn(name: string): string | null {
  const bare = name.split("%", 1)[0] ?? "";
  return isIP(bare) === 0 ? null : plainAddress(bare);
}

function placeIn(row: Row): Place {
  return {
    asset:
      row.asset === null
        ? null
        : {
            id: row.asset,
            name: row.asset_name ?? "",
            owner: row.owner ?? "",
            criticality: row.criticality ?? "medium",
            production: row.production ?? false,
          },
    segment: row.segment === null ? null : { id: row.segment, name: row.segment_name ?? "" },
    constituent: row.constituent,
    team: row.team,
  };
}
