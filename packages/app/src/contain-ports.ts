import type {
  AssetId,
  ConnectorOffer,
  Incident,
  IncidentId,
  Instant,
  Isolation,
  IsolationId,
  IsolationKind,
  KnownTarget,
  RunId,
  RunOutcome,
  SegmentId,
  Spare,
  SpareId,
  Watch,
} from "@jumpkit/core";
import type { Viewer } from "./ports.ts";

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
  /** The connectors that the operator set up for this organisation, in the order of the file. */
  connectors(): readonly ConnectorOffer[];
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

/** What connectors change beside the log. */
export type ConnectorEffect =
  | {
      readonly kind: "run_queued";
      readonly run: RunId;
      readonly isolation: IsolationId;
      readonly now: Instant;
    }
  | { readonly kind: "run_over"; readonly run: RunId; readonly outcome: RunOutcome; readonly now: Instant };

/** A run that this process took, and that no other will take. */
export interface TakenRun {
  readonly run: RunId;
  readonly connector: string;
  /** The isolation as the log itself says it is now, not as a table says. */
  readonly isolation: Isolation;
  /** The person who let the connector loose. */
  readonly asker: Viewer;
  /** Whether the log holds the authority and the wish for exactly this run, and nothing has ended either. */
  readonly authorised: boolean;
  /** Whether its incident is played in an exercise: the connector then stays where it is. */
  readonly played: boolean;
}

/** Where runs wait. A run is taken at most once, whatever dies when. */
export interface ConnectorQueue {
  /** Whether this process is the one that runs connectors; one at a time is, and another when it ends. */
  leads(): Promise<boolean>;
  /** Runs that a process took which is gone: nobody knows what they did. Ask only while leading, at its start. */
  left(): Promise<readonly TakenRun[]>;
  /** Takes the next run; when this resolves, that it was taken is committed. `undefined` when none waits. */
  take(): Promise<TakenRun | undefined>;
  close(): Promise<void>;
}
