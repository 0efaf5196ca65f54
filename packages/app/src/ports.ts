import type {
  ActionId,
  Actor,
  AnyFact,
  Attachment,
  BorrowedRole,
  EvidenceId,
  EvidenceItem,
  FormLoad,
  Incident,
  IncidentId,
  Instant,
  MasterCopy,
  MasterCopyId,
  OrganisationId,
  OthersInOffice,
  PendingHandOver,
  Person,
  PersonId,
  PolicyVersion,
  ReplyId,
  Report,
  ReportId,
  Result,
  Role,
  SessionId,
  Sign,
  SignId,
  TicketId,
  TokenId,
  TokenScope,
  UploadId,
} from "@jumpkit/core";
import type * as z from "zod";
import type { ApprovalEffect, ApprovalRecords } from "./approval-ports.ts";
import type { BreakGlassRecords } from "./breakglass-ports.ts";
import type { ContactRecords, ScopeRecords } from "./contact-ports.ts";
import type { ConnectorEffect, ContainRecords } from "./contain-ports.ts";
import type { AdvisoryRecords } from "./coordinate/advisory-ports.ts";
import type { MailEffect, NotificationRecords } from "./coordinate/notification-ports.ts";
import type { ReplyRecords } from "./coordinate/reply-ports.ts";
import type { ShiftRecords } from "./coordinate/shift-ports.ts";
import type { DelegationRecords } from "./delegation-ports.ts";
import type { IntakeEffect, IntakeRecords } from "./detect/intake-ports.ts";
import type { GrantRecords } from "./grant-ports.ts";
import type { JsonObject } from "./json.ts";
import type { LearningRecords } from "./learn/ports.ts";
import type { MasterCopyRecords } from "./master-copy-ports.ts";
import type { Trying } from "./operation.ts";
import type { PolicyRecords } from "./policy-ports.ts";
import type { AccountEffect, AccountRecords } from "./prepare/account-ports.ts";
import type { PlaybookRecords } from "./prepare/playbook/ports.ts";
import type { SignedIn } from "./prepare/second-factor-ports.ts";
import type { SetUpInput, StrengthView } from "./prepare/sign-in.ts";
import type { RecoveryRecords } from "./recover/ports.ts";
import type { Refusal } from "./refusals.ts";
import type { RegisterRecords } from "./register-ports.ts";
import type { ReturningRecords } from "./returning-ports.ts";
import type { TriageRecords } from "./triage-ports.ts";

/** The signed-in person on whose behalf something is asked, as the record says they are now. */
export interface Viewer extends Actor {
  readonly organisation: OrganisationId;
  readonly zone: string;
  /** Everything they may act as now: the roles given to them and those lent to them. */
  readonly roles: readonly Role[];
  /** Of these, what they have only because others lend it. */
  readonly borrowed?: readonly BorrowedRole[];
  /** The session they came with, and when they last proved in it who they are. */
  readonly session?: { readonly id: SessionId; readonly provedAt: Instant };
  /** The token that a program came with instead: it may do what its owner may now *and* it was made for. */
  readonly token?: { readonly id: TokenId; readonly name: string; readonly scopes: readonly TokenScope[] };
}

/** The answer to *may they*: the rule that decided, and who may when they may not. */
export interface Permission {
  readonly allowed: boolean;
  /** Digest of the policy asked; `bootstrap` before any was adopted. */
  readonly policy: string;
  /** Rule that allowed, or the empty text. */
  readonly rule: string;
  readonly clause: string;
  /** Roles that may do it at once. */
  readonly whoMay: readonly Role[];
  /** Roles whose consent would let this person do it; empty when no consent helps. */
  readonly approvers: readonly Role[];
  /** How many different people of those roles have to consent. */
  readonly persons: number;
  /** Whether this person may break the glass for it, where they need consent. */
  readonly breakable: boolean;
  /** Whether it is the token that falls short, whatever the policy says. */
  readonly outOfScope?: boolean;
}

