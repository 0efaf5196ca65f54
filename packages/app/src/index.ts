export { type ClosedMail, closedIn, MAIL_HEAD_BYTES, readMail } from "@jumpkit/exchange";
export type * from "./approval-ports.ts";
export { ask } from "./ask.ts";
export type * from "./breakglass-ports.ts";
export type * from "./contact-ports.ts";
export { type RunReport, reportRun } from "./contain/connector.ts";
export type * from "./contain-ports.ts";
export type {
  OperationInput,
  OperationName,
  OperationReply,
  QueryInput,
  QueryName,
  QueryOutput,
  RefusalBody,
} from "./contract.ts";
export { settleAdvisory } from "./coordinate/advisory.ts";
export type * from "./coordinate/advisory-ports.ts";
export { letterFile, showLetter } from "./coordinate/letter-paper.ts";
export { settleQueuedMail } from "./coordinate/notification.ts";
export type * from "./coordinate/notification-ports.ts";
export { receiveFromMailbox, TakenReply, takeReply, whyNotTakeReply } from "./coordinate/reply.ts";
export type * from "./coordinate/reply-ports.ts";
export type * from "./coordinate/shift-ports.ts";
export type * from "./delegation-ports.ts";
export type { IncidentRow, IncidentView } from "./detect/incident-queries.ts";
export * from "./detect/intake-ports.ts";
export { receivePart } from "./detect/receive.ts";
export type { ReportWithIncident } from "./detect/report-queries.ts";
export { BatchView } from "./detect/source-queries.ts";
export type { SourceReadings, SourceTraffic, UnreadRecord } from "./detect/source-reading.ts";
export { TakeInQuery, TakenIn, whyNotSend } from "./detect/take-in.ts";
export { custodyFile, showCustodyForm } from "./document/custody-form.ts";
export type { ItemView } from "./document/evidence-queries.ts";
export { attachmentToCopy, CopyInput, whyNotUpload } from "./document/upload.ts";
export type { EntryView } from "./entry-view.ts";
export { complaintsOf, denialOf, execute, type Reply } from "./execute.ts";
export type * from "./grant-ports.ts";
export type { JsonObject } from "./json.ts";
export { followupFile, showFollowup } from "./learn/followup.ts";
export type * from "./learn/ports.ts";
export type * from "./master-copy-ports.ts";
export { type Act, type Operation, type Phase, routeOf } from "./operation.ts";
export { OPERATIONS, OUTSIDE_OPERATIONS, QUERIES } from "./operations.ts";
export type * from "./policy-ports.ts";
export * from "./ports.ts";
export type {
  AccountEffect,
  AccountReading,
  AccountRecords,
  CredentialEffect,
} from "./prepare/account-ports.ts";
export { ApprovalView } from "./prepare/approval/queries.ts";
export type * from "./prepare/identity-ports.ts";
export { copyToKeep } from "./prepare/master-copy/keeping.ts";
export type * from "./prepare/playbook/ports.ts";
export type * from "./prepare/second-factor-ports.ts";
export * from "./prepare/sign-in.ts";
export { TOKEN_PREFIX } from "./prepare/tokens.ts";
export { NotPrinted, type Press, type PrintedFile } from "./press.ts";
export type { Query } from "./query.ts";
export type { IncidentFilter, Page, Reading } from "./reading.ts";
export type * from "./recover/ports.ts";
export { type Complaint, REFUSALS, type Refusal, type RefusalCode, type RefusalRow } from "./refusals.ts";
export type * from "./register-ports.ts";
export type * from "./returning-ports.ts";
export * from "./triage-ports.ts";
export { grantedTo } from "./within.ts";
