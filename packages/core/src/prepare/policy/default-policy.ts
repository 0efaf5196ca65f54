import { ROLES, type Role } from "../people/person.ts";
import { type ActionId, POLICY_ACTIONS } from "./action.ts";
import type { Grant, PolicyDocument } from "./policy.ts";

type Cell = "yes" | "no" | readonly Role[];

/** What may have to be done within minutes to stop harm, when no manager can be reached. */
const BREAKABLE: readonly ActionId[] = ["host.isolate_production", "segment.isolate"];

const RESPONDERS = ["manager", "lead", "handler", "custodian"] as const;

/** Who may at once, who may with whose consent; everybody else may not. */
const TABLE: Readonly<
  Record<ActionId, { readonly clause: string; readonly cells: Partial<Record<Role, Cell>> }>
> = {
  "incident.read": {
    clause: "Incidents are read by those who respond to them, by the managers responsible and by auditors.",
    cells: { ...all(RESPONDERS), observer: "yes" },
  },
  "incident.report": {
    clause: "Anyone here reports what looks wrong, at once and without having to be sure.",
    cells: all(ROLES),
  },
  "incident.declare": {
    clause:
      "A handler declares an incident on their own judgement. Declaring early is not held against anyone.",
    cells: all(["manager", "lead", "handler"]),
  },
  "incident.assess": {
    clause: "Handlers rate impact and recoverability, first roughly, then again as facts come in.",
    cells: all(["manager", "lead", "handler"]),
  },
  "incident.lead": {
    clause: "Each incident has one lead, whom a manager, a lead or a handler names.",
    cells: all(["manager", "lead", "handler"]),
  },
  "incident.close": {
    clause: "The lead or a manager closes an incident, and answers for what is left open.",
    cells: all(["manager", "lead"]),
  },
  "log.write": {
    clause: "Everyone who acts writes down what they did, when, and how they know.",
    cells: all(RESPONDERS),
  },
  "evidence.collect": {
    clause: "Handlers and custodians collect evidence as soon as an incident is suspected.",
    cells: all(["lead", "handler", "custodian"]),
  },
  "evidence.transfer": {
    clause: "Evidence is at every moment in the hands of one named person. Both sides confirm a hand-over.",
    cells: all(["lead", "handler", "custodian"]),
  },
  "evidence.read": {
    clause: "The content of evidence is open to those who analyse or keep it; every reading is recorded.",
    cells: all(["lead", "handler", "custodian"]),
  },
  "incident.export": {
    clause: "A case file leaves the house only by the hand of a lead or a manager.",
    cells: all(["manager", "lead"]),
  },
  "policy.manage": {
    clause: "Managers are ultimately responsible; they adopt the policy.",
    cells: all(["manager"]),
  },
  "people.manage": {
    clause: "Administrators add people. Managers may too.",
    cells: all(["manager", "administrator"]),
  },
  "log.verify": {
    clause: "Whoever keeps the system or audits it may check that the record is whole.",
    cells: all(["manager", "lead", "administrator", "observer"]),
  },
  "sign.read": {
    clause: "What comes in is seen by those who respond, by the managers responsible and by auditors.",
    cells: { ...all(RESPONDERS), observer: "yes" },
  },
  "sign.triage": {
    clause: "A handler decides what a sign means, and says why when it means nothing.",
    cells: all(["manager", "lead", "handler"]),
  },
  "sign.send": {
    clause: "Handlers and administrators set up the sources that signs come from.",
    cells: all(["manager", "lead", "handler", "administrator"]),
  },
  "asset.read": {
    clause: "Whoever responds has to know what stands where and whose it is.",
    cells: { ...all(RESPONDERS), administrator: "yes", observer: "yes" },
  },
  "asset.manage": {
    clause: "Handlers and administrators keep the register of networks, hosts, owners and teams.",
    cells: all(["manager", "lead", "handler", "administrator"]),
  },
  "contact.read": {
    clause: "Contacts outside are known in advance to everyone who may have to call them.",
    cells: { ...all(RESPONDERS), administrator: "yes", observer: "yes" },
  },
  "contact.manage": {
    clause: "Whoever finds a contact out of date puts it right.",
    cells: all(["manager", "lead", "handler", "administrator"]),
  },
  "duty.manage": {
    clause: "Managers and leads say who is on duty.",
    cells: all(["manager", "lead"]),
  },
  "incident.share": {
    clause: "A coordinating team reads and advises on an incident when its lead or a manager lets it in.",
    cells: all(["manager", "lead"]),
  },
  "authority.delegate": {
    clause: "Who is away lends their part to a named deputy, for a stated time. Managers answer for it.",
    cells: all(["manager", "lead"]),
  },
  "authority.review": {
    clause: "What was done by breaking glass is reviewed by a manager who did not do it.",
    cells: all(["manager"]),
  },
  "host.isolate": {
    clause: "A handler isolates a workstation at once when harm is spreading; its owner is told afterwards.",
    cells: all(["manager", "lead", "handler"]),
  },
  "host.isolate_production": {
    clause: "Production systems are isolated with a manager's consent, because others depend on them.",
    cells: { manager: "yes", lead: ["manager"], handler: ["manager"] },
  },
  "segment.isolate": {
    clause: "A network segment is cut off with a manager's consent; whoever depends on it is told first.",
    cells: { manager: "yes", lead: ["manager"], handler: ["manager"] },
  },
  "account.disable": {
    clause: "A handler disables an account at once when it is being misused; its owner is told by phone.",
    cells: all(["manager", "lead", "handler"]),
  },
  "isolation.lift": {
    clause:
      "What was cut off for nothing is given back at once. An affected host comes back through its gates.",
    cells: all(["manager", "lead", "handler"]),
  },
  "host.image": {
    clause: "Low-level copies of disk and memory are made before anything on a host is changed.",
    cells: all(["lead", "handler", "custodian"]),
  },
  "host.recover": {
    clause: "Handlers clean, rebuild and check hosts, and keep the proof of each step.",
    cells: all(["manager", "lead", "handler", "custodian"]),
  },
  "gate.waive": {
    clause: "A reconnect gate is waived by a manager, or by the lead with a manager's consent, until a date.",
    cells: { manager: "yes", lead: ["manager"] },
  },
  "host.reconnect": {
    clause:
      "A host goes back on the network when its gates are proven, by the lead or with the lead's consent.",
    cells: { manager: "yes", lead: "yes", handler: ["lead", "manager"] },
  },
  "backup.manage": {
    clause: "Handlers and administrators keep the register of backups and try them by restoring.",
    cells: all(["manager", "lead", "handler", "administrator"]),
  },
  "mastercopy.manage": {
    clause: "Handlers and administrators keep master copies; what one registers somebody else approves.",
    cells: all(["manager", "lead", "handler", "administrator"]),
  },
  "playbook.manage": {
    clause: "Managers and leads keep the playbooks, and say what changed.",
    cells: all(["manager", "lead"]),
  },
  "site.contact": {
    clause: "Other sites are told what was found by the lead, or by a handler with the lead's consent.",
    cells: { manager: "yes", lead: "yes", handler: ["lead", "manager"] },
  },
  "vendor.contact": {
    clause: "Vendors may be asked for help by anyone who handles the incident.",
    cells: all(["manager", "lead", "handler"]),
  },
  "police.contact": {
    clause: "Law enforcement is contacted by managers, or by the lead with a manager's consent.",
    cells: { manager: "yes", lead: ["manager"] },
  },
  "press.speak": {
    clause: "Only managers speak to the press.",
    cells: all(["manager"]),
  },
  "evidence.destroy": {
    clause: "Evidence is never destroyed while an incident or a legal hold needs it.",
    cells: {},
  },
  "intruder.contact": {
    clause: "The intruder is never contacted directly.",
    cells: {},
  },
};

/**
 * The policy that ships, made from what the two source documents recommend. It has to be adopted.
 *
 * @source CERT/CC, *Dealing with External Computer Security Incidents*; NIST SP 800-61r2 §2.3, §2.4
 */
export const DEFAULT_POLICY: PolicyDocument = {
  title: "Incident response policy",
  rows: POLICY_ACTIONS.map(({ id }) => ({
    action: id,
    clause: TABLE[id].clause,
    ...(BREAKABLE.includes(id) ? { breakGlass: true as const } : {}),
    grants: Object.fromEntries(ROLES.map((role) => [role, grant(TABLE[id].cells[role] ?? "no")])) as Record<
      Role,
      Grant
    >,
  })),
};

function grant(cell: Cell): Grant {
  if (cell === "yes") return { effect: "permitted" };
  if (cell === "no") return { effect: "forbidden" };
  return { effect: "approval", by: [...cell] };
}

function all(roles: readonly Role[]): Partial<Record<Role, Cell>> {
  return Object.fromEntries(roles.map((role) => [role, "yes" as const]));
}
