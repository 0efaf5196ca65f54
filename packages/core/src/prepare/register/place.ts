import type { AssetId, SegmentId, TeamId } from "../../kernel/id.ts";
import type { Criticality } from "./asset.ts";

/** What the register knows of a host name or an address. */
export interface Place {
  readonly asset: {
    readonly id: AssetId;
    readonly name: string;
    /** Who answers for it, in words; empty when nobody is named. */
    readonly owner: string;
    readonly criticality: Criticality;
    readonly production: boolean;
  } | null;
  readonly segment: { readonly id: SegmentId; readonly name: string } | null;
  /** Name of those whom it serves. */
  readonly constituent: string | null;
  /** The team that handles what arises there. */
  readonly team: TeamId | null;
}
