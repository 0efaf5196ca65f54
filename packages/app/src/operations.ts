import { connectorRun, listConnectors } from "./contain/connector.ts";
import {
  isolationAuthorise,
  isolationChange,
  isolationLift,
  isolationRecord,
  isolationRefuse,
  isolationRequest,
  isolationVerify,
  isolationWithdraw,
} from "./contain/isolation.ts";
import { listIsolationsOf, listStanding, showProspect } from "./contain/isolation-queries.ts";
import {
  listSpares,
  spareChange,
  spareRegister,
  spareRetire,
  spareSwitchBack,
  spareSwitchOver,
} from "./contain/spare.ts";
import { listWatches, showWatch, watchCheckIn, watchPlan } from "./contain/watch.ts";
import { ADVISORY_OPERATIONS } from "./coordinate/advisory.ts";
import { ADVISORY_QUERIES } from "./coordinate/advisory-queries.ts";
import { adviceGive, grantEnd, grantGive, listGrants } from "./coordinate/grant.ts";
import { showLetter } from "./coordinate/letter-paper.ts";
import { NOTIFICATION_OPERATIONS } from "./coordinate/notification.ts";
import { NOTIFICATION_QUERIES } from "./coordinate/notification-queries.ts";
import { REPLY_OPERATIONS } from "./coordinate/reply.ts";
import { REPLY_QUERIES } from "./coordinate/reply-queries.ts";
import {
  shiftAsk,
  shiftOffer,
  shiftReply,
  shiftTakeOver,
  shiftUnderstand,
  shiftWithdraw,
  writeBriefing,
} from "./coordinate/shift.ts";
import { listShifts, showShift } from "./coordinate/shift-queries.ts";
import { CHECKLIST_OPERATIONS, CHECKLIST_QUERIES } from "./detect/checklist.ts";
import {
  assessIncident,
  closeIncident,
  declareAtOnce,
  declareIncident,
  describeIncident,
  dismissIncident,
  exportIncident,
  nameIncidentLead,
  reopenIncident,
  reportIncident,
} from "./detect/incident.ts";
import { listIncidents, showIncident } from "./detect/incident-queries.ts";
import { promoteAnObservable, withdrawAnObservable } from "./detect/observable.ts";
import { listObservables } from "./detect/observable-queries.ts";
import { answerReport, continueReport, enterReport, readAttachment, receiveReport } from "./detect/report.ts";
import { listReports, showReport } from "./detect/report-queries.ts";
import { incidentAssign, scopeChange, scopeNarrow, scopeWiden, showScope } from "./detect/scope.ts";
import { addASource, changeASource, readAgain, retireASource } from "./detect/source.ts";
import { listBatches, listSources, listUnread, showBatch } from "./detect/source-queries.ts";
import {
  acceptSign,
  decideOnSigns,
  dismissSign,
  mergeSign,
  rateASign,
  returnSign,
  snoozeSign,
} from "./detect/triage.ts";
import { countQueue, listQueue, listSignsOfIncident, showSignInQueue } from "./detect/triage-queries.ts";
import { showCustodyForm } from "./document/custody-form.ts";
import {
  acceptItem,
  collectEvidence,
  offerItem,
  readItem,
  refuseItem,
  releaseItem,
  sealItem,
  storeItem,
  takeBackItem,
  withdrawItem,
} from "./document/evidence.ts";
import { listItems, listItemsOfIncident, showItem } from "./document/evidence-queries.ts";
import { correctLine, noteLine } from "./document/log.ts";
import { listEntries, showCheckpoint } from "./document/log-queries.ts";
import { LEARN_OPERATIONS, LEARN_QUERIES } from "./learn/operations.ts";
import { incidentAt } from "./learn/travel.ts";
import type { Operation } from "./operation.ts";
import { hearApproval, printApprovalCard, showCard } from "./prepare/approval/card.ts";
import { denyApproval, giveApproval, takeBackApproval } from "./prepare/approval/decide.ts";
import { listApprovals, showApproval } from "./prepare/approval/queries.ts";
import { requestApprovalOf } from "./prepare/approval/request.ts";
import { BACKUP_OPERATIONS, listBackups } from "./prepare/backup-register/backup.ts";
import { listBreakGlass, openBreakGlass, reviewBrokenGlass } from "./prepare/breakglass/breakglass.ts";
import {
  contactAdd,
  contactChange,
  contactImport,
  contactRetire,
  contactVerify,
} from "./prepare/contact/contact.ts";
import { listContacts, showContact } from "./prepare/contact/queries.ts";
import {
  addSomePasskey,
  endAccessOfSomebody,
  endOneSession,
  listSessions,
  removeSomePasskey,
  setFactor,
  showFactor,
  withoutFactor,
} from "./prepare/credentials.ts";
import { delegateAuthority, endLentAuthority, listDelegations } from "./prepare/delegation/delegation.ts";
import { callSheetPrint, showCallSheet } from "./prepare/duty/call-sheet.ts";
import { dutyAssign, dutyCancel } from "./prepare/duty/duty.ts";
import { listDuties } from "./prepare/duty/queries.ts";
import { linkSomeIdentity, unlinkSomeIdentity } from "./prepare/identities.ts";
import { findDigest, listCopyFetches } from "./prepare/master-copy/known-files.ts";
import { listMasterCopies, MASTER_COPY_OPERATIONS } from "./prepare/master-copy/master-copy.ts";
import {
  addSomebody,
  assignSomebody,
  changeOneself,
  changeSomebody,
  deactivateSomebody,
  inviteAgain,
  reactivateSomebody,
} from "./prepare/people.ts";
import { PLAYBOOK_OPERATIONS, PLAYBOOK_QUERIES } from "./prepare/playbook/operations.ts";
import { acknowledgeResponsePolicy, adoptResponsePolicy } from "./prepare/policy.ts";
import {
  consentToPolicy,
  discardPolicyDraft,
  draftNextPolicy,
  evaluatePolicy,
  showDraft,
} from "./prepare/policy-draft.ts";
import { listPeople, listPolicies, showNow, showPolicy } from "./prepare/queries.ts";
import { assetAdd, assetChange, assetRetire } from "./prepare/register/asset.ts";
import { constituentAdd, constituentChange, constituentRetire } from "./prepare/register/constituent.ts";
import { assetImport } from "./prepare/register/import.ts";
import {
  exportAssets,
  listAssets,
  listConstituents,
  listSegments,
  listTeams,
  showAsset,
} from "./prepare/register/queries.ts";
import { segmentAdd, segmentChange, segmentRetire } from "./prepare/register/segment.ts";
import { teamAdd, teamChange, teamRetire } from "./prepare/register/team.ts";
import { listTokens, makeAccessToken, revokeAccessToken } from "./prepare/tokens.ts";
import { RECOVERY_OPERATIONS, RECOVERY_QUERIES } from "./recover/operations.ts";
import { RETURNING_OPERATIONS, RETURNING_QUERIES } from "./recover/returning.ts";

