import type {
  ActionId,
  AdvisoryRefusal,
  BackupRefusal,
  BreakGlassRefusal,
  CardRefusal,
  ChecklistRefusal,
  ConnectorRefusal,
  CorrectionRefusal,
  CostRefusal,
  CredentialRefusal,
  CustodyRefusal,
  DelegationRefusal,
  DraftRefusal,
  DutyRefusal,
  ExerciseRefusal,
  GrantRefusal,
  IdentityRefusal,
  ImportRefusal,
  ImprovementRefusal,
  IncidentId,
  IncidentRefusal,
  IsolationRefusal,
  MasterCopyRefusal,
  NoteRefusal,
  NotificationRefusal,
  ObservableRefusal,
  PersonRefusal,
  PlaybookRefusal,
  RecoveryRefusal,
  RegisterRefusal,
  ReplyRefusal,
  ReportRefusal,
  ResetRefusal,
  RestorePointRefusal,
  ReviewRefusal,
  Role,
  ScopeRefusal,
  SealedRefusal,
  ShiftRefusal,
  SignedRefusal,
  SourceRefusal,
  SpareRefusal,
  TokenRefusal,
  TokenScope,
  TriageRefusal,
} from "@jumpkit/core";
import { CONNECTOR_REFUSALS } from "./contain/refusals.ts";
import { ADVISORY_REFUSALS } from "./coordinate/advisory-refusals.ts";
import { NOTIFICATION_REFUSALS } from "./coordinate/notification-refusals.ts";
import { REPLY_REFUSALS } from "./coordinate/reply-refusals.ts";
import { EXERCISE_REFUSALS } from "./learn/exercise/refusals.ts";
import { LEARN_REFUSALS } from "./learn/refusals.ts";
import { MASTER_COPY_REFUSALS } from "./prepare/master-copy/refusals.ts";
import { PLAYBOOK_REFUSALS } from "./prepare/playbook/refusals.ts";
import { RECOVERY_REFUSALS } from "./recover/refusals.ts";

/** One thing that is wrong with a request: where, and what. */
export interface Complaint {
  readonly path: string;
  readonly problem: string;
}

/** Refusals that every operation and query shares. */
export type DoorRefusal =
  | { readonly code: "request.malformed"; readonly complaints: readonly Complaint[] }
  | { readonly code: "request.key_missing" }
  | { readonly code: "request.key_reused" }
  | { readonly code: "request.too_large"; readonly limitBytes: number }
  | { readonly code: "request.unsupported_type" }
  | { readonly code: "request.foreign_origin" }
  | { readonly code: "request.unknown_host" }
  | { readonly code: "request.around_proxy" }
  | { readonly code: "request.too_many"; readonly retryAfterSeconds: number }
  | { readonly code: "thing.not_found" }
  | { readonly code: "session.missing" }
  | { readonly code: "session.wrong_credentials" }
  | { readonly code: "session.weak_passphrase"; readonly score: number; readonly warning: string }
  | { readonly code: "session.token_spent" }
  | { readonly code: "session.wrong_code" }
  | { readonly code: "session.step_ended" }
  | { readonly code: "passkey.not_here" }
  | { readonly code: "passkey.rejected" }
  | { readonly code: "provider.none" }
  | { readonly code: "provider.away" }
  | { readonly code: "provider.rejected" }
  | { readonly code: "token.not_for_this" }
  | { readonly code: "token.out_of_scope"; readonly scope: TokenScope | ActionId }
  | {
      readonly code: "authority.forbidden";
      readonly action: ActionId;
      readonly whoMay: readonly Role[];
      readonly clause: string;
    }
  | {
      readonly code: "authority.needs_approval";
      readonly action: ActionId;
      readonly approvers: readonly Role[];
      readonly persons: number;
      readonly breakable: boolean;
      /** The incident that the act is about, where it is about one. */
      readonly incident: IncidentId | null;
      readonly clause: string;
    }
  | { readonly code: "policy.none_in_force"; readonly action: ActionId }
  | { readonly code: "evidence.no_such_upload" }
  | { readonly code: "upload.wrong_digest"; readonly sha256: string }
  | { readonly code: "upload.aborted" }
  | { readonly code: "upload.too_large"; readonly limitBytes: number }
  | { readonly code: "mastercopy.unsound"; readonly why: string }
  | { readonly code: "batch.moved_on" }
  | { readonly code: "batch.empty" }
  | { readonly code: "batch.too_large"; readonly limitBytes: number }
  | { readonly code: "batch.broken_compression" }
  | { readonly code: "batch.expands_too_far"; readonly limitRatio: number }
  | { readonly code: "unread.empty" }
  | { readonly code: "paper.not_made"; readonly reason: string }
  | { readonly code: "storage.full" }
  | { readonly code: "database.unavailable" }
  | { readonly code: "server.fault"; readonly reference: string };

