import { ISOLATION_ENTRIES } from "./contain/isolation/isolation.ts";
import { SPARE_ENTRIES } from "./contain/spare/spare.ts";
import { WATCH_ENTRIES } from "./contain/watch/watch.ts";
import { ADVISORY_ENTRIES } from "./coordinate/advisory/advisory.ts";
import { GRANT_ENTRIES } from "./coordinate/grant/grant.ts";
import { LETTERHEAD_ENTRIES } from "./coordinate/notification/letterhead.ts";
import { NOTIFICATION_ENTRIES } from "./coordinate/notification/notification.ts";
import { REPLY_ENTRIES } from "./coordinate/reply/reply.ts";
import { BRIEFING_ENTRIES } from "./coordinate/shift/briefing.ts";
import { SHIFT_ENTRIES } from "./coordinate/shift/shift.ts";
import { CHECKLIST_ENTRIES } from "./detect/checklist/checklist.ts";
import { INCIDENT_ENTRIES } from "./detect/incident/incident.ts";
import { OBSERVABLE_ENTRIES } from "./detect/observable/confirm.ts";
import { REPORT_ENTRIES } from "./detect/report/report.ts";
import { SCOPE_ENTRIES } from "./detect/scope/scope.ts";
import { SIGNS_ENTRIES } from "./detect/sign/received.ts";
import { SOURCE_ENTRIES } from "./detect/source/source.ts";
import { TRIAGE_ENTRIES } from "./detect/triage/triage.ts";
import { EVIDENCE_ENTRIES } from "./document/evidence/item.ts";
import type { Entry, Fact } from "./document/log/entry.ts";
import { LOG_ENTRIES } from "./document/log/note.ts";
import { COST_ENTRIES } from "./learn/cost/cost.ts";
import { RATE_ENTRIES } from "./learn/cost/rate.ts";
import { EXERCISE_ENTRIES } from "./learn/exercise/exercise.ts";
import { SAVED_ENTRIES } from "./learn/followup/saved.ts";
import { FOLLOWUP_ENTRIES } from "./learn/followup/template.ts";
import { IMPROVEMENT_ENTRIES } from "./learn/improvement/improvement.ts";
import { METRICS_ENTRIES } from "./learn/metrics/collected.ts";
import { REVIEW_ENTRIES } from "./learn/review/review.ts";
import { APPROVAL_ENTRIES } from "./prepare/approval/approval.ts";
import { CARD_ENTRIES } from "./prepare/approval/card.ts";
import { BACKUP_ENTRIES } from "./prepare/backup-register/backup.ts";
import { BREAK_GLASS_ENTRIES } from "./prepare/breakglass/breakglass.ts";
import { CONTACT_ENTRIES } from "./prepare/contact/contact.ts";
import { DELEGATION_ENTRIES } from "./prepare/delegation/delegation.ts";
import { CALL_SHEET_ENTRIES } from "./prepare/duty/call-sheet.ts";
import { DUTY_ENTRIES } from "./prepare/duty/duty.ts";
import { MASTER_COPY_ENTRIES } from "./prepare/master-copy/master-copy.ts";
import { CREDENTIAL_ENTRIES } from "./prepare/people/credential.ts";
import { IDENTITY_ENTRIES } from "./prepare/people/identity.ts";
import { ORGANISATION_ENTRIES } from "./prepare/people/organisation.ts";
import { PERSON_ENTRIES } from "./prepare/people/person.ts";
import { TOKEN_ENTRIES } from "./prepare/people/token.ts";
import { PLAYBOOK_ENTRIES } from "./prepare/playbook/playbook.ts";
import { AUTHORITY_ENTRIES } from "./prepare/policy/denial.ts";
import { DRAFT_ENTRIES } from "./prepare/policy/draft.ts";
import { POLICY_ENTRIES } from "./prepare/policy/policy.ts";
import { REGISTER_ENTRIES } from "./prepare/register/register.ts";
import { RECOVERY_ENTRIES } from "./recover/host/host.ts";
import { RESET_ENTRIES } from "./recover/password-reset/password-reset.ts";
import { RESTORE_POINT_ENTRIES } from "./recover/restore-point/restore-point.ts";

/** Every type of entry with the schema of its current version. Older versions are upcast on reading. */
export const ENTRIES = {
  ...ORGANISATION_ENTRIES,
  ...PERSON_ENTRIES,
  ...TOKEN_ENTRIES,
  ...CREDENTIAL_ENTRIES,
  ...IDENTITY_ENTRIES,
  ...POLICY_ENTRIES,
  ...DRAFT_ENTRIES,
  ...AUTHORITY_ENTRIES,
  ...DELEGATION_ENTRIES,
  ...APPROVAL_ENTRIES,
  ...CARD_ENTRIES,
  ...BREAK_GLASS_ENTRIES,
  ...REGISTER_ENTRIES,
  ...CONTACT_ENTRIES,
  ...DUTY_ENTRIES,
  ...CALL_SHEET_ENTRIES,
  ...SCOPE_ENTRIES,
  ...GRANT_ENTRIES,
  ...LETTERHEAD_ENTRIES,
  ...NOTIFICATION_ENTRIES,
  ...REPLY_ENTRIES,
  ...ADVISORY_ENTRIES,
  ...BRIEFING_ENTRIES,
  ...SHIFT_ENTRIES,
  ...ISOLATION_ENTRIES,
  ...SPARE_ENTRIES,
  ...WATCH_ENTRIES,
  ...BACKUP_ENTRIES,
  ...MASTER_COPY_ENTRIES,
  ...RESTORE_POINT_ENTRIES,
  ...RESET_ENTRIES,
  ...REVIEW_ENTRIES,
  ...IMPROVEMENT_ENTRIES,
  ...COST_ENTRIES,
  ...RATE_ENTRIES,
  ...EXERCISE_ENTRIES,
  ...FOLLOWUP_ENTRIES,
  ...SAVED_ENTRIES,
  ...METRICS_ENTRIES,
  ...INCIDENT_ENTRIES,
  ...TRIAGE_ENTRIES,
  ...OBSERVABLE_ENTRIES,
  ...REPORT_ENTRIES,
  ...LOG_ENTRIES,
  ...EVIDENCE_ENTRIES,
  ...SOURCE_ENTRIES,
  ...SIGNS_ENTRIES,
  ...RECOVERY_ENTRIES,
  ...PLAYBOOK_ENTRIES,
  ...CHECKLIST_ENTRIES,
};
export type Entries = typeof ENTRIES;

/** Anything a rule can ask the log to keep. */
export type AnyFact = Fact<Entries>;

/** Anything the log holds. */
export type AnyEntry = Entry<Entries>;

/** The type of every entry, `noun.past_tense`. */
export type EntryType = keyof Entries & string;

/** The version in which entries are written today. Each type starts at 1 and never reuses a number. */
export const ENTRY_VERSION = 1;
