import type {
  AssetId,
  Incident,
  IncidentId,
  Isolation,
  IsolationId,
  IsolationKind,
  KnownTarget,
  SegmentId,
  Spare,
  SpareId,
  Watch,
} from "@jumpkit/core";

/** What somebody wants to cut off, as they name it. */
export interface NamedTarget {
  readonly kind: IsolationKind;
  readonly name: string;
  readonly asset: AssetId | null;
  readonly segment: SegmentId | null;
}

/** What the register knows of a target, with the name and addresses that it goes by. */
export interface FoundTarget extends KnownTarget {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly ownerName: string;
}

/** What rules and queries both ask about containment. */
export interface ContainSeen {
  /** Isolations of an incident, the first asked for first. */
  isolationsOf(incident: IncidentId): Promise<readonly Isolation[]>;
  /** The monitoring of an incident; the default plan while nobody made another. */
  watchOf(incident: IncidentId): Promise<Watch>;
  /**
   * What the register knows of a target: by its id where one is given, else by its name.
   *
   * @returns `undefined` when an id names nothing
   */
  target(named: NamedTarget): Promise<FoundTarget | undefined>;
}

/** What rules ask about containment; whatever is asked for by id is locked until the transaction ends. */
export interface ContainRecords extends ContainSeen {
  /** The isolation, its incident's row locked before its own. */
  isolation(id: IsolationId): Promise<Isolation | undefined>;
  spare(id: SpareId): Promise<Spare | undefined>;
}

/** An open incident with how it is watched. */
export interface WatchedIncident {
  readonly incident: Incident;
  readonly watch: Watch;
}

/** What queries read of containment. */
export interface ContainReading extends ContainSeen {
  /** Isolations of all incidents that are allowed or in force, next review first; at most 500. */
  standing(): Promise<readonly Isolation[]>;
  /** Open incidents with how they are watched, oldest first; at most 500. */
  watched(): Promise<readonly WatchedIncident[]>;
  /** Spares that are not retired, by name; with `asset` those that can stand in for it. */
  spares(asset: AssetId | undefined): Promise<readonly Spare[]>;
}
