import type {
  ActionId,
  AnyEntry,
  EvidenceId,
  EvidenceItem,
  FormLoad,
  Incident,
  IncidentId,
  IncidentStatus,
  Instant,
  PendingHandOver,
  Person,
  PersonId,
  PolicyVersion,
  Priority,
  ReportId,
} from "@jumpkit/core";
import type { ApprovalReading } from "./approval-ports.ts";
import type { BreakGlassReading } from "./breakglass-ports.ts";
import type { ContactReading } from "./contact-ports.ts";
import type { ContainReading } from "./contain-ports.ts";
import type { AdvisoryReading } from "./coordinate/advisory-ports.ts";
import type { NotificationReading } from "./coordinate/notification-ports.ts";
import type { ReplyReading } from "./coordinate/reply-ports.ts";
import type { ShiftReading } from "./coordinate/shift-ports.ts";
import type { DelegationReading } from "./delegation-ports.ts";
import type { ReportWithIncident } from "./detect/report-queries.ts";
import type { SourceReadings } from "./detect/source-reading.ts";
import type { GrantReading } from "./grant-ports.ts";
import type { LearningReading } from "./learn/ports.ts";
import type { MasterCopyReading } from "./master-copy-ports.ts";
import type { PolicyReading } from "./policy-ports.ts";
import type { Permission, Viewer } from "./ports.ts";
import type { AccountReading } from "./prepare/account-ports.ts";
import type { PlaybookReading } from "./prepare/playbook/ports.ts";
import type { RecoveryReading } from "./recover/ports.ts";
import type { RegisterReading } from "./register-ports.ts";
import type { ReturningReading } from "./returning-ports.ts";
import type { TriageReading } from "./triage-ports.ts";

/** A page of a list: at most `limit` rows, and where the next page starts. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** Which incidents to list, newest change first. */
export interface IncidentFilter {
  readonly status: readonly IncidentStatus[];
  readonly priority: readonly (Priority | "unrated")[];
  readonly text: string;
  /** Those that are played in exercises, or those that are real; never both. */
  readonly played: boolean;
  /** Only these; all of them when absent. */
  readonly among?: readonly IncidentId[];
  readonly after: string;
  readonly limit: number;
}

/** What queries read, in one snapshot of one organisation. */
export interface Reading extends AccountReading, SourceReadings {
  readonly triage: TriageReading;
  /** The moment at which it is read. */
  now(): Instant;
  permission(viewer: Viewer, action: ActionId): Promise<Permission>;
  organisation(): Promise<
    | {
        readonly name: string;
        readonly codePrefix: string;
        /** Whether it is made up to show the product. */
        readonly demonstration: boolean;
      }
    | undefined
  >;
  incident(id: IncidentId): Promise<Incident | undefined>;
  incidents(filter: IncidentFilter): Promise<Page<Incident>>;
  /** How many real incidents are open. */
  openIncidentCount(): Promise<number>;
  /** Entries of an incident's log after a place, oldest first; only those of `types`, where these are given. */
  entries(
    incident: IncidentId,
    after: number,
    limit: number,
    types?: readonly string[],
  ): Promise<readonly AnyEntry[]>;
  /** The last entry of an incident's log up to and with a place that was recorded by `by`. */
  entryAt(incident: IncidentId, place: number, by?: Instant): Promise<AnyEntry | undefined>;
  item(id: EvidenceId): Promise<EvidenceItem | undefined>;
  itemsOf(incident: IncidentId): Promise<readonly EvidenceItem[]>;
  /** All items, newest first. */
  items(after: string, limit: number, among?: readonly IncidentId[]): Promise<Page<EvidenceItem>>;
  /** Hand-overs offered to this person and not answered, oldest first. */
  handOversTo(person: PersonId): Promise<readonly PendingHandOver[]>;
  report(id: ReportId): Promise<ReportWithIncident | undefined>;
  /** Reports by people, newest first. */
  reports(filter: {
    readonly waiting: boolean;
    readonly after: string;
    readonly limit: number;
  }): Promise<Page<ReportWithIncident>>;
  /** How many reporters wrote last and wait for an answer. */
  reportsWaiting(): Promise<number>;
  /** What the form without an account has taken lately. */
  formLoad(): Promise<FormLoad>;
  people(): Promise<readonly Person[]>;
  person(id: PersonId): Promise<Person | undefined>;
  policyInForce(): Promise<PolicyVersion | undefined>;
  policies(): Promise<readonly PolicyVersion[]>;
  readonly register: RegisterReading;
  readonly contacts: ContactReading;
  readonly grants: GrantReading;
  readonly approvals: ApprovalReading;
  readonly breakGlass: BreakGlassReading;
  readonly delegations: DelegationReading;
  readonly shifts: ShiftReading;
  readonly policy: PolicyReading;
  readonly recovery: RecoveryReading;
  readonly playbooks: PlaybookReading;
  readonly contain: ContainReading;
  readonly returning: ReturningReading;
  readonly learning: LearningReading;
  readonly notifications: NotificationReading;
  readonly replies: ReplyReading;
  readonly advisories: AdvisoryReading;
  readonly masterCopies: MasterCopyReading;
  /** The latest checkpoint that was published outside the database, and the key it is signed with. */
  checkpoint(): Promise<{ readonly note: string; readonly vkey: string; readonly size: number }>;
}
