import type { GrantId, IncidentGrant, IncidentId, PersonId } from "@jumpkit/core";

/** What rules ask about the grants of coordinating teams. */
export interface GrantRecords {
  /** Grants on an incident that are in force, oldest first. */
  activeOn(incident: IncidentId): Promise<readonly IncidentGrant[]>;
  /** The grant, its row locked until the transaction ends. */
  grant(id: GrantId): Promise<IncidentGrant | undefined>;
  /** The grant by which a person may read and advise on an incident now. */
  heldBy(person: PersonId, incident: IncidentId): Promise<IncidentGrant | undefined>;
}

/** What queries read of the grants of coordinating teams. */
export interface GrantReading {
  /** The incidents that a person may read and advise on now, by the teams they are a member of. */
  incidentsOf(person: PersonId): Promise<readonly IncidentId[]>;
  /** Every grant on an incident, ended ones too, oldest first. */
  on(incident: IncidentId): Promise<readonly IncidentGrant[]>;
}
