import type {
  Asset,
  AssetId,
  AssetKind,
  Constituent,
  ConstituentId,
  Criticality,
  Known,
  Place,
  Segment,
  SegmentId,
  Team,
  TeamId,
} from "@jumpkit/core";
import type { Page } from "./reading.ts";

/** What rules ask about the register; whatever is asked for by id is locked until the transaction ends. */
export interface RegisterRecords {
  constituent(id: ConstituentId): Promise<Constituent | undefined>;
  team(id: TeamId): Promise<Team | undefined>;
  segment(id: SegmentId): Promise<Segment | undefined>;
  asset(id: AssetId): Promise<Asset | undefined>;
  /** Whether an active thing of this kind, other than `except`, bears the name, compared without case. */
  nameTaken(
    noun: "constituent" | "team" | "segment",
    name: string,
    except: string | undefined,
  ): Promise<boolean>;
  /** Whether an active asset of this kind and constituent, other than `except`, bears the name. */
  assetNameTaken(
    asset: {
      readonly kind: AssetKind;
      readonly name: string;
      readonly constituent: ConstituentId | null;
    },
    except: AssetId | undefined,
  ): Promise<boolean>;
  /**
   * The active things that bear one of these names, given as they are compared; assets are locked, and of
   * two imports at once the second waits for the first.
   */
  namedBy(names: {
    readonly assets: readonly string[];
    readonly segments: readonly string[];
    readonly constituents: readonly string[];
  }): Promise<Known>;
  /** Whether every id names an active thing or person; `null` names nothing and is known. */
  allKnown(ids: readonly (string | null)[]): Promise<boolean>;
  places(names: readonly string[]): Promise<ReadonlyMap<string, Place>>;
}

/** Which part of a list to give: by name, things that are active unless retired ones are asked for. */
export interface RegisterFilter {
  readonly text: string;
  readonly retired: boolean;
  /** Id of the thing that the page before ended with. */
  readonly after: string;
  readonly limit: number;
}

export interface AssetFilter extends RegisterFilter {
  readonly kind: readonly AssetKind[];
  readonly criticality: readonly Criticality[];
  readonly segment: SegmentId | undefined;
  readonly constituent: ConstituentId | undefined;
}

/** The names of what a thing of the register refers to; empty where there is nothing. */
export interface Named {
  readonly constituentName: string;
  readonly segmentName: string;
  readonly teamName: string;
  readonly ownerName: string;
}

/** What queries read of the register, in lists by name. */
export interface RegisterReading {
  constituents(filter: RegisterFilter): Promise<Page<Constituent>>;
  teams(filter: RegisterFilter): Promise<Page<Team>>;
  segments(filter: RegisterFilter): Promise<Page<Segment & Pick<Named, "constituentName" | "teamName">>>;
  assets(filter: AssetFilter): Promise<Page<Asset & Named>>;
  asset(id: AssetId): Promise<(Asset & Named) | undefined>;
  places(names: readonly string[]): Promise<ReadonlyMap<string, Place>>;
}
