import type { Briefing, Duty, Incident, IncidentId, Instant, PersonId, Shift, ShiftId } from "@jumpkit/core";

/** An open incident with what was last said of where it stands. */
export interface BriefedIncident {
  readonly incident: Incident;
  readonly briefing: Briefing | undefined;
}

/** What rules ask about changes of shift, in the operation's transaction. */
export interface ShiftRecords {
  /** The shift, its row locked until the transaction ends. */
  shift(id: ShiftId): Promise<Shift | undefined>;
  /** What this person offers and nobody has answered; one's offers are made one after another. */
  waitingFrom(person: PersonId): Promise<Shift | undefined>;
  /** Open incidents, oldest first; at most `limit`. */
  briefed(limit: number): Promise<readonly BriefedIncident[]>;
  /** Those of these incidents that are open, locked until the transaction ends. */
  stillOpen(incidents: readonly IncidentId[]): Promise<readonly Incident[]>;
  /** Who is on duty at a moment, and who will be. */
  roster(now: Instant): Promise<readonly Duty[]>;
}

/** What queries read of changes of shift. */
export interface ShiftReading {
  /** Open incidents, oldest first; at most `limit`. */
  briefed(limit: number): Promise<readonly BriefedIncident[]>;
  /** Offers that nobody has answered, newest first. */
  waiting(): Promise<readonly Shift[]>;
  /** The latest that was taken over. */
  lastTaken(): Promise<Shift | undefined>;
}