/** Everything the product can say no with. */
export type Refusal =
  | DoorRefusal
  | NoteRefusal
  | CorrectionRefusal
  | PersonRefusal
  | DraftRefusal
  | CardRefusal
  | BreakGlassRefusal
  | DelegationRefusal
  | ImportRefusal
  | DutyRefusal
  | ShiftRefusal
  | GrantRefusal
  | ScopeRefusal
  | RecoveryRefusal
  | NotificationRefusal
  | ReplyRefusal
  | AdvisoryRefusal
  | PlaybookRefusal
  | ChecklistRefusal
  | RegisterRefusal
  | CredentialRefusal
  | IdentityRefusal
  | TokenRefusal
  | SourceRefusal
  | IncidentRefusal
  | IsolationRefusal
  | ConnectorRefusal
  | BackupRefusal
  | MasterCopyRefusal
  | SealedRefusal
  | SignedRefusal
  | RestorePointRefusal
  | ResetRefusal
  | ReviewRefusal
  | ImprovementRefusal
  | CostRefusal
  | ExerciseRefusal
  | SpareRefusal
  | TriageRefusal
  | ObservableRefusal
  | ReportRefusal
  | CustodyRefusal;

export type RefusalCode = Refusal["code"];

/** How one refusal is told: its HTTP status, what happened, and what to do next. */
export interface RefusalRow {
  readonly status: number;
  readonly message: string;
  readonly next: string;
}

