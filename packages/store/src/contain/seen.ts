import type { ContainSeen, FoundTarget, NamedTarget } from "@jumpkit/app";
import {
  type Asset,
  type AssetId,
  type ConnectorOffer,
  defaultWatch,
  foldName,
  type Isolation,
  type Segment,
  type SegmentId,
  type Watch,
} from "@jumpkit/core";
import type pg from "pg";
import { placesOf } from "../prepare/register/place.ts";

/** What rules and queries both ask about containment, in the connection's running transaction. */
export function containSeen(
  client: pg.ClientBase,
  organisation: string,
  offers: readonly ConnectorOffer[],
): ContainSeen {
  return {
    isolationsOf: async (incident) => {
      const { rows } = await client.query<{ state: Isolation }>(
        "SELECT state FROM isolation WHERE organisation = $1 AND incident = $2 ORDER BY id",
        [organisation, incident],
      );
      return rows.map((row) => row.state);
    },
    watchOf: async (incident) => {
      const { rows } = await client.query<{ state: Watch }>(
        "SELECT state FROM watch WHERE organisation = $1 AND incident = $2",
        [organisation, incident],
      );
      return rows[0]?.state ?? defaultWatch(incident);
    },
    connectors: () => offers,
    target: (named) =>
      named.kind === "segment"
        ? segmentTarget(client, organisation, named)
        : assetTarget(client, organisation, named),
  };
}

async function assetTarget(
  client: pg.ClientBase,
  organisation: string,
  named: NamedTarget,
): Promise<FoundTarget | undefined> {
  const id = named.asset ?? (await assetNamed(client, organisation, named));
  const found = id === undefined ? undefined : await assetWithOwner(client, organisation, id);
  if (found === undefined && named.asset !== null) return undefined;
  return {
    kind: named.kind,
    name: found?.asset.name ?? named.name,
    addresses: found?.asset.addresses ?? [],
    ownerName: found?.ownerName ?? "",
    asset: found?.asset,
    segment: undefined,
    assetCount: 0,
  };
}

/** The asset that bears a name: accounts by their own, everything else by name or address. */
async function assetNamed(
  client: pg.ClientBase,
  organisation: string,
  { kind, name }: NamedTarget,
): Promise<AssetId | undefined> {
  if (kind === "host") {
    return (await placesOf(client, organisation, [name])).get(name)?.asset?.id;
  }
  const { rows } = await client.query<{ id: AssetId }>(
    `SELECT id FROM asset WHERE organisation = $1 AND folded = $2 AND kind = 'account' AND active
     ORDER BY id LIMIT 1`,
    [organisation, foldName(name)],
  );
  return rows[0]?.id;
}

async function assetWithOwner(client: pg.ClientBase, organisation: string, id: AssetId) {
  const { rows } = await client.query<{ asset: Asset; ownerName: string }>(
    `SELECT asset.state AS asset,
       coalesce(nullif(asset.state->'owner'->>'text', ''), person.name, '') AS "ownerName"
     FROM asset LEFT JOIN person ON person.organisation = asset.organisation
       AND person.id = asset.state->'owner'->>'person'
     WHERE asset.organisation = $1 AND asset.id = $2`,
    [organisation, id],
  );
  return rows[0];
}

async function segmentTarget(
  client: pg.ClientBase,
  organisation: string,
  named: NamedTarget,
): Promise<FoundTarget | undefined> {
  const segment = await segmentNamed(client, organisation, named.segment, named.name);
  if (segment === undefined && named.segment !== null) return undefined;
  return {
    kind: "segment",
    name: segment?.name ?? named.name,
    addresses: segment?.ranges ?? [],
    ownerName: "",
    asset: undefined,
    segment,
    assetCount: segment === undefined ? 0 : await assetsIn(client, organisation, segment.id),
  };
}

async function segmentNamed(
  client: pg.ClientBase,
  organisation: string,
  id: SegmentId | null,
  name: string,
): Promise<Segment | undefined> {
  const { rows } = await client.query<{ state: Segment }>(
    `SELECT state FROM segment WHERE organisation = $1
       AND ($2::text = id OR ($2 IS NULL AND folded = $3 AND active)) ORDER BY id LIMIT 1`,
    [organisation, id, foldName(name)],
  );
  return rows[0]?.state;
}

async function assetsIn(client: pg.ClientBase, organisation: string, segment: SegmentId): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    "SELECT count(*) FROM asset WHERE organisation = $1 AND segment = $2 AND active",
    [organisation, segment],
  );
  return Number(rows[0]?.count ?? 0);
}
