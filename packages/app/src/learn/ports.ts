import type {
  Charged,
  Collected,
  Course,
  DeliveryOutcome,
  Exercise,
  ExerciseId,
  ExerciseState,
  FollowupTemplate,
  Improvement,
  ImprovementId,
  Incident,
  IncidentId,
  Ledger,
  Rate,
  Review,
} from "@jumpkit/core";

/** What rules and queries both ask about what was learnt. */
export interface LearningSeen {
  /** The review of an incident; one without anything in it while nobody said anything. */
  review(incident: IncidentId): Promise<Review>;
  /** The improvements that an incident gave rise to, the first proposed first; at most 500. */
  improvementsOf(incident: IncidentId): Promise<readonly Improvement[]>;
  /** What an incident cost; one without anything in it while nobody said anything. */
  ledger(incident: IncidentId): Promise<Ledger>;
  /** The prices of an hour by name and then by the day they hold from; at most 2,000. */
  rates(): Promise<readonly Rate[]>;
}

/** What rules ask; the improvement is locked until the transaction ends, its incident's row before its own. */
export interface LearningRecords extends LearningSeen {
  improvement(id: ImprovementId): Promise<Improvement | undefined>;
  /** The exercise, locked until the transaction ends, the incident that it began with before it. */
  exercise(id: ExerciseId): Promise<Exercise | undefined>;
}

/** What was released in an exercise to somebody outside, and would have left. */
export interface ReleasedInExercise {
  readonly incident: IncidentId;
  readonly code: string;
  readonly name: string;
  readonly channel: string;
  readonly address: string;
  readonly subject: string;
  readonly message: string;
  readonly at: string;
  readonly by: string;
  readonly outcome: DeliveryOutcome | null;
}

/** An improvement with the incident that it comes from. */
export interface ImprovementRow {
  readonly improvement: Improvement;
  readonly code: string;
}

/** What queries read. */
export interface LearningReading extends LearningSeen {
  /** Improvements in one of the states, by the day they are due and then by id; at most 500. */
  improvements(states: readonly Improvement["state"][]): Promise<readonly ImprovementRow[]>;
  /** Major incidents, and others with a planned review, whose review was not held; at most 200, newest first. */
  unreviewed(): Promise<readonly { readonly incident: Incident; readonly review: Review }[]>;
  /** How follow-up reports are arranged. */
  followup(): Promise<FollowupTemplate>;
  /** SHA-256 over the leaf hashes of the entries that a report tells of in their order, in hexadecimal digits. */
  recordDigest(incident: IncidentId): Promise<string>;
  /** Ledgers that costs stand in, with their incidents, newest first; at most 5,000. */
  charged(): Promise<readonly Charged[]>;
  exercise(id: ExerciseId): Promise<Exercise | undefined>;
  /** Exercises in one of the states, in any when none is given; the last planned for first, at most 500. */
  exercises(states: readonly ExerciseState[]): Promise<readonly Exercise[]>;
  /** The incidents that are played in an exercise, the first reported first. */
  incidentsOf(exercise: ExerciseId): Promise<readonly Incident[]>;
  /** What was released last to each recipient in an exercise, newest first; at most 500. */
  released(exercise: ExerciseId): Promise<readonly ReleasedInExercise[]>;
  /** What the organisation collects of its incidents. */
  collected(): Promise<Collected>;
  /**
   * Real incidents reported from the one day to the other in UTC, newest first, with what their measures follow from;
   * at most 5,000. Who worked when is read for `hours` alone: that is the dear part of it.
   */
  courses(from: string, to: string, hours: boolean): Promise<readonly Course[]>;
}
