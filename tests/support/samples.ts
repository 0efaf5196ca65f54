import type { OperationInput, OperationName, QueryInput, QueryName } from "../../packages/app/src/index.ts";
import {
  type ApprovalId,
  type AssetId,
  type BackupId,
  type BatchId,
  type BreakGlassId,
  type ChecklistId,
  type ConstituentId,
  type ContactId,
  DEFAULT_POLICY,
  type DelegationId,
  type DutyId,
  type EvidenceId,
  type GrantId,
  type IdentityId,
  type IncidentId,
  type Instant,
  type IsolationId,
  type NotificationId,
  type PasskeyId,
  type PersonId,
  type PlaybookId,
  type RecoveryId,
  type ReportId,
  type ResetId,
  type ScopeId,
  type SegmentId,
  type SessionId,
  type ShiftId,
  type SignId,
  type SourceId,
  type SpareId,
  type TeamId,
  type TokenId,
} from "../../packages/core/src/index.ts";
import { EVE_READING } from "./intake.ts";

/** Who writes to others, in every story. */
export const LETTERHEAD = {
  team: "Harbour CERT",
  email: "cert@harbour.example",
  phone: "+49 40 1234",
  hours: "always",
};

/** The things that a request can name. */
export interface Things {
  readonly incident: IncidentId;
  readonly item: EvidenceId;
  readonly person: PersonId;
  readonly constituent: ConstituentId;
  readonly team: TeamId;
  readonly segment: SegmentId;
  readonly asset: AssetId;
  readonly sign: SignId;
  readonly source: SourceId;
  readonly batch: BatchId;
  readonly report: ReportId;
  readonly contact: ContactId;
  readonly duty: DutyId;
  readonly element: ScopeId;
  readonly grant: GrantId;
  readonly host: RecoveryId;
  readonly playbook: PlaybookId;
  readonly checklist: ChecklistId;
  readonly isolation: IsolationId;
  readonly spare: SpareId;
  readonly backup: BackupId;
  readonly reset: ResetId;
  readonly notification: NotificationId;
}

/** An approval that nobody asked for: those that exist are tested where they are asked for. */
const NO_APPROVAL = "apr_00000000000000000000000000" as ApprovalId;
/** A review time that lies ahead for a while. */
const A_MOMENT = "2026-11-01T00:00:00.000Z" as Instant;
const A_REVIEW = "2027-06-01T00:00:00.000Z" as Instant;

const NO_SHIFT = "shf_00000000000000000000000000" as ShiftId;
const NO_DELEGATION = "dlg_00000000000000000000000000" as DelegationId;
const NO_GLASS = "bkg_00000000000000000000000000" as BreakGlassId;

const EVE = { reading: EVE_READING, expectedEveryHours: 24 } as const;

type Inputs<Names extends string, Input extends Record<Names, object>> = {
  readonly [Name in Names]: Input[Name];
};