/** What is done; whatever of it the policy wants consent for can be asked for. */
const ACTS = [
  adoptResponsePolicy,
  acknowledgeResponsePolicy,
  draftNextPolicy,
  consentToPolicy,
  discardPolicyDraft,
  addSomebody,
  inviteAgain,
  changeSomebody,
  changeOneself,
  assignSomebody,
  deactivateSomebody,
  reactivateSomebody,
  delegateAuthority,
  endLentAuthority,
  constituentAdd,
  constituentChange,
  constituentRetire,
  teamAdd,
  teamChange,
  teamRetire,
  segmentAdd,
  segmentChange,
  segmentRetire,
  assetAdd,
  assetChange,
  assetRetire,
  makeAccessToken,
  revokeAccessToken,
  setFactor,
  withoutFactor,
  addSomePasskey,
  removeSomePasskey,
  linkSomeIdentity,
  unlinkSomeIdentity,
  endOneSession,
  endAccessOfSomebody,
  assetImport,
  enterReport,
  answerReport,
  readAttachment,
  contactAdd,
  contactChange,
  contactVerify,
  contactRetire,
  contactImport,
  dutyAssign,
  dutyCancel,
  writeBriefing,
  shiftOffer,
  shiftUnderstand,
  shiftAsk,
  shiftReply,
  shiftTakeOver,
  shiftWithdraw,
  callSheetPrint,
  scopeWiden,
  scopeChange,
  scopeNarrow,
  incidentAssign,
  grantGive,
  grantEnd,
  adviceGive,
  reportIncident,
  declareAtOnce,
  declareIncident,
  assessIncident,
  describeIncident,
  nameIncidentLead,
  dismissIncident,
  closeIncident,
  reopenIncident,
  exportIncident,
  rateASign,
  acceptSign,
  mergeSign,
  dismissSign,
  snoozeSign,
  returnSign,
  decideOnSigns,
  promoteAnObservable,
  withdrawAnObservable,
  noteLine,
  correctLine,
  collectEvidence,
  sealItem,
  storeItem,
  releaseItem,
  takeBackItem,
  readItem,
  offerItem,
  acceptItem,
  refuseItem,
  withdrawItem,
  addASource,
  changeASource,
  retireASource,
  readAgain,
  ...RECOVERY_OPERATIONS,
  ...PLAYBOOK_OPERATIONS,
  ...CHECKLIST_OPERATIONS,
  isolationRequest,
  isolationAuthorise,
  isolationRefuse,
  isolationWithdraw,
  isolationRecord,
  isolationVerify,
  isolationChange,
  isolationLift,
  connectorRun,
  spareRegister,
  spareChange,
  spareRetire,
  spareSwitchOver,
  spareSwitchBack,
  watchPlan,
  watchCheckIn,
  ...BACKUP_OPERATIONS,
  ...MASTER_COPY_OPERATIONS,
  ...RETURNING_OPERATIONS,
  ...LEARN_OPERATIONS,
  ...NOTIFICATION_OPERATIONS,
  ...REPLY_OPERATIONS,
  ...ADVISORY_OPERATIONS,
] as const;