/** What the policy is told beside who asks for what: facts computed from the record, never from a request. */
export interface Given {
  /** The roles that each person who consented holds now; one row for each different person. */
  readonly consents?: readonly (readonly Role[])[];
  /** Whether they broke the glass for this action, in the incident that it is about. */
  readonly brokenGlass?: boolean;
}

/** Who may do what, by the policy in force. An error on the way is a denial, never a permission. */
export interface Authority {
  permits(viewer: Viewer, action: ActionId, given?: Given): Promise<Permission>;
}

/** Where an appended entry came to stand. */
export interface Recorded {
  readonly seq: number;
  readonly incidentSeq: number | null;
  readonly recordedAt: Instant;
}

/** The log as an operation sees it: it can only grow. */
export interface Log {
  /**
   * Appends facts in the order given and projects them into the tables, in the running transaction.
   *
   * Call it last: it takes the lock on the log's head, which every other writer waits for.
   */
  append(
    facts: readonly AnyFact[],
    by: Actor,
    authority: { policy: string; rule: string } | undefined,
  ): Promise<readonly Recorded[]>;
}

/** What rules ask about the state of things, read in the operation's transaction. */
export interface Records extends AccountRecords, IntakeRecords {
  readonly triage: TriageRecords;
  /** The incident, its row locked until the transaction ends. */
  incident(id: IncidentId): Promise<Incident | undefined>;
  /** The item with its incident, both rows locked, the incident first. */
  item(id: EvidenceId): Promise<EvidenceItem | undefined>;
  /** Unanswered hand-overs of the incident's evidence, oldest first. */
  pendingHandOvers(incident: IncidentId): Promise<readonly PendingHandOver[]>;
  person(id: PersonId): Promise<Person | undefined>;
  signInNameTaken(name: string): Promise<boolean>;
  /** How many active people other than `except` hold the offices that must not be left empty. */
  othersInOffice(except: PersonId): Promise<OthersInOffice>;
  policyInForce(): Promise<PolicyVersion | undefined>;
  /** Type of the entry at a place of an incident's log. */
  entryTypeAt(incident: IncidentId, incidentSeq: number): Promise<string | undefined>;
  /**
   * The next incident number of a year, counted from 1; two operations never get the same.
   *
   * @param played  whether it is counted among the incidents of exercises, which have numbers of their own
   */
  nextIncidentNumber(year: number, played: boolean): Promise<number>;
  codePrefix(): Promise<string>;
  /** The next item number of an incident, counted from 1. */
  nextItemNumber(incident: IncidentId): Promise<number>;
  readonly register: RegisterRecords;
  /** A finished upload for this incident, report or reply that nothing has claimed. */
  upload(id: UploadId, keptFor: Keeper): Promise<Upload | undefined>;
  /** The report, its row locked until the transaction ends. */
  report(id: ReportId): Promise<Report | undefined>;
  /** The next report number of a year, counted from 1. */
  nextReportNumber(year: number): Promise<number>;
  /** What the form without an account has taken lately. */
  formLoad(): Promise<FormLoad>;
  /** The incident that a sign became part of, or `null` while it has not. */
  incidentOfSign(sign: SignId): Promise<IncidentId | null>;
  readonly contacts: ContactRecords;
  readonly scope: ScopeRecords;
  readonly grants: GrantRecords;
  readonly approvals: ApprovalRecords;
  readonly delegations: DelegationRecords;
  readonly shifts: ShiftRecords;
  readonly breakGlass: BreakGlassRecords;
  readonly policy: PolicyRecords;
  readonly recovery: RecoveryRecords;
  readonly playbooks: PlaybookRecords;
  readonly contain: ContainRecords;
  readonly returning: ReturningRecords;
  readonly learning: LearningRecords;
  readonly notifications: NotificationRecords;
  readonly replies: ReplyRecords;
  readonly advisories: AdvisoryRecords;
  readonly masterCopies: MasterCopyRecords;
}

/** What a file is kept for, and so whose key it is encrypted under. */
export type Keeper = IncidentId | ReportId | ReplyId | MasterCopyId;

