import type {
  Incident,
  IncidentId,
  Instant,
  Observable,
  ObservableValue,
  Shared,
  Sign,
  SignId,
  SignStatus,
  SignTriage,
  TakenInto,
} from "@jumpkit/core";
import type { Page } from "./reading.ts";

/** What the rules of triage ask, read and locked in the operation's transaction. */
export interface TriageRecords {
  /**
   * Signs with where they stand, all rows locked in one order; the signs come before incidents.
   *
   * A sign that does not exist is missing from the answer.
   */
  signs(ids: readonly SignId[]): Promise<ReadonlyMap<SignId, TriagedSign>>;
  /** What was said of a value in an incident, confirmed or withdrawn. */
  observable(incident: IncidentId, value: ObservableValue): Promise<Observable | undefined>;
  /** What signs were taken into, with everything that happened there since; the incident's row is locked. */
  takenInto(incident: IncidentId): Promise<TakenInto | undefined>;
  /** Who told of the signs, in words for an incident's log. */
  reporterOf(signs: readonly Sign[]): Promise<string>;
}

/** A sign with where it stands; nobody has touched one without. */
export interface TriagedSign {
  readonly sign: Sign;
  readonly triage: SignTriage | undefined;
}

/** A sign as the queue shows it. */
export interface QueuedSign extends TriagedSign {
  /** What the asset register said of the entity when it came in. */
  readonly team: string | null;
  readonly constituent: string | null;
  readonly asset: string | null;
  /** The incident that it is part of. */
  readonly incidentCode: string | null;
}

/** Which signs to list, the one seen last first. */
export interface SignFilter {
  /** As it is at this moment: a snooze whose time has come is over. */
  readonly status: "waiting" | "snoozed" | "dismissed" | "accepted" | "all";
  /** Words that all have to be there, in small letters. */
  readonly words: readonly string[];
  readonly kind: string | undefined;
  readonly source: string | undefined;
  readonly team: string | undefined;
  readonly constituent: string | undefined;
  readonly after: string;
  readonly limit: number;
}

/** A reason for which signs were dismissed, and how often. */
export interface LearntReason {
  readonly reason: string;
  readonly count: number;
  readonly lastAt: string;
}

/** An earlier dismissal of a sign of the same rule and source. */
export interface EarlierDismissal {
  readonly sign: SignId;
  readonly title: string;
  readonly reason: string;
  readonly note: string;
  readonly by: string;
  readonly at: string;
  readonly count: number;
  /** Whether it was about the same entity. */
  readonly sameEntity: boolean;
}

/** How the queue stands, told in one line. */
export interface QueueState {
  /** At most {@link COUNTED_MAX}: nobody needs to know whether a hundred thousand or a million wait. */
  readonly waiting: number;
  readonly snoozed: number;
  readonly lastAt: string | null;
  /** When the next snooze ends, in UTC. */
  readonly nextWakeAt: string | null;
  /** Dismissed signs that have gathered more events since. */
  readonly grown: number;
}

/** What waits is counted up to here. */
export const COUNTED_MAX = 10_000;

/** What the queries of triage read. */
export interface TriageReading {
  /** The moment of the snapshot. */
  readonly now: Instant;
  sign(id: SignId): Promise<QueuedSign | undefined>;
  signs(filter: SignFilter): Promise<Page<QueuedSign>>;
  queueState(): Promise<QueueState>;
  /** Reasons given for signs of this rule and source, the most frequent first; then those of the source. */
  learntReasons(rule: string, source: string | null): Promise<readonly LearntReason[]>;
  earlierDismissals(sign: Sign): Promise<readonly EarlierDismissal[]>;
  /** Open incidents that have something in common with the sign, unordered and few. */
  sharing(sign: Sign, values: readonly ObservableValue[]): Promise<readonly Shared[]>;
  /** Values confirmed as part of an incident, the newest first. */
  confirmedIn(incident: IncidentId): Promise<readonly Observable[]>;
  /** Values that an incident's text and signs name, in the order of first sight, at most 500. */
  sightingsIn(
    incident: IncidentId,
  ): Promise<readonly (ObservableValue & { readonly entry: number | null })[]>;
  /** The first event of a sign as it came, as text; `undefined` when none is kept. */
  firstOriginal(sign: SignId): Promise<string | undefined>;
  signsOf(incident: IncidentId): Promise<readonly QueuedSign[]>;
  /** Other things in which these values were seen, the newest first and few for each value. */
  seenIn(values: readonly ObservableValue[], except: string): Promise<readonly SeenIn[]>;
}

/** A value seen in more signs than this ties nothing to nothing; of incidents the newest so many are told. */
export const SEEN_IN_MAX = 20;

/** Another thing in which a value was seen. */
export interface SeenIn {
  readonly value: ObservableValue;
  readonly thing: string;
  readonly kind: "incident" | "sign";
  readonly title: string;
  readonly code: string;
  readonly status: Incident["status"] | SignStatus;
  /** When it was last changed or seen, in UTC. */
  readonly at: string;
}