/** Every operation. Routes, OpenAPI, permissions and commands are built from this list alone. */
export const OPERATIONS = [
  ...ACTS,
  requestApprovalOf(ACTS as unknown as readonly Operation[]),
  giveApproval,
  denyApproval,
  takeBackApproval,
  hearApproval,
  printApprovalCard,
  openBreakGlass,
  reviewBrokenGlass,
] as const;

/** Operations of people without an account: pages of ours call them, no route of their own leads to them. */
export const OUTSIDE_OPERATIONS = [receiveReport, continueReport] as const;

/** Every query. */
export const QUERIES = [
  showNow,
  listPeople,
  listDelegations,
  showPolicy,
  listPolicies,
  showDraft,
  evaluatePolicy,
  listApprovals,
  showApproval,
  showCard,
  listBreakGlass,
  listConstituents,
  listTeams,
  listSegments,
  listAssets,
  showAsset,
  listTokens,
  listSessions,
  showFactor,
  exportAssets,
  listContacts,
  showContact,
  showShift,
  listShifts,
  listDuties,
  showCallSheet,
  showScope,
  listGrants,
  listIncidents,
  showIncident,
  incidentAt,
  countQueue,
  listQueue,
  showSignInQueue,
  listSignsOfIncident,
  listObservables,
  listReports,
  showReport,
  listEntries,
  showCheckpoint,
  listItems,
  listItemsOfIncident,
  showItem,
  showCustodyForm,
  listSources,
  listBatches,
  showBatch,
  listUnread,
  ...RECOVERY_QUERIES,
  ...PLAYBOOK_QUERIES,
  ...CHECKLIST_QUERIES,
  listIsolationsOf,
  listStanding,
  listConnectors,
  showProspect,
  listSpares,
  showWatch,
  listWatches,
  listBackups,
  listMasterCopies,
  findDigest,
  listCopyFetches,
  ...RETURNING_QUERIES,
  ...LEARN_QUERIES,
  ...NOTIFICATION_QUERIES,
  showLetter,
  ...REPLY_QUERIES,
  ...ADVISORY_QUERIES,
] as const;
