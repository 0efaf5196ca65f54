/**
 * What a response policy has to decide about.
 *
 * `weighty` actions carry authority: a denied attempt is itself an entry. `absolute` ones can never be
 * permitted by a table. `performed` tells those that this product carries out from those that people
 * carry out elsewhere and only record here.
 */
export interface PolicyAction {
  readonly id: string;
  readonly title: string;
  readonly weighty: boolean;
  readonly performed: boolean;
  readonly absolute?: boolean;
}

const action = <const Id extends string>(
  id: Id,
  title: string,
  traits: { weighty?: boolean; performed?: boolean; absolute?: boolean } = {},
) => ({ id, title, weighty: false, performed: true, ...traits });

/**
 * Every action, in the order a policy shows them.
 *
 * @source CERT/CC, *Dealing with External Computer Security Incidents*: who responds, with what authority,
 *         which actions are permissible and which forbidden; the intruder is never contacted directly.
 */
export const POLICY_ACTIONS = [
  action("incident.read", "Read incidents and their handling log"),
  action("incident.report", "Report a suspected incident"),
  action("incident.declare", "Declare an incident"),
  action("incident.assess", "Rate impact and recoverability"),
  action("incident.lead", "Name who leads"),
  action("incident.close", "Close, dismiss or reopen an incident", { weighty: true }),
  action("log.write", "Write the handling log"),
  action("evidence.collect", "Collect evidence"),
  action("evidence.transfer", "Hold evidence: hand over, accept, seal, store"),
  action("evidence.read", "Read the content of evidence", { weighty: true }),
  action("incident.export", "Hand out a case file", { weighty: true }),
  action("policy.manage", "Adopt a response policy", { weighty: true }),
  action("people.manage", "Add people and give them roles", { weighty: true }),
  action("log.verify", "Read checkpoints and verify the record"),
  action("sign.read", "See the signs and reports that came in"),
  action("sign.triage", "Decide on signs: accept, merge, dismiss, snooze"),
  action("sign.send", "Set up sources of signs and send signs in"),
  action("asset.read", "Look up networks, hosts, accounts and their owners"),
  action("asset.manage", "Keep the register of networks, hosts and teams"),
  action("contact.read", "Look up contacts outside"),
  action("contact.manage", "Keep the contacts directory"),
  action("duty.manage", "Say who is on duty"),
  action("incident.share", "Let a coordinating team read and advise", { weighty: true }),
  action("authority.delegate", "Stand in for somebody: lend a role for a time", { weighty: true }),
  action("authority.review", "Review what was done by breaking glass", { weighty: true }),
  action("host.isolate", "Isolate a workstation", { performed: false, weighty: true }),
  action("host.isolate_production", "Isolate a production system", { performed: false, weighty: true }),
  action("segment.isolate", "Cut off a network segment", { performed: false, weighty: true }),
  action("account.disable", "Disable an account", { performed: false, weighty: true }),
  action("isolation.lift", "Lift an isolation", { performed: false, weighty: true }),
  action("host.image", "Copy the disk and memory of a host", { performed: false }),
  action("host.recover", "Clean, rebuild and check hosts, and write down the proof"),
  action("gate.waive", "Waive a reconnect gate", { weighty: true }),
  action("host.reconnect", "Put a host back on the network", { weighty: true }),
  action("backup.manage", "Keep the register of backups and their restore trials"),
  action("mastercopy.manage", "Keep, review and approve master copies, and look where they are"),
  action("playbook.manage", "Keep the library of playbooks and checklists"),
  action("site.contact", "Contact another site", { performed: false, weighty: true }),
  action("vendor.contact", "Contact a vendor", { performed: false }),
  action("police.contact", "Contact law enforcement", { performed: false, weighty: true }),
  action("press.speak", "Speak to the press", { performed: false, weighty: true }),
  action("evidence.destroy", "Destroy evidence", { performed: false, weighty: true, absolute: true }),
  action("intruder.contact", "Contact the intruder", { performed: false, weighty: true, absolute: true }),
] as const satisfies readonly PolicyAction[];

/** The id of an action that a policy decides about. */
export type ActionId = (typeof POLICY_ACTIONS)[number]["id"];

export const ACTION_IDS = POLICY_ACTIONS.map((each) => each.id) as [ActionId, ...ActionId[]];

/** The description of one action. */
export function policyAction(id: ActionId): PolicyAction {
  const found = POLICY_ACTIONS.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`No such action: ${id}`);
  return found;
}