/** A well-formed request for every operation; a new operation without one does not compile. */
export function operationSamples(things: Things) {
  const { incident, item, person, constituent, team, segment, asset, sign, source, report } = things;
  const { contact, duty, element, grant, host, isolation, spare, backup, reset, notification } = things;
  const { playbook, checklist } = things;
  const cells = { incident, hosts: [host], gate: "imaged" as const };
  const answer = { condition: "intact", place: "Lab" } as const;
  const details = { name: "Cy Ito", title: "Analyst", phone: "+1 555 0100", zone: "UTC" };
  const rating = {
    functionalImpact: "none",
    functionalImpactLikely: "low",
    informationImpact: ["none"],
    recoverability: "regular",
  } as const;
  const unrated = { functionalImpact: null, informationImpact: null, recoverability: null };
  const looked = { sign, seen: 0, seenCount: 1 };
  return {
    "policy.adopt": { seen: 1, document: DEFAULT_POLICY },
    "policy.acknowledge": { version: 1 },
    "person.add": { signInName: "cy", ...details, roles: ["handler"] },
    "person.invite": { person },
    "person.change": { person, seen: 0, ...details },
    "profile.change": { seen: 0, title: "Analyst", phone: "+1 555 0100", zone: "UTC" },
    "person.assign": { person, seen: 0, roles: ["observer"] },
    "person.deactivate": { person },
    "person.reactivate": { person },
    "constituent.add": { name: "Another one served" },
    "constituent.change": { constituent, seen: 0, name: "Renamed", notes: "since 1998" },
    "constituent.retire": { constituent, seen: 0, reason: "left" },
    "team.add": { name: "Another team", kind: "ordinary", members: [person] },
    "team.change": { team, seen: 0, name: "Renamed", members: [person], notes: "" },
    "team.retire": { team, seen: 0 },
    "segment.add": { name: "Another segment", constituent, team, ranges: ["198.51.100.0/24"] },
    "segment.change": { segment, seen: 0, name: "Renamed", ranges: ["2001:db8::/32"], production: true },
    "segment.retire": { segment, seen: 0 },
    "asset.add": {
      kind: "service",
      name: "another.example",
      otherNames: ["another"],
      addresses: ["198.51.100.9"],
      segment,
      constituent,
      owner: { text: "Dana", person, contact: null },
      criticality: "high",
      production: true,
      purpose: "web pages",
      dependents: "everybody",
      notes: "",
    },
    "asset.change": { asset, seen: 0, name: "renamed.example", segment: null },
    "asset.retire": { asset, seen: 0 },
    "token.make": { name: "The sensor at the gate", scopes: ["incident.report"] },
    "factor.set": {},
    "factor.remove": {},
    "passkey.add": { passkey: "pky_00000000000000000000000000" as PasskeyId, name: "A phone" },
    "passkey.remove": { passkey: "pky_00000000000000000000000000" as PasskeyId },
    "identity.link": { identity: "idy_00000000000000000000000000" as IdentityId },
    "identity.unlink": { identity: "idy_00000000000000000000000000" as IdentityId },
    "session.revoke": { session: "ses_00000000000000000000000000" as SessionId },
    "person.sign_out": { person },
    "token.revoke": { token: "tok_00000000000000000000000000" as TokenId },
    "contact.add": {
      name: "Duty desk",
      organisation: "Example ISP",
      roles: ["isp"],
      phone: "+49 30 555 010",
      homeZone: "Europe/Berlin",
      hours: { days: [1, 2, 3, 4, 5], from: "08:00", until: "18:00" },
      languages: ["de"],
      answersFor: ["203.0.113.0/24", "isp.example", "AS64500"],
      escalation: 2,
    },
    "contact.change": { contact, seen: 0, name: "Renamed", notes: "" },
    "contact.verify": { contact, how: "called, answered at once" },
    "contact.retire": { contact, seen: 0, reason: "moved" },
    "contact.import": { text: "name,organisation,phone\nImported,Vendor,1\n", format: "csv" },
    "duty.assign": {
      person,
      duty: "lead",
      from: "2026-11-22T08:00:00.000Z",
      until: "2026-11-22T20:00:00.000Z",
      dutyZone: "Europe/Berlin",
      override: true,
      note: "covers for Ada",
    },
    "duty.cancel": { duty, reason: "ill" },
    "briefing.write": { incident, hypothesis: "A scanner, no more", nextStep: "Read the proxy's log" },
    "shift.offer": { to: person, note: "The mail filter is slow" },
    "shift.understand": { shift: NO_SHIFT, incident },
    "shift.ask": { shift: NO_SHIFT, incident, question: "Who has the disk?" },
    "shift.reply": { shift: NO_SHIFT, incident, reply: "Bo, in the safe" },
    "shift.take_over": { shift: NO_SHIFT },
    "shift.withdraw": { shift: NO_SHIFT, reason: "Ill" },
    "callsheet.print": {},
    "scope.widen": { incident, kind: "host", name: "db1", state: "suspected", reason: "same subnet" },
    "scope.change": { element, state: "suspected", reason: "not sure any more" },
    "scope.narrow": { element, reason: "another host of that name" },
    "grant.give": { incident, team, reason: "they see more of it" },
    "grant.end": { grant, reason: "over" },
    "advice.give": { incident, text: "Look at the resolver too" },
    "approval.request": {
      operation: "incident.export",
      parameters: { incident, recipient: "The insurer", purpose: "their claim" },
      reason: "They wait for it",
    },
    "approval.approve": { approval: NO_APPROVAL, condition: "tell the owner first" },
    "approval.refuse": { approval: NO_APPROVAL, reason: "not yet" },
    "approval.hear": { approval: NO_APPROVAL, approver: person, number: 1, code: "000000" },
    "card.print": {},
    "policy.draft": { seen: 0, document: DEFAULT_POLICY, note: "nothing new" },
    "policy.consent": { revision: 9, digest: "0".repeat(64) },
    "policy.discard": { reason: "it is not needed" },
    "authority.delegate": {
      from: person,
      to: person,
      role: "handler",
      untilAt: A_REVIEW,
      reason: "At sea",
    },
    "authority.end": { delegation: NO_DELEGATION, reason: "Back" },
    "breakglass.open": {
      incident,
      action: "segment.isolate",
      reason: "It spreads, and no manager answers the telephone",
    },
    "breakglass.review": { breakglass: NO_GLASS, verdict: "justified", text: "it was spreading" },
    "approval.withdraw": { approval: NO_APPROVAL },
    "incident.assign": { incident, team, because: "theirs" },
    "asset.import": { csv: "name,owner\nimported.example,Dana\n" },
    "report.enter": { what: "Something odd", claim: "loss", name: "J. Ortiz" },
    "report.answer": { report, text: "We look into it" },
    "report.read": { report, sha256: "0".repeat(64) },
    "incident.report": { what: "An odd log-in at night", ongoing: "unknown" },
    "incident.open": { what: "A worm in the lab", ongoing: "yes" },
    "incident.declare": { incident },
    "incident.assess": { incident, seen: 0, ...rating, informationImpact: ["none"] },
    "incident.describe": {
      incident,
      seen: 0,
      title: "Renamed",
      vector: "web",
      origin: "external",
      ongoing: "no",
      tlp: "TLP:RED",
    },
    "incident.lead": { incident, lead: person },
    "incident.dismiss": { incident, reason: "a test of our own", cut: "nothing" },
    "incident.close": { incident, summary: "done" },
    "incident.reopen": { incident, reason: "it came back" },
    "incident.export": { incident, recipient: "A stranger", purpose: "curiosity" },
    "sign.rate": { sign, seen: 0, ...unrated },
    "sign.accept": looked,
    "sign.merge": { ...looked, into: incident },
    "sign.dismiss": { ...looked, reason: "our own scanner" },
    "sign.snooze": { ...looked, until: { at: "2026-11-23T08:00:00Z", zone: "UTC" } },
    "sign.return": { sign, seen: 0 },
    "observable.promote": { incident, value: "198.51.100.7" },
    "observable.withdraw": { incident, value: "198.51.100.7", reason: "it is ours" },
    "sign.decide": { signs: [looked], decision: { verb: "dismiss", reason: "our own scanner" } },
    "log.note": { incident, text: "looked around" },
    "log.correct": { incident, corrects: 5, text: "did not look around" },
    "evidence.collect": { incident, what: "A disk", kind: "device", foundAt: "desk", place: "safe" },
    "evidence.seal": { item, seal: "S-9" },
    "evidence.store": { item, place: "elsewhere" },
    "evidence.release": {
      item,
      toName: "X",
      toTitle: "Y",
      toPhone: "1",
      organisation: "Z",
      purpose: "trial",
    },
    "evidence.return": { item, ...answer },
    "evidence.read": { item, purpose: "curiosity" },
    "handover.offer": { item, to: person, purpose: "analysis", place: "Lab" },
    "handover.accept": { item, offer: 1, ...answer },
    "handover.refuse": { item, offer: 1, reason: "no" },
    "handover.withdraw": { item, offer: 1, reason: "no" },
    "source.add": { name: "Web server", ...EVE },
    "source.change": { source, seen: 1, name: "Other sensor", ...EVE },
    "source.reread": { source },
    "recovery.take_over": { incident, hosts: [{ name: "db1", asset }], reason: "it scans too" },
    "recovery.plan": { host, phase: { order: 1, name: "First the timetable" }, targetOn: "2026-12-01" },
    "recovery.eradicate": { host, step: "malware", how: "reinstalled" },
    "recovery.return": { host, reason: "it scans again" },
    "recovery.reconnect": { host, where: "inside" },
    "recovery.watch": { host, found: "nothing", how: "read its logs for a day" },
    "recovery.release": { host },
    "recovery.keep_off": { host, reason: "it is scrapped" },
    "recovery.find_clean": { host, reason: "another host of that name" },
    "gate.begin": cells,
    "gate.prove": { ...cells, proof: { kind: "evidence_item", item } },
    "gate.claim": { ...cells, asked: person },
    "gate.confirm": cells,
    "gate.waive": { ...cells, reason: "no disk to copy", until: "2026-12-01T00:00:00.000Z" as Instant },
    "gate.withdraw": { ...cells, reason: "of another disk" },
    "gate.leave_out": { incident, gates: ["data_restored"], reason: "it held no data" },
    "gate.require": { incident, gates: ["data_restored"], reason: "it did hold data" },
    "playbook.adopt": { shipped: "denial-of-service" },
    "playbook.add": { title: "Ours", steps: [{ id: "look", phase: "detect", text: "Look" }] },
    "playbook.draft": {
      playbook,
      seen: 0,
      title: "Ours, better",
      steps: [{ id: "look", phase: "detect", text: "Look twice" }],
    },
    "playbook.publish": { playbook, seen: 0 },
    "playbook.retire": { playbook, seen: 0, reason: "too old" },
    "checklist.start": { incident, playbook },
    "checklist.do": { checklist, step: "step-1" },
    "checklist.skip": { checklist, step: "step-2", reason: "nothing to look at" },
    "checklist.reopen": { checklist, step: "step-2" },
    "source.retire": { source, reason: "switched off" },
    "isolation.request": {
      incident,
      kind: "account",
      name: "svc",
      why: "it is used from outside",
      alternative: { considered: "none_will_do" },
      undo: "enable it again",
      reviewAt: A_REVIEW,
    },
    "isolation.authorise": { isolation },
    "isolation.refuse": { isolation, reason: "it would stop the port" },
    "isolation.withdraw": { isolation, reason: "not needed" },
    "isolation.record": { isolation, note: "port 7 is shut" },
    "connector.run": { isolation, connector: "port-shutter" },
    "isolation.verify": { isolation, how: "it answers no ping" },
    "isolation.change": { isolation, reviewAt: A_REVIEW, owner: person, reason: "still needed" },
    "isolation.lift": { isolation, reason: "it was nothing" },
    "spare.register": { name: "Another spare", standsInFor: [asset], kept: "pages", howToSwitch: "DNS" },
    "spare.change": {
      spare,
      seen: 0,
      name: "Renamed",
      standsInFor: [asset],
      kept: "pages",
      howToSwitch: "DNS",
    },
    "spare.retire": { spare, seen: 0, reason: "sold" },
    "spare.switch_over": { spare, incident, asset },
    "spare.switch_back": { spare },
    "backup.register": { name: "Another backup", place: "vault", everyHours: 24 },
    "backup.change": { backup, seen: 0, name: "Renamed", place: "vault", everyHours: 24 },
    "backup.retire": { backup, seen: 0 },
    "backup.report": { backup, outcome: "succeeded" },
    "backup.try": { backup, result: "restored", proof: "mounted it" },
    "backup.check_point": { backup, takenAt: A_MOMENT, scanned: "clean", compared: "as_expected" },
    "compromise.date": { incident, earliestAt: A_MOMENT, reason: "the first scan in the log" },
    "restorepoint.choose": { incident, host: "www3", backup, takenAt: A_MOMENT, reason: "the oldest" },
    "reset.plan": { incident, account: "root", host: "db1" },
    "reset.record": { reset, told: "by phone", sessionsEnded: true },
    "reset.drop": { reset, reason: "the account is gone" },
    "letterhead.set": { ...LETTERHEAD, team: "Quay team", email: "team@quay.example" },
    "notification.draft": {
      incident,
      subject: "Scans from your network",
      marking: "TLP:AMBER",
      recipients: [{ contact }],
    },
    "notification.change": {
      notification,
      subject: "More scans from your network",
      marking: "TLP:GREEN",
      recipients: [{ contact, channel: "letter" }],
    },
    "notification.drop": { notification, reason: "they know already" },
    "notification.release": { notification, recipient: contact, sha256: "0".repeat(64) },
    "notification.deliver": { notification, recipient: contact, detail: "the courier took it" },
    "notification.answer": { notification, recipient: contact, state: "acknowledged" },
    "watch.plan": { incident, what: "the proxy", everyMinutes: 60, who: null },
    "watch.check_in": { incident, found: "nothing" },
  } satisfies Inputs<OperationName, { [Name in OperationName]: OperationInput<Name> }>;
}

