import type { Scenario } from "../scenario.ts";

/** What people do inside, by intent or without. */
export const MISUSES: readonly Scenario[] = [
  {
    key: "payroll",
    title: "At the payroll desk",
    about:
      "Somebody looked into payroll records at an unlocked desk: personal data, few traces, many suspects",
    vector: "improper_usage",
    minutes: 75,
    situation:
      "On a Wednesday evening a payroll clerk comes back to her desk. Somebody is just leaving the room. Her screen, which she had locked she thinks, shows the records of the whole staff.",
    objectives: [
      "Find out what was seen or taken with the few traces that there are",
      "Know what the law asks for when personal data may be in other hands, and by when",
      "Keep the circle small",
    ],
    injects: [
      {
        minute: 0,
        way: "person",
        text: "The clerk: “it was a man in a blue jacket. I have not touched anything since.”",
        raw: "",
        expected: "Her words with time; the computer is left as it is; volatile data first.",
      },
      {
        minute: 15,
        way: "sign",
        text: "The payroll program's log of the last hour.",
        raw: "17:52:03 LIST staff all (clerk 4)\n17:52:40 EXPORT staff.csv to E:\\ (clerk 4)\n17:55:12 LOCK (clerk 4)",
        expected:
          "A removable medium was used: data probably left. The clock for reporting is started and written down.",
      },
      {
        minute: 40,
        way: "person",
        text: "The works council asks what became of the staff's data.",
        raw: "",
        expected: "Who tells them what is decided before; facts and guesses are kept apart.",
      },
      {
        minute: 55,
        way: "mail",
        text: "The export turns up as an attachment in the mailbox of three managers.",
        raw: "",
        expected: "Mail is secured as evidence; the sender's account goes into scope.",
      },
    ],
    questions: [
      "Who must be told that their data were seen, by whom and in what words?",
      "What would a camera have to do with it?",
    ],
    variations: [
      "The man in the blue jacket is an auditor you hired.",
      "Records were altered before payday.",
    ],
  },
  {
    key: "file-sharing",
    title: "Music for everybody",
    about:
      "Forbidden file sharing inside: a complaint from outside, and the line between misuse and incident",
    vector: "improper_usage",
    minutes: 60,
    situation:
      "Your policy forbids peer-to-peer file sharing. On a Monday the sensor sees it nevertheless, from a server in a laboratory.",
    objectives: [
      "Tell misuse from a compromise: who runs it, with what intent",
      "Answer a complaint from outside without admitting what is not known",
      "Choose the lightest action that works",
    ],
    injects: [
      {
        minute: 0,
        way: "sign",
        text: "File-sharing protocol from a laboratory server, with hundreds of partners.",
        raw: "09:14:20 ET P2P BitTorrent peer sync 192.0.2.107:6881 -> 198.51.100.9:51413",
        expected: "Owner and purpose of the host are looked up in the register; rated low and kept.",
      },
      {
        minute: 15,
        way: "mail",
        text: "A rights holder's lawyer complains of one address at one minute last week, zone not given.",
        raw: "",
        expected: "Zone is asked for; legal answers; logs of that time are held back from deletion.",
      },
      {
        minute: 35,
        way: "person",
        text: "The laboratory: nobody installed anything. The server has had a weak password for a year.",
        raw: "",
        expected: "Now it may be a compromise: looked at against its master copy; scope and rating change.",
      },
    ],
    questions: [
      "At what point does misuse become an incident for us?",
      "Who talks to the user, and with whom beside them?",
    ],
    variations: [
      "The files are the organisation's own drawings.",
      "It is the computer of a member of the board.",
    ],
  },
  {
    key: "unknown-access-point",
    title: "A network that is not ours",
    about: "An unknown wireless access point: finding a thing in a building, and what it was used for",
    vector: "other",
    minutes: 75,
    situation:
      "On a Monday morning people complain that the wireless network is slow on one floor. A technician with a laptop sees an access point with your network's name that is not yours.",
    objectives: [
      "Find a device in the building without warning whoever put it there",
      "Find out who used it, and with which credentials",
      "Cut it off and keep it as evidence",
    ],
    injects: [
      {
        minute: 0,
        way: "phone",
        text: "The technician: “it has our name, another vendor's hardware address, and it is strongest near the copiers.”",
        raw: "",
        expected: "Nobody unplugs it yet; what it sends is recorded; photographs before anything is touched.",
      },
      {
        minute: 20,
        way: "sign",
        text: "It is on our cable: a switch port behind the copier.",
        raw: "09:41:55 sw-2a port 31 learned 02:1b:44:11:3a:b7 vlan 20",
        expected:
          "It bridges strangers into our network: isolation at the port with the policy's row; others are searched for.",
      },
      {
        minute: 40,
        way: "sign",
        text: "Fourteen of our people's devices were signed in to it since Friday.",
        raw: "",
        expected: "Their accounts count as known to others; order of setting anew: administrators first.",
      },
      {
        minute: 60,
        way: "person",
        text: "A guest of a project admits: “I only wanted better reception.”",
        raw: "",
        expected:
          "Written down; the device is taken with a custody form; the rule for guests is looked at in the hot wash.",
      },
    ],
    questions: [
      "How would we have found it without the complaint?",
      "What could somebody outside the building have done with it?",
    ],
    variations: ["It is on a battery above the ceiling.", "It is only in the car park."],
  },
];
