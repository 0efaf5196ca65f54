import type { ActionId, BreakGlass, BreakGlassId, IncidentId, PersonId } from "@jumpkit/core";

/** What rules ask about broken glass, in the operation's transaction. */
export interface BreakGlassRecords {
  /** One breaking, its row locked until the transaction ends. */
  breakGlass(id: BreakGlassId): Promise<BreakGlass | undefined>;
  /** What this person may do now because they broke the glass for it. */
  brokenBy(person: PersonId, action: ActionId): Promise<readonly BreakGlass[]>;
  /** What nobody has reviewed yet of an incident, oldest first. */
  unreviewedOf(incident: IncidentId): Promise<readonly BreakGlass[]>;
}

/** What queries read of broken glass. */
export interface BreakGlassReading {
  /** What nobody has reviewed yet, oldest first. */
  unreviewed(): Promise<readonly BreakGlass[]>;
  unreviewedOf(incident: IncidentId): Promise<readonly BreakGlass[]>;
}
