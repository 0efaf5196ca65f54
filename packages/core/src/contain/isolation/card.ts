import type { IsolationTarget } from "./isolation.ts";

/** One numbered step of the instruction card; `copy` is what goes into a console as it stands. */
export interface CardStep {
  readonly text: string;
  readonly copy: readonly string[];
}

/**
 * What the person who cuts it off does, step by step, and how they make sure that it worked.
 *
 * Steps say what to reach, not which product to use: the same card serves a switch, a firewall and an agent on
 * the host.
 *
 * @source CERT/CC: disconnect from the infrastructure and the Internet; NIST SP 800-61r2 §3.3.1: an attacker's
 *         program may notice that it is cut off and destroy data
 */
export function instructionCard(target: IsolationTarget): readonly CardStep[] {
  const named = [target.name, ...target.addresses].filter((text, index, all) => all.indexOf(text) === index);
  switch (target.kind) {
    case "host":
      return hostCard(named);
    case "segment":
      return segmentCard(named);
    case "account":
      return accountCard(named);
  }
}

function hostCard(named: readonly string[]): readonly CardStep[] {
  return [
    step(
      "Make sure that you have the right host: compare name and address with its label or console.",
      named,
    ),
    step("Leave it switched on. What is in memory is lost when it is switched off."),
    step(
      "Cut it off with the first of these that you can reach: isolate it with the agent that runs on it; " +
        "move its switch port to the VLAN for isolated hosts; shut the port; bar its address at the firewall in both " +
        "directions; pull the cable, and wireless too.",
    ),
    step("Virtual hosts: disconnect the virtual network card. Do not suspend it and do not roll it back."),
    step(
      "Make sure from another host of the same network that it does not answer any more.",
      named.map((name) => `ping -c 3 ${name}`),
    ),
    step("Watch it for a few minutes: some programs destroy data when they notice that they are cut off."),
    step("Write down when you did it and how you know that it worked."),
  ];
}

function segmentCard(named: readonly string[]): readonly CardStep[] {
  return [
    step("Tell those who depend on the segment, unless that would warn the wrong people.", named),
    step("Make sure that you keep a way in that does not lead through the segment itself."),
    step("Save the running configuration of the router or firewall before you change it."),
    step(
      "Bar traffic in both directions at the segment's edge, other segments included. Log what is dropped.",
    ),
    step("End connections that are open: a new rule often leaves them alone."),
    step("Make sure from both sides that nothing passes, with each protocol version in use (IPv4 and IPv6)."),
    step("Write down when you did it, which rules you added, and how you know that it worked."),
  ];
}

function accountCard(named: readonly string[]): readonly CardStep[] {
  return [
    step(
      "Call the person whose account it is. Do not write: the mailbox may be read by somebody else.",
      named,
    ),
    step("Disable the account in the directory that it lives in; do not delete it."),
    step("End its sessions and withdraw its tokens, keys and remembered devices: they outlive the password."),
    step(
      "Look for what it left behind: mail rules, forwarding, delegated access, scheduled jobs, new accounts.",
    ),
    step("Make sure that signing in fails, on each of the ways in: console, mail, remote access, cloud."),
    step("Write down when you did it and how you know that it worked."),
  ];
}

function step(text: string, copy: readonly string[] = []): CardStep {
  return { text, copy };
}
