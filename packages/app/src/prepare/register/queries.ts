import {
  ASSET_COLUMNS,
  AssetDetails,
  AssetId,
  AssetKind,
  assetCells,
  ConstituentDetails,
  ConstituentId,
  Criticality,
  SegmentDetails,
  SegmentId,
  TeamDetails,
  TeamId,
  writeTable,
} from "@jumpkit/core";
import * as z from "zod";
import { Paging, pageOf, several } from "../../list.ts";
import { query } from "../../query.ts";

const Kept = {
  status: z.enum(["active", "retired"]),
  changedSeq: z.int().describe("what a change must have seen"),
};

const ConstituentView = z
  .object({ id: ConstituentId, ...ConstituentDetails.shape, ...Kept })
  .meta({ id: "Constituent" });
const TeamView = z.object({ id: TeamId, ...TeamDetails.shape, ...Kept }).meta({ id: "Team" });
const SegmentView = z
  .object({
    id: SegmentId,
    ...SegmentDetails.shape,
    ...Kept,
    constituentName: z.string(),
    teamName: z.string(),
  })
  .meta({ id: "Segment" });

/** An asset with the names of what it refers to; empty where there is nothing. */
export const AssetView = z
  .object({
    id: AssetId,
    ...AssetDetails.shape,
    ...Kept,
    segmentName: z.string(),
    constituentName: z.string().describe("its own, or that of its segment"),
    teamName: z.string().describe("the team of its segment"),
    ownerName: z.string(),
  })
  .meta({ id: "Asset" });

const Filter = {
  text: z.string().max(200).default("").describe("a part of the name"),
  retired: z.stringbool().default(false).describe("what was retired, instead of what is active"),
  ...Paging,
};

const asked = { phase: "prepare", action: "asset.read" } as const;

export const listConstituents = query({
  name: "constituent.list",
  ...asked,
  summary: "Those whom the team serves, by name",
  path: "/v1/constituent",
  input: z.strictObject(Filter),
  output: pageOf(ConstituentView),
  run: async (input, reading) => shown(await reading.register.constituents(input)),
});

export const listTeams = query({
  name: "team.list",
  ...asked,
  summary: "Teams, by name",
  path: "/v1/team",
  input: z.strictObject(Filter),
  output: pageOf(TeamView),
  run: async (input, reading) => shown(await reading.register.teams(input)),
});

export const listSegments = query({
  name: "segment.list",
  ...asked,
  summary: "Parts of the network, by name",
  path: "/v1/segment",
  input: z.strictObject(Filter),
  output: pageOf(SegmentView),
  run: async (input, reading) => shown(await reading.register.segments(input)),
});

export const listAssets = query({
  name: "asset.list",
  ...asked,
  summary: "Hosts, services, accounts and network devices, by name",
  path: "/v1/asset",
  input: z.strictObject({
    ...Filter,
    text: z.string().max(200).default("").describe("a part of a name, address, owner or purpose"),
    kind: several(AssetKind),
    criticality: several(Criticality),
    segment: SegmentId.optional(),
    constituent: ConstituentId.optional().describe("its own, or that of its segment"),
  }),
  output: pageOf(AssetView),
  run: async ({ segment, constituent, ...input }, reading) =>
    shown(await reading.register.assets({ ...input, segment, constituent })),
});

export const showAsset = query({
  name: "asset.show",
  ...asked,
  summary: "One host, service, account or network device",
  path: "/v1/asset/{asset}",
  input: z.strictObject({ asset: AssetId }),
  output: AssetView,
  run: (input, reading) => reading.register.asset(input.asset),
});

/** How many rows of an export are read at a time. */
const EXPORT_PAGE = 500;

export const exportAssets = query({
  name: "asset.export",
  ...asked,
  summary: "All active assets as a CSV file that an import takes again; nothing in it runs in a spreadsheet",
  path: "/v1/asset/table",
  input: z.strictObject({}),
  output: z.object({ csv: z.string() }),
  run: async (_input, reading) => {
    const rows: string[][] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page = await reading.register.assets({
        ...EVERYTHING,
        after,
        limit: EXPORT_PAGE,
      });
      rows.push(
        ...page.items.map((asset) =>
          assetCells(asset, {
            segment: asset.segment === null ? "" : asset.segmentName,
            constituent: asset.constituent === null ? "" : asset.constituentName,
          }),
        ),
      );
      after = page.next;
    }
    return { csv: writeTable(ASSET_COLUMNS, rows) };
  },
});

const EVERYTHING = {
  text: "",
  retired: false,
  kind: [],
  criticality: [],
  segment: undefined,
  constituent: undefined,
};

function shown<Row>(page: { readonly items: readonly Row[]; readonly next: string | null }) {
  return { items: [...page.items], next: page.next };
}