/** Bytes that arrived, hashed and safe on disk, waiting for an item to claim them. */
export interface Upload {
  readonly id: UploadId;
  readonly keptFor: Keeper;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly name: string;
}

/** What may change beside the record: operational tables that are never entries and never exported. */
export type Effect =
  | AccountEffect
  | IntakeEffect
  | ApprovalEffect
  | ConnectorEffect
  | MailEffect
  | {
      readonly kind: "invitation";
      readonly person: PersonId;
      readonly secretSha256: string;
      readonly expiresAt: Instant;
    }
  | { readonly kind: "sessions_ended"; readonly person: PersonId }
  | {
      readonly kind: "upload_claimed";
      readonly upload: UploadId;
      readonly by: EvidenceId | ReportId | ReplyId | MasterCopyId;
    }
  /** A sign that did not come through a source: it stands in the queue from now on. */
  | { readonly kind: "sign_opened"; readonly sign: Sign }
  /** The secret that a reporter follows up with, as its digest. */
  | { readonly kind: "receipt"; readonly report: ReportId; readonly secretSha256: string }
  | { readonly kind: "form_used"; readonly bytes: number }
  | {
      readonly kind: "ticket";
      readonly ticket: TicketId;
      readonly person: PersonId;
      readonly grants:
        | { readonly what: "evidence"; readonly item: EvidenceId }
        | { readonly what: "case_file"; readonly incident: IncidentId; readonly through: number }
        | ({ readonly what: "reply"; readonly reply: ReplyId } & Attachment)
        | ({ readonly what: "master_copy"; readonly copy: MasterCopyId } & Attachment)
        | {
            readonly what: "attachment";
            readonly report: ReportId;
            readonly sha256: string;
            readonly sizeBytes: number;
            readonly name: string;
          };
      readonly expiresAt: Instant;
    };

/** One database transaction of one organisation. */
export interface Inside {
  readonly records: Records;
  readonly trying: Trying;
  readonly authority: Authority;
  readonly log: Log;
  apply(effects: readonly Effect[]): Promise<void>;
  /**
   * Claims an idempotency key for this person.
   *
   * @returns `new`; the stored reply when the same request was accepted before; `reused` when the key was
   *          spent on another request. A second request with the same key waits for the first to end.
   */
  claimKey(
    person: PersonId,
    key: string,
    requestDigest: string,
  ): Promise<"new" | "reused" | { reply: JsonObject }>;
  keepReply(person: PersonId, key: string, reply: JsonObject): Promise<void>;
}

/** The world outside the rules. */
export interface World {
  readonly clock: { now(): Instant };
  readonly random: { bytes(count: number): Uint8Array };
  sha256(text: string): string;
  /** Runs `work` in one transaction; it is rolled back when `work` throws or asks for it. */
  transaction<Value>(organisation: OrganisationId, work: (inside: Inside) => Promise<Value>): Promise<Value>;
  /** Signs the log's head and publishes the checkpoint outside the database, now. */
  publish(organisation: OrganisationId): Promise<void>;
  /** Records a denied attempt, at most one a person, action and minute. */
  recordDenial(viewer: Viewer, action: ActionId, thing: string, policy: string): Promise<void>;
}

/** The organisation and first person that a set-up link founds. */
export type Founding = Omit<z.output<typeof SetUpInput>, "token" | "passphrase"> & {
  /** Set where it is made up to show the product. */
  readonly demonstration?: true;
};

/** What a session keeps of where it came from, so that its owner recognises it. */
export interface Origin {
  /** What the browser calls itself, shortened. */
  readonly agent: string;
  readonly address: string;
}