/** One row for every code; a missing row does not compile. */
export const REFUSALS: { readonly [Code in RefusalCode]: RefusalRow } = {
  ...CONNECTOR_REFUSALS,
  ...RECOVERY_REFUSALS,
  ...LEARN_REFUSALS,
  ...EXERCISE_REFUSALS,
  ...NOTIFICATION_REFUSALS,
  ...REPLY_REFUSALS,
  ...ADVISORY_REFUSALS,
  ...MASTER_COPY_REFUSALS,
  ...PLAYBOOK_REFUSALS,
  "request.malformed": {
    status: 400,
    message: "The request does not fit what this operation takes.",
    next: "Mend the fields named in details and send it again.",
  },
  "request.key_missing": {
    status: 400,
    message: "Every change needs an Idempotency-Key header of 8 to 200 visible characters.",
    next: "Send one that is new for each change, such as a UUID; repeat it only to repeat the same change.",
  },
  "request.key_reused": {
    status: 409,
    message: "This Idempotency-Key was already used for another request.",
    next: "Send the change again with a new key.",
  },
  "request.too_large": {
    status: 413,
    message: "The request is larger than this route takes.",
    next: "Send less at once; files go to the upload route.",
  },
  "request.unsupported_type": {
    status: 415,
    message: "The body's media type is not one this route reads.",
    next: "Send application/json, or application/octet-stream to the upload route.",
  },
  "request.foreign_origin": {
    status: 403,
    message: "The request came from a page of another origin.",
    next: "Use the pages that this server serves, or a command-line client.",
  },
  "request.unknown_host": {
    status: 421,
    message: "This server does not answer to the name that the request asks for.",
    next: "Use the address it was started with; whoever runs it can name another one in PUBLIC_URL.",
  },
  "request.around_proxy": {
    status: 403,
    message: "This server talks only to the proxy in front of it.",
    next: "Use the public address.",
  },
  "request.too_many": {
    status: 429,
    message: "Too many attempts in a short time.",
    next: "Wait the seconds named in Retry-After and try again.",
  },
  "thing.not_found": {
    status: 404,
    message: "There is no such thing, or it is not yours to see.",
    next: "Check the id, or ask whoever gave it to you.",
  },
  "session.missing": {
    status: 401,
    message: "Nobody is signed in.",
    next: "Sign in and send the request again.",
  },
  "session.wrong_credentials": {
    status: 401,
    message: "Name and passphrase do not go together.",
    next: "Try again, or ask an administrator for a new invitation.",
  },
  "session.weak_passphrase": {
    status: 422,
    message: "This passphrase is too easy to guess.",
    next: "Use several unrelated words, or more characters.",
  },
  "session.token_spent": {
    status: 410,
    message: "This link was used already, has expired, or never existed.",
    next: "Ask an administrator for a new one; on first start, restart the server to get a new set-up link.",
  },
  "session.proof_needed": {
    status: 403,
    message: "Changing how you sign in needs a fresh proof that it is you.",
    next: "Give your passphrase or second factor again, and repeat this within ten minutes.",
  },
  "session.wrong_code": {
    status: 401,
    message: "This code is not right, or was used already.",
    next: "Wait for the next code of your authenticator, or use a recovery code.",
  },
  "session.step_ended": {
    status: 410,
    message: "This step of signing in has ended.",
    next: "Begin again with name and passphrase.",
  },
  "factor.not_checked": {
    status: 409,
    message: "No code of the new authenticator was checked in the last ten minutes.",
    next: "Type the code that it shows first.",
  },
  "factor.none": {
    status: 409,
    message: "You have no second factor.",
    next: "Nothing is left to do.",
  },
  "passkey.not_here": {
    status: 422,
    message: "Browsers keep passkeys for host names, and this page was opened by its address.",
    next: "Open it as http://localhost, or by the public name.",
  },
  "passkey.rejected": {
    status: 422,
    message: "The passkey's answer does not hold.",
    next: "Begin again, with a passkey that belongs to this server.",
  },
  "passkey.too_many": {
    status: 409,
    message: "You have as many passkeys as one person can have.",
    next: "Remove those that you use no more.",
  },
  "identity.too_many": {
    status: 409,
    message: "You have as many accounts linked as one person can have.",
    next: "Remove those that you use no more.",
  },
  "provider.none": {
    status: 404,
    message: "This server knows no provider to sign in with.",
    next: "Sign in with your passphrase.",
  },
  "provider.away": {
    status: 503,
    message: "The provider does not answer as it should.",
    next: "Sign in with your passphrase, or try again later.",
  },
  "provider.rejected": {
    status: 422,
    message: "What came back from the provider opens nothing here.",
    next: "Begin again, or sign in with your passphrase and link your account on your own page.",
  },
  "token.not_for_this": {
    status: 403,
    message: "No token can do this: it concerns how a person signs in, or what they confirm for themselves.",
    next: "Sign in and do it yourself.",
  },
  "token.out_of_scope": {
    status: 403,
    message: "The token was not made for this.",
    next: "Make a token with the scope named in details, if you mean it to do this.",
  },
  "token.name_taken": {
    status: 409,
    message: "You have a token of this name already.",
    next: "Choose a name that says what the token is for, or revoke the other one.",
  },
  "token.too_many": {
    status: 409,
    message: "You have as many tokens as one person can have.",
    next: "Revoke those that nothing uses any more.",
  },
  "authority.forbidden": {
    status: 403,
    message: "The response policy does not permit you to do this.",
    next: "Ask somebody with one of the roles named in details.",
  },
  "authority.needs_approval": {
    status: 403,
    message: "The response policy lets you do this only with somebody's consent.",
    next: "Ask for it with approval.request, or ask somebody with one of the roles named in details to do it.",
  },
  "approval.not_needed": {
    status: 409,
    message: "The response policy lets you do this at once; nobody has to consent.",
    next: "Do it.",
  },
  "approval.too_large": {
    status: 413,
    message: "This act has more parameters than somebody could read before consenting.",
    next: "Do it in smaller parts, and ask for each.",
  },
  "approval.already_asked": {
    status: 409,
    message: "You have asked for exactly this already, and it can still be decided or used.",
    next: "Wait for the request that details name, or withdraw it first.",
  },
  "approval.ended": {
    status: 409,
    message: "This request is over: it was refused, withdrawn or used, or its time ran out.",
    next: "Ask again if it is still wanted.",
  },
  "approval.own": {
    status: 403,
    message: "Nobody consents to what they asked for themselves.",
    next: "Ask somebody else with one of the roles that the policy names.",
  },
  "approval.not_for_you": {
    status: 403,
    message: "The policy asks for the consent of other roles than yours.",
    next: "Tell somebody with one of the roles named in details.",
  },
  "approval.given_already": {
    status: 409,
    message: "You have consented to this already; each person counts once.",
    next: "Another person has to consent where the policy asks for two.",
  },
  "approval.not_yours": {
    status: 403,
    message: "Only whoever asked may take a request back or use it.",
    next: "Ask them to.",
  },
  "approval.waiting": {
    status: 409,
    message: "Not everybody has consented yet whose consent the policy asks for.",
    next: "Wait, or phone somebody with one of the roles asked for.",
  },
  "breakglass.not_possible": {
    status: 403,
    message: "The response policy does not let you break the glass for this.",
    next: "Ask somebody who may do it, or for their consent.",
  },
  "breakglass.not_needed": {
    status: 409,
    message: "You may do this at once; there is no glass to break.",
    next: "Do it.",
  },
  "breakglass.open_already": {
    status: 409,
    message: "You broke the glass for this in this incident already, and it lasts still.",
    next: "Do what has to be done before the time in details.",
  },
  "breakglass.own": {
    status: 403,
    message: "Nobody reviews what they did themselves.",
    next: "Ask somebody else who may review it.",
  },
  "breakglass.reviewed_already": {
    status: 409,
    message: "This has been reviewed.",
    next: "Write what is to be added into the handling log.",
  },
  "authority.to_oneself": {
    status: 409,
    message: "Nobody stands in for themselves.",
    next: "Name somebody else.",
  },
  "authority.not_held": {
    status: 409,
    message:
      "They do not hold this role by themselves, so they cannot lend it: a borrowed role is not lent on.",
    next: "Let whoever holds it lend it.",
  },
  "authority.held_already": {
    status: 409,
    message: "They hold this role themselves; there is nothing to lend.",
    next: "Nothing has to be done.",
  },
  "authority.wrong_times": {
    status: 422,
    message: "A delegation ends after it begins and later than now, and lasts 92 days at most.",
    next: "Choose another end.",
  },
  "authority.lent_already": {
    status: 409,
    message: "This role is lent to them in that time already.",
    next: "End the other delegation first, or let this one begin after it.",
  },
  "authority.over": {
    status: 409,
    message: "This delegation is over.",
    next: "Nothing has to be done.",
  },
  "card.none": {
    status: 409,
    message: "They have no card of read-back codes, so nobody can tell over the telephone that it is them.",
    next: "Ask them to consent on their page, or to print a card in their profile.",
  },
  "card.blocked": {
    status: 409,
    message: "Too many wrong codes were given for this card, so it is no good any more.",
    next: "Ask them to consent on their page, and to print a new card.",
  },
  "approval.other_request": {
    status: 409,
    message: "Consent was given to something else: the act or one of its parameters has changed.",
    next: "Do exactly what was approved, or ask for consent to this.",
  },
  "policy.none_in_force": {
    status: 403,
    message: "No response policy is in force, so nobody has authority yet.",
    next: "A manager reads the policy that ships and adopts it.",
  },
  "evidence.no_such_upload": {
    status: 409,
    message: "No finished upload with this id waits for an item of this incident.",
    next: "Upload the file again and use the id that the upload answers with.",
  },
  "upload.wrong_digest": {
    status: 422,
    message: "What arrived has another SHA-256 than was announced.",
    next: "Compare the file with its source and upload it again.",
  },
  "upload.too_large": {
    status: 413,
    message: "This file is larger than the server takes for this.",
    next: "Details say how much it takes. Keep the file elsewhere and say where.",
  },
  "upload.aborted": {
    status: 400,
    message: "The upload ended before all of it had arrived; nothing of it was kept.",
    next: "Send the file again.",
  },
  "paper.not_made": {
    status: 503,
    message: "The document could not be made.",
    next: "Try once more. Where it stays so, tell whoever runs this server what details says.",
  },
  "storage.full": {
    status: 507,
    message: "The disk is full; nothing of this upload was kept.",
    next: "Free space on the server's disk and upload again.",
  },
  "database.unavailable": {
    status: 503,
    message: "The database does not answer; nothing was changed unless an earlier reply said so.",
    next: "Send the same request with the same Idempotency-Key again in a moment.",
  },
  "server.fault": {
    status: 500,
    message: "Something broke on the server. The change was not made.",
    next: "Send it again; if it stays, give the reference in details to whoever runs the server.",
  },
  "log.needs_reason": {
    status: 422,
    message: "This is written more than a day after it happened.",
    next: "Say in whyLate why it is written late.",
  },
  "log.in_future": {
    status: 422,
    message: "This lies in the future by the server's clock.",
    next: "Check the time and its zone.",
  },
  "log.no_such_line": {
    status: 409,
    message: "The log has no line with this number.",
    next: "Correct a line that the log shows.",
  },
  "log.not_a_line": {
    status: 409,
    message: "That entry was written by the product, not by a person.",
    next: "Write a new line that says what is wrong with it.",
  },
  "person.sign_in_name_taken": {
    status: 409,
    message: "Somebody already signs in with this name.",
    next: "Choose another name.",
  },
  "person.stale": {
    status: 409,
    message: "Somebody changed this person meanwhile.",
    next: "Look at the new details and make your change again.",
  },
  "person.last_manager": {
    status: 409,
    message: "Nobody else would be left as manager.",
    next: "Make somebody else a manager first.",
  },
  "person.last_administrator": {
    status: 409,
    message: "Nobody else would be left as administrator.",
    next: "Make somebody else an administrator first.",
  },
  "person.already": {
    status: 409,
    message: "This person already has that status.",
    next: "Nothing is left to do.",
  },
  "policy.stale": {
    status: 409,
    message: "Another version of the policy came into force meanwhile.",
    next: "Compare with the version now in force and adopt again.",
  },
  "policy.row_twice": {
    status: 422,
    message: "The policy has two rows for one action.",
    next: "Keep one row for each action.",
  },
  "policy.absolute": {
    status: 422,
    message: "No policy can permit this action.",
    next: "Leave it forbidden to everyone.",
  },
  "policy.needs_two": {
    status: 409,
    message: "A policy is in force, and it takes two managers to replace it.",
    next: "Write a draft with policy.draft; another manager reads it and consents.",
  },
  "policy.no_draft": {
    status: 409,
    message: "There is no draft to decide on: none was written, or it was adopted or given up.",
    next: "Look at the policy again.",
  },
  "policy.draft_stale": {
    status: 409,
    message: "The draft has changed since you read it.",
    next: "Read it again; details name its revision.",
  },
  "policy.own_draft": {
    status: 403,
    message: "Whoever wrote a draft does not consent to it as well; two managers answer for a policy.",
    next: "Ask another manager. Where there is one only, make a second first.",
  },
  "policy.unbreakable": {
    status: 422,
    message:
      "No policy may let somebody break the glass for what is always forbidden, or makes or judges authority.",
    next: "Take the mark off the row that details name.",
  },
  "policy.nobody_may_change_it": {
    status: 422,
    message: "With this policy nobody could ever adopt another one.",
    next: "Permit at least one role to adopt a policy.",
  },
  "policy.not_in_force": {
    status: 409,
    message: "That version of the policy is not the one in force.",
    next: "Read the version in force and acknowledge that one.",
  },
  "policy.already_acknowledged": {
    status: 409,
    message: "You have acknowledged this version already.",
    next: "Nothing is left to do.",
  },
  "source.name_taken": {
    status: 409,
    message: "Another source has this name.",
    next: "Choose another name, or change that source.",
  },
  "source.stale": {
    status: 409,
    message: "Somebody changed this source meanwhile.",
    next: "Look at the source as it is now and make your change again.",
  },
  "source.retired": {
    status: 409,
    message: "This source is retired: nothing more is taken from it.",
    next: "Add a new source.",
  },
  "source.other_kind": {
    status: 422,
    message: "A source keeps the kind it was added with.",
    next: "Retire it and add one of the other kind.",
  },
  "source.needs_mapping": {
    status: 422,
    message: "A source of this kind needs a mapping: which of its fields is which of ours.",
    next: "Map at least the time, the rule and what the event is about.",
  },
  "source.takes_no_mapping": {
    status: 422,
    message: "A source of this kind is read as its product writes it and takes no mapping.",
    next: "Leave the mapping out.",
  },
  "batch.moved_on": {
    status: 409,
    message: "This part of the batch was worked off already.",
    next: "Nothing is left to do.",
  },
  "batch.empty": {
    status: 422,
    message: "The batch has no bytes.",
    next: "Send the file with its events.",
  },
  "batch.too_large": {
    status: 413,
    message: "The batch is larger than is taken at once; nothing of it was kept.",
    next: "Split it between records and send the parts one after the other.",
  },
  "batch.broken_compression": {
    status: 422,
    message: "The batch says it is compressed with gzip and cannot be unpacked; nothing of it was kept.",
    next: "Check the file with gzip -t and send it again.",
  },
  "batch.expands_too_far": {
    status: 422,
    message: "The batch unpacks to far more than any log does; nothing of it was kept.",
    next: "Unpack it yourself, look at it, and send what is sound.",
  },
  "unread.empty": {
    status: 409,
    message: "Nothing of this source is left unread.",
    next: "Nothing is left to do.",
  },
  "incident.wrong_status": {
    status: 409,
    message: "The incident is not in a status that allows this.",
    next: "See its status; a closed or dismissed incident can be reopened.",
  },
  "incident.stale": {
    status: 409,
    message: "Somebody changed the incident meanwhile.",
    next: "Look at the change and decide again.",
  },
  "incident.still_open": {
    status: 409,
    message: "The incident cannot be closed while questions are open.",
    next: "Settle what details lists, then close it.",
  },
  "incident.already_lead": {
    status: 409,
    message: "This person leads the incident already.",
    next: "Nothing is left to do.",
  },
  "sign.stale": {
    status: 409,
    message: "Somebody decided on this sign meanwhile.",
    next: "See in details who did what and when, and decide again if you still have to.",
  },
  "sign.wrong_status": {
    status: 409,
    message: "The sign is not where this decision could start.",
    next: "See in details where it stands; put it back into the queue first.",
  },
  "sign.snooze_time": {
    status: 422,
    message: "A sign can only be put off to a time ahead, at most a year away.",
    next: "Choose a later moment, or one before the latest that details name.",
  },
  "sign.incident_moved_on": {
    status: 409,
    message: "The incident cannot be taken back: something else happened in it.",
    next: "See why in details. Dismiss the incident itself, with its reason.",
  },
  "observable.not_recognised": {
    status: 422,
    message: "This is no value of a known kind: no address, name, digest, number or path.",
    next: "Give the value alone, defanged or not.",
  },
  "observable.already_confirmed": {
    status: 409,
    message: "The value is confirmed already, with all of this said of it.",
    next: "Nothing is left to do.",
  },
  "observable.not_confirmed": {
    status: 409,
    message: "The value is not confirmed in this incident.",
    next: "Look at its observables anew.",
  },
  "custody.not_holder": {
    status: 409,
    message: "You do not hold this item.",
    next: "Ask its custodian, named in details, to do this or to hand it over to you.",
  },
  "custody.to_oneself": {
    status: 422,
    message: "A hand-over needs two people.",
    next: "Choose another person as the receiver.",
  },
  "custody.wrong_state": {
    status: 409,
    message: "The item is not in a state that allows this.",
    next: "See its chain of custody; answer or withdraw an open hand-over first.",
  },
  "handover.already_offered": {
    status: 409,
    message: "The item is offered to somebody already.",
    next: "Withdraw that offer first.",
  },
  "handover.not_open": {
    status: 409,
    message: "No hand-over of this item waits for an answer.",
    next: "Look at its chain of custody: it was answered or withdrawn.",
  },
  "handover.not_yours": {
    status: 403,
    message: "This hand-over is offered to somebody else.",
    next: "Ask the custodian to offer it to you.",
  },
  "handover.stale": {
    status: 409,
    message: "The item was offered anew since you looked.",
    next: "Look at the new offer and answer that one.",
  },
  "evidence.no_content": {
    status: 409,
    message: "This item has no file: it is a physical thing.",
    next: "Go to where it is stored.",
  },
  "register.name_taken": {
    status: 409,
    message: "Another one in the register bears this name.",
    next: "Change the one that is there, or give this one a name of its own.",
  },
  "register.stale": {
    status: 409,
    message: "It was changed since you looked.",
    next: "Look at it again and repeat your change on what it says now.",
  },
  "register.retired": {
    status: 409,
    message: "It is retired: it stays on record and changes no more.",
    next: "Add it anew.",
  },
  "import.unreadable": {
    status: 422,
    message: "The file cannot be read.",
    next: "Mend it at the line named in details and send it again; nothing was changed.",
  },
  "report.form_full": {
    status: 429,
    message: "The form has taken all the reports it can for now.",
    next: "Telephone us, or try again in an hour.",
  },
  "report.too_long": {
    status: 409,
    message: "This report's thread has no room for more messages.",
    next: "Telephone, or send a new report that names this one's number.",
  },
  "report.no_such_attachment": {
    status: 409,
    message: "No attachment of this report has that digest.",
    next: "Look at the report's messages: each names its attachments with their digests.",
  },
  "duty.wrong_times": {
    status: 422,
    message: "A duty ends after it begins, and lasts a year at most.",
    next: "Correct from and until.",
  },
  "duty.cancelled": {
    status: 409,
    message: "This duty is off the roster already.",
    next: "Look at the roster again.",
  },
  "shift.to_oneself": {
    status: 409,
    message: "Nobody hands a shift over to themselves.",
    next: "Name whoever comes after you.",
  },
  "shift.offered_already": {
    status: 409,
    message: "You have offered this shift already, and nobody has answered.",
    next: "Take the other offer back first.",
  },
  "shift.not_briefed": {
    status: 409,
    message: "Open incidents lack a hypothesis and a next step of the last twelve hours.",
    next: "Say where each of the incidents stands, then offer the shift.",
  },
  "shift.too_many": {
    status: 409,
    message: "More than 200 incidents are open; a shift cannot be handed over card by card.",
    next: "Close or dismiss what is over.",
  },
  "shift.not_open": {
    status: 409,
    message: "This hand-over is over, or the incident is not in it.",
    next: "Look at the shift again.",
  },
  "shift.not_yours": {
    status: 403,
    message: "This is for the other of the two.",
    next: "Let them do it.",
  },
  "shift.not_understood": {
    status: 409,
    message: "Not every open incident of this shift is understood yet.",
    next: "Go through the cards that are left.",
  },
  "incident.already_with": {
    status: 409,
    message: "The incident is with this team already.",
    next: "Nothing is left to do, or choose another team.",
  },
  "incident.played": {
    status: 409,
    message: "This incident is played in an exercise, and the sign is real.",
    next: "Choose a real incident, or accept the sign as a new one.",
  },
  "scope.already_in": {
    status: 409,
    message: "It is in the scope of this incident already.",
    next: "Change how it stands with the element named in details.",
  },
  "scope.ruled_out": {
    status: 409,
    message: "It was ruled out of the scope.",
    next: "Take it into the scope again, with the reason.",
  },
  "scope.unchanged": {
    status: 409,
    message: "That is how it stands with it already.",
    next: "Write what else you found in the handling log.",
  },
  "grant.not_coordinating": {
    status: 409,
    message: "Only an active coordinating team can be let into an incident.",
    next: "Choose one, or say in the register that this team is one.",
  },
  "grant.already_given": {
    status: 409,
    message: "This team is let into the incident already.",
    next: "Nothing is left to do.",
  },
  "grant.ended": {
    status: 409,
    message: "This is over: the grant has ended, or the incident is closed.",
    next: "Ask the lead to let your team in again.",
  },
  "isolation.already": {
    status: 409,
    message: "This is to be cut off already, or is cut off.",
    next: "Go on with the isolation named in details.",
  },
  "isolation.wrong_state": {
    status: 409,
    message: "The isolation does not stand where this step could start.",
    next: "See in details where it stands. Nothing is written down as done before it was authorised.",
  },
  "isolation.review_time": {
    status: 422,
    message: "An isolation is looked at again at a time ahead, at most a year away.",
    next: "Choose a later moment, or one before the latest that details name.",
  },
  "isolation.before_authority": {
    status: 422,
    message: "It cannot have been cut off before that was authorised.",
    next: "Check the time; what was done without authority is written in the handling log as such.",
  },
  "isolation.in_future": {
    status: 422,
    message: "This lies in the future by the server's clock.",
    next: "Check the time and its zone.",
  },
  "isolation.through_gates": {
    status: 409,
    message: "This host is being recovered: it goes back on the network through its gates.",
    next: "Prove or waive what is missing in the recovery matrix, then reconnect it there.",
  },
  "isolation.being_run": {
    status: 409,
    message: "A connector is about to cut it off, or doing so now.",
    next: "Wait for its outcome. What it cut off is lifted then.",
  },
  "spare.in_use": {
    status: 409,
    message: "The spare stands in for another host now.",
    next: "Switch back first, or use another spare.",
  },
  "spare.not_in_use": {
    status: 409,
    message: "The spare stands in for nothing.",
    next: "Nothing is left to do.",
  },
  "spare.not_for_this": {
    status: 422,
    message: "The spare was not registered to stand in for this host.",
    next: "Say in the register that it can, once that was tried.",
  },
  "spare.host_not_cut": {
    status: 409,
    message: "The host that the spare is to stand in for is not cut off in this incident.",
    next: "Cut it off first and write that down, or say why it stays connected (notCut).",
  },
  "backup.in_future": {
    status: 422,
    message: "This lies in the future by the server's clock.",
    next: "Check the time and its zone.",
  },
  "backup.no_such_point": {
    status: 409,
    message: "The backup has no restore point of that time.",
    next: "Choose one that the list of backups shows.",
  },
  "restorepoint.unknown_host": {
    status: 422,
    message: "Neither the incident nor the register knows a host by this name.",
    next: "Take it over into recovery, or add it to the register; then choose its restore point.",
  },
  "restorepoint.needs_reason": {
    status: 422,
    message: "This restore point is not known to be from before the compromise.",
    next: "Say why it is taken all the same, or choose an older one.",
  },
  "restorepoint.not_scanned": {
    status: 409,
    message: "This restore point is from inside the time of compromise, and nobody has found it clean.",
    next: "Scan it and write down what was found, or choose an older one.",
  },
  "restorepoint.infected": {
    status: 409,
    message: "This restore point was found infected.",
    next: "Choose another one.",
  },
  "reset.already_listed": {
    status: 409,
    message: "This account of this host is on the list already.",
    next: "Go on with the one named in details.",
  },
  "reset.dropped": {
    status: 409,
    message: "This account was said to need no new password.",
    next: "Put it on the list again.",
  },
};
