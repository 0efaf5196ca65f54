import { ASSET_ENTRIES } from "./asset.ts";
import { CONSTITUENT_ENTRIES } from "./constituent.ts";
import { SEGMENT_ENTRIES } from "./segment.ts";
import { TEAM_ENTRIES } from "./team.ts";

/** The entries about those served, the teams, the parts of the network and what stands there. */
export const REGISTER_ENTRIES = {
  ...CONSTITUENT_ENTRIES,
  ...TEAM_ENTRIES,
  ...SEGMENT_ENTRIES,
  ...ASSET_ENTRIES,
};