/** Credentials, sessions and first links. A link that is spent, expired or unknown gives `undefined`. */
export interface Accounts {
  setUpNeeded(): Promise<boolean>;
  strength(passphrase: string, about: readonly string[]): Promise<z.output<typeof StrengthView>>;
  /** Founds an organisation and signs its first person in; gives the session's secret. */
  setUp(
    linkSecret: string,
    founding: Founding,
    passphrase: string,
    from: Origin,
  ): Promise<string | undefined>;
  /** Lets an invited person choose a passphrase and signs them in; gives the session's secret. */
  welcome(linkSecret: string, passphrase: string, from: Origin): Promise<string | undefined>;
  /** Words that a guesser of the invited person's passphrase would try first. */
  wordsAboutInvited(linkSecret: string): Promise<readonly string[]>;
  /** A session or a second step, or `undefined`: wrong name, wrong passphrase and inactive look the same. */
  signIn(signInName: string, passphrase: string, from: Origin): Promise<SignedIn | undefined>;
  viewer(sessionSecret: string): Promise<Viewer | undefined>;
  /** The owner of a token that works now, as the record says they are, bound to what the token was made for. */
  bearer(tokenSecret: string): Promise<Viewer | undefined>;
  /**
   * Whether this is the passphrase of the session's person; when it is, the session has a fresh proof.
   */
  prove(viewer: Viewer, passphrase: string): Promise<boolean>;
  signOut(sessionSecret: string): Promise<void>;
}

/** The codes that people without an account follow up with. */
export interface Receipts {
  /** The only organisation there is, or `undefined` when there are none or several. */
  onlyOrganisation(): Promise<OrganisationId | undefined>;
  organisationName(organisation: OrganisationId): Promise<string | undefined>;
  /** The report that a follow-up code belongs to, or `undefined`. */
  reportOf(code: string): Promise<{ organisation: OrganisationId; report: ReportId } | undefined>;
}

/** A file on its way out: never opened, rendered or guessed at by us. */
export interface Outgoing {
  readonly fileName: string;
  readonly mediaType: string;
  /** `undefined` when it is made while it is sent. */
  readonly sizeBytes: number | undefined;
  readonly sha256: string | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Where evidence and case files go in and out as bytes. */
export interface Files {
  /**
   * Takes a file in for an incident, report or reply: hashed while it flows, encrypted, and safe on disk when this resolves.
   *
   * @returns the upload; `upload.wrong_digest` when `announced` is not what arrived; `upload.too_large`
   */
  receive(
    viewer: Viewer,
    keptFor: Keeper,
    file: { readonly name: string; readonly announced: string | undefined; readonly limitBytes?: number },
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<Result<Upload, Refusal>>;
  /**
   * Takes in the manifest of a master copy, and reads it through: only then is it known which files stand in it.
   *
   * @returns the upload; `upload.wrong_digest`, `upload.too_large`, or `mastercopy.unsound` with what is wrong
   */
  receiveManifest(
    viewer: Viewer,
    copy: MasterCopy,
    name: string,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<Result<Upload, Refusal>>;
  /** The bytes of a report's attachment once more, as an upload for an incident that evidence can be made of. */
  copy(viewer: Viewer, report: ReportId, attachment: Attachment, to: IncidentId): Promise<Upload>;
  /** The file that a ticket of this viewer grants, or `undefined` when it grants nothing (any more). */
  redeem(viewer: Viewer, ticket: TicketId): Promise<Outgoing | undefined>;
}

/** The organisation of a change that may have been anywhere: news was missed, so look at everything again. */
export const EVERY_ORGANISATION = "*";

/** Something changed in an organisation: `incident:inc_…`, `people:` or `policy:`. */
export interface Change {
  readonly organisation: string;
  readonly topics: readonly string[];
}

/** What somebody looks at now in one of their tabs: an incident or a sign, or nothing any more. */
export interface Looking {
  readonly organisation: string;
  readonly person: string;
  readonly name: string;
  readonly tab: string;
  readonly thing: string | null;
}

/** Tells of changes after they are committed, whichever server made them. */
export interface Changes {
  /** @returns the way to stop listening */
  subscribe(listener: (change: Change) => void): () => void;
  /** Tells every server what somebody looks at. It is stored nowhere, and lost where nobody listens. */
  look(looking: Looking): Promise<void>;
  /** @returns the way to stop listening */
  onLook(listener: (looking: Looking) => void): () => void;
}