/** A well-formed request for every query. */
export function querySamples(things: Things) {
  const { incident, item, segment, asset, sign, source, batch, report, contact, host, notification } = things;
  return {
    "now.show": {},
    "person.list": {},
    "policy.show": {},
    "policy.versions": {},
    "approval.list": {},
    "card.show": {},
    "authority.list": {},
    "breakglass.list": {},
    "policy.compare": {},
    "policy.evaluate": { action: "host.isolate", role: "handler", at: "2026-03-03T00:00:00.000Z" as Instant },
    "approval.show": { approval: NO_APPROVAL },
    "constituent.list": {},
    "team.list": {},
    "segment.list": {},
    "asset.list": { segment },
    "asset.show": { asset },
    "token.list": {},
    "session.list": {},
    "factor.show": {},
    "asset.export": {},
    "report.list": {},
    "report.show": { report },
    "contact.list": { answersFor: "203.0.113.9" },
    "contact.show": { contact },
    "duty.list": {},
    "shift.show": {},
    "shift.waiting": {},
    "callsheet.show": {},
    "scope.of_incident": { incident },
    "grant.of_incident": { incident },
    "incident.list": {},
    "incident.show": { incident },
    "triage.queue": {},
    "triage.state": {},
    "triage.sign": { sign },
    "triage.of_incident": { incident },
    "observable.of_incident": { incident },
    "log.entries": { incident },
    "log.checkpoint": {},
    "evidence.list": {},
    "evidence.of_incident": { incident },
    "evidence.show": { item },
    "playbook.list": {},
    "checklist.of_incident": { incident },
    "recovery.matrix": { incident },
    "recovery.host": { host },
    "source.list": {},
    "batch.list": { source },
    "source.unread": { source },
    "batch.show": { batch },
    "isolation.of_incident": { incident },
    "isolation.standing": {},
    "connector.list": {},
    "isolation.prospect": { kind: "host", name: "www3.harbour.example" },
    "spare.list": {},
    "watch.of_incident": { incident },
    "watch.list": {},
    "backup.list": {},
    "restorepoint.of_incident": { incident },
    "reset.of_incident": { incident },
    "reset.suggested": { incident },
    "notification.of_incident": { incident },
    "notification.waiting": {},
    "notification.show": { notification },
    "notification.preview": { notification, recipient: contact },
    "notification.released": { notification, recipient: contact },
    "notification.parties": { incident },
    "letterhead.show": {},
  } satisfies Inputs<QueryName, { [Name in QueryName]: QueryInput<Name> }>;
}
