import type {
  CallSheet,
  Contact,
  ContactId,
  ContactRole,
  Duty,
  DutyId,
  IncidentId,
  Instant,
  PersonId,
  ScopeElement,
  ScopeId,
} from "@jumpkit/core";
import type { Page } from "./reading.ts";
import type { RegisterFilter } from "./register-ports.ts";

/** What rules ask about contacts and duty; whatever is asked for by id is locked until the transaction ends. */
export interface ContactRecords {
  contact(id: ContactId): Promise<Contact | undefined>;
  /** Active contacts that bear one of these names, compared without case. */
  contactsNamed(names: readonly string[]): Promise<readonly Contact[]>;
  duty(id: DutyId): Promise<Duty | undefined>;
  contactCount(): Promise<number>;
}

/** What rules ask about the scope of incidents. */
export interface ScopeRecords {
  of(incident: IncidentId): Promise<readonly ScopeElement[]>;
  /** The element with its incident's row locked. */
  element(id: ScopeId): Promise<ScopeElement | undefined>;
}

/** Which contacts to list, in the order in which they are called. */
export interface ContactFilter extends RegisterFilter {
  readonly role: readonly ContactRole[];
  /** An address, domain or AS number that they answer for; empty for all. */
  readonly answersFor: string;
}

/** What queries read of contacts, duty and scope. */
export interface ContactReading {
  contacts(filter: ContactFilter): Promise<Page<Contact>>;
  contact(id: ContactId): Promise<Contact | undefined>;
  /** Duties that end after a moment, in the order in which they begin; at most 500. */
  duties(after: Instant): Promise<readonly Duty[]>;
  callSheetOf(person: PersonId): Promise<CallSheet | undefined>;
  /** Place in the log of the latest entry about any contact; 0 when there is none. */
  contactsSeq(): Promise<number>;
  scopeOf(incident: IncidentId): Promise<readonly ScopeElement[]>;
}
