import type { AttackVector } from "../../kernel/vector.ts";
import type { GateId } from "./gate.ts";
import type { PlaybookContent, PlaybookStep, StepPhase } from "./playbook.ts";

/** A playbook that ships; it is in force nowhere until somebody adopts it. */
export interface ShippedPlaybook {
  readonly key: string;
  readonly source: string;
  readonly content: PlaybookContent;
}

type Line = readonly [phase: StepPhase, text: string, per?: "host", gate?: GateId];

function playbook(
  key: string,
  source: string,
  title: string,
  summary: string,
  vectors: readonly AttackVector[],
  lines: readonly Line[],
): ShippedPlaybook {
  const steps = lines.map(
    ([phase, text, per = undefined, gate = undefined], at): PlaybookStep => ({
      id: `step-${at + 1}`,
      phase,
      text,
      per: per ?? "incident",
      gate: gate ?? null,
    }),
  );
  return { key, source, content: { title, summary, vectors: [...vectors], assetKinds: [], steps } };
}

const OURS = "Jumpkit";

/**
 * The playbooks that ship, in our own words.
 *
 * @source NIST SP 800-61r2 table 3-5; CERT/CC, *Steps for Recovering from a UNIX or NT System Compromise*
 */
export const SHIPPED_PLAYBOOKS: readonly ShippedPlaybook[] = [
  playbook(
    "nist-handling",
    "NIST SP 800-61r2, table 3-5",
    "Handling any incident",
    "The order in which most incidents are handled. A guide and no fixed order: skip what does not apply, and say why.",
    [],
    [
      ["detect", "Decide whether it is an incident: look at the precursors and indicators"],
      ["detect", "Look for other information that fits: logs, other alerts, what people saw"],
      ["detect", "Look up what is known about it"],
      [
        "detect",
        "Begin to write down everything and to gather evidence as soon as you believe that it is one",
      ],
      ["detect", "Rate impact and recoverability, which gives the priority"],
      ["detect", "Report it to the right people inside, and to bodies outside where that is due"],
      ["contain", "Acquire, preserve, secure and document evidence", "host", "imaged"],
      ["contain", "Contain the incident on this host", "host"],
      ["eradicate", "Find and close every vulnerability that was used", "host"],
      ["eradicate", "Remove malware, inappropriate material and other components", "host"],
      ["eradicate", "Look for more affected hosts; for each found, analyse, contain and eradicate again"],
      ["recover", "Return the affected system to a state in which it can work", "host"],
      ["recover", "Confirm that it works as it should", "host"],
      ["recover", "Set up closer watching for what may come back", "host", "monitored"],
      ["learn", "Write the follow-up report"],
      ["learn", "Hold a meeting on what was learnt; it is a must for a major incident"],
    ],
  ),
  playbook(
    "cert-recovery",
    "CERT/CC and AusCERT, Steps for Recovering from a UNIX or NT System Compromise",
    "Recovering a compromised host",
    "From the policy to the reconnection of a host that somebody broke into.",
    ["web", "impersonation", "attrition"],
    [
      ["detect", "Read what your policy says; without one, ask management and legal advisers before you act"],
      ["detect", "Write down every step from now on"],
      ["contain", "Take the host off the network, to regain control", "host"],
      ["contain", "Copy its disks before anything is changed", "host", "imaged"],
      ["detect", "Look for changes to system programs and configuration", "host"],
      ["detect", "Look for changes to data", "host"],
      ["detect", "Look for tools and data that the intruder left behind", "host"],
      ["detect", "Go through the logs, also those kept elsewhere", "host"],
      ["detect", "Look for signs of a network sniffer", "host"],
      ["detect", "Examine the other systems on this network"],
      ["detect", "Look for sites elsewhere that are involved, and tell them"],
      ["recover", "Install a clean version of the system", "host", "rebuilt"],
      ["recover", "Compare it with the master copy", "host", "integrity"],
      ["recover", "Switch off the services that are not needed", "host", "services"],
      ["recover", "Install all of the vendors' security patches, and consult advisories", "host", "patched"],
      [
        "recover",
        "Restore data with caution: from before the compromise, and scanned",
        "host",
        "data_restored",
      ],
      ["recover", "Change every password", "host", "passwords"],
      ["recover", "Install security tools", "host", "security_tools"],
      ["recover", "Switch logging on, as much as there is", "host", "logging"],
      ["recover", "Bring intrusion detection up to date", "host", "intrusion_detection"],
      ["recover", "Narrow the firewall", "host", "firewall"],
      ["recover", "Reconnect inside, then outside if it is wanted", "host", "monitored"],
      ["learn", "Write down what was learnt, and what the incident cost"],
      ["learn", "Mend the policy where it did not fit"],
    ],
  ),
  playbook(
    "ransomware",
    OURS,
    "Ransomware",
    "Files are being encrypted, or were. Minutes count: cut off first, then look.",
    ["email", "web", "removable_media"],
    [
      [
        "contain",
        "Cut affected hosts off the network at once; leave them switched on, keys may be in memory",
        "host",
      ],
      ["contain", "Take backups and their servers off the network before they are reached"],
      ["contain", "Disable the accounts that were used, those of administrators first"],
      ["detect", "Take the ransom note, one encrypted file and memory into evidence", "host", "imaged"],
      ["detect", "Find the first host and the way in; everything after that time is suspect"],
      ["detect", "Find out whether data was taken away too: large transfers out, new archives"],
      ["detect", "Tell managers and legal advisers; nobody answers the intruder"],
      ["eradicate", "Close the way in: the mail, the exposed service, the stolen account"],
      ["eradicate", "Look in directory, tasks, policies and remote tools for ways back in"],
      ["recover", "Rebuild; never clean an encrypted host and keep it", "host", "rebuilt"],
      ["recover", "Restore from a point before the first sign, and scan it first", "host", "data_restored"],
      [
        "recover",
        "Change every password that the hosts knew, the directory's own keys included",
        "host",
        "passwords",
      ],
      ["recover", "Bring back in phases: directory, then what others depend on, then the rest"],
      ["learn", "Try a restore of everything that could not be restored in time"],
    ],
  ),
  playbook(
    "account-compromise",
    OURS,
    "Account compromise",
    "Somebody else uses an account: phished, guessed, reused or bought.",
    ["email", "impersonation", "attrition"],
    [
      ["contain", "Disable the account or end its sessions and tokens everywhere; telephone its owner"],
      ["detect", "List its sign-ins: from where, with what, since when"],
      ["detect", "Look for mail rules, forwardings, new second factors, linked applications and delegations"],
      ["detect", "List what it could reach and what it did reach"],
      ["detect", "Look for the same source at other accounts"],
      ["contain", "Withdraw mail that was sent from it, and warn who received it"],
      ["eradicate", "Remove the rules, factors, applications and keys that the owner does not know"],
      ["eradicate", "Check the host from which it was stolen for malware", "host"],
      ["recover", "Give the owner a new passphrase in person and a second factor", "host", "passwords"],
      ["recover", "Watch the account closely for two weeks"],
      ["learn", "Tell people what the bait looked like"],
    ],
  ),
  playbook(
    "web-application",
    OURS,
    "Web defacement or web application",
    "A page was changed, or an application does what it should not.",
    ["web"],
    [
      [
        "contain",
        "Put a page of your own before it, or cut the host off; keep the changed one as evidence",
        "host",
      ],
      ["detect", "Copy disk, memory and web logs before anything is cleaned", "host", "imaged"],
      ["detect", "Find the first request that should not have worked, and every one from the same source"],
      ["detect", "Look for new and changed files in the web root: web shells have harmless names", "host"],
      ["detect", "Look in the database for content, accounts and tasks that nobody made"],
      ["detect", "Find the other sites on the same host and the other hosts with the same application"],
      ["eradicate", "Close the hole: patch, input check, upload folder, administration interface", "host"],
      ["recover", "Deploy from the source, not from the host", "host", "rebuilt"],
      ["recover", "Change the keys and passwords that the application knew", "host", "passwords"],
      ["recover", "Leave only the intended services and paths reachable", "host", "services"],
      ["recover", "Watch for the same requests", "host", "monitored"],
      ["learn", "Tell those whose data the application held, where that is due"],
    ],
  ),
  playbook(
    "denial-of-service",
    OURS,
    "Denial of service",
    "Too much traffic, or requests that cost too much. Often a cover for something else.",
    ["attrition"],
    [
      ["detect", "Tell a flood from a fault: what is full, line, firewall, server or application?"],
      ["detect", "Keep a sample of the traffic, and write down sources, ports and rates"],
      ["contain", "Call the Internet provider, with the sample and the addresses that are hit"],
      ["contain", "Filter as far outside as you can; limit rates nearer to home"],
      ["contain", "Bring up the static page or the hot spare for what people need most"],
      ["detect", "Look for another attack under its cover"],
      ["detect", "Find out whether your own hosts take part in it"],
      ["eradicate", "Close what made it cheap: open resolvers, costly requests, missing limits"],
      ["recover", "Take the filters back one by one, and watch"],
      ["learn", "Agree with the provider on what is done at once the next time"],
    ],
  ),
  playbook(
    "lost-device",
    OURS,
    "Lost or stolen device",
    "A laptop, telephone or medium is gone.",
    ["loss_or_theft"],
    [
      ["detect", "Write down what, where, when and by whom it was last seen, and its serial number"],
      ["detect", "Find out what was on it, and whether it was encrypted and locked"],
      ["contain", "Lock and wipe it from afar where that works; say so in the log"],
      ["contain", "End the sessions, tokens and certificates that it held; change its passwords"],
      ["contain", "Have its telephone number and cards blocked"],
      ["detect", "Look for sign-ins from it after it was lost"],
      ["contain", "Report a theft to the police, where the policy says who does"],
      ["detect", "Ask legal advisers whether those whose data it held must be told"],
      ["recover", "If it comes back, treat it as affected: it was out of our hands", "host", "rebuilt"],
      ["learn", "Encrypt what was not"],
    ],
  ),
  playbook(
    "improper-use",
    OURS,
    "Improper use by somebody inside",
    "Somebody who may use our systems uses them against the policy.",
    ["improper_usage"],
    [
      ["detect", "Speak with management, personnel and legal advisers before anything is looked at"],
      ["detect", "Let as few people know as possible; mark the incident accordingly"],
      ["detect", "Name the clause that is violated"],
      ["detect", "Collect only what the advisers permit, with a complete chain of custody", "host", "imaged"],
      ["detect", "Look at logs that the person cannot change"],
      ["contain", "Decide with management whether to watch on or to cut off"],
      ["contain", "Withdraw access at the agreed minute, everywhere at once"],
      ["eradicate", "Remove what was installed or opened up", "host"],
      ["recover", "Change shared passwords that the person knew", "host", "passwords"],
      ["learn", "Ask whether the person should have been able to"],
    ],
  ),
];
