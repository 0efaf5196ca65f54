import type { Scenario } from "../scenario.ts";

/** What is lost, stolen, gone or threatened. */
export const LOSSES: readonly Scenario[] = [
  {
    key: "stolen-documents",
    title: "Documents in the wrong hands",
    about: "Confidential papers turn up outside: an incident that begins on the phone, with the law involved",
    vector: "loss_or_theft",
    minutes: 90,
    situation:
      "On a Monday morning the legal department is called by the police: in the case of a man who was arrested, they found documents of yours that are marked as confidential.",
    objectives: [
      "Work with the police without giving away more than is decided",
      "Keep custody of what is handed over without a gap",
      "Find out how the documents left",
    ],
    injects: [
      {
        minute: 0,
        way: "phone",
        text: "Legal: “a detective wants to know by noon whether these are ours, and who had them.”",
        raw: "",
        expected: "Identity is checked by a call-back to a number from the directory, not to the one given.",
      },
      {
        minute: 20,
        way: "mail",
        text: "Photographs of eleven pages arrive. They bear the number of one printer and three different dates.",
        raw: "",
        expected: "Taken in as evidence with sender, time and digest; access only for those who need it.",
      },
      {
        minute: 45,
        way: "person",
        text: "A head of department recognises the pages and wants to question a colleague at once.",
        raw: "",
        expected:
          "People and law are for personnel and legal; the handler writes down and does not question.",
      },
      {
        minute: 70,
        way: "phone",
        text: "The detective asks for the log of the print server and the badge readers, today.",
        raw: "",
        expected: "Who may hand over what is looked up; copies leave with a custody form and a receipt.",
      },
    ],
    questions: [
      "What is different because the police came to us and not we to them?",
      "Who in our house may not know of it?",
    ],
    variations: ["The documents are found on the Internet.", "They belong to a customer, not to you."],
  },
  {
    key: "disappearing-host",
    title: "The host that is gone",
    about: "A host leaves the network whenever one looks: finding a machine, and its user, by traces",
    vector: "improper_usage",
    minutes: 75,
    situation:
      "On a Thursday afternoon a sensor reports scans inside the network, coming from one address. When the handler looks, the host is gone. An hour later it scans again from another address.",
    objectives: [
      "Find a host by what the network knows of it",
      "Agree with those who look after the place how it is secured",
      "Keep the evidence while a person is still at the keyboard",
    ],
    injects: [
      {
        minute: 0,
        way: "sign",
        text: "Port scans of the server network from an address of the visitors' range.",
        raw: "15:02:44 scan 192.0.2.188 -> 192.0.2.0/26 tcp/22,445,3389 (64 hosts in 9 s)",
        expected: "Address leases and switch tables are asked for at once, before they are overwritten.",
      },
      {
        minute: 20,
        way: "sign",
        text: "The same hardware address appears on another floor.",
        raw: "15:24:10 dhcp ACK 192.0.2.201 to 02:00:5e:10:aa:07 via sw-3b port 17",
        expected: "The hardware address is what is followed; it is entered in scope with its history.",
      },
      {
        minute: 40,
        way: "phone",
        text: "The janitor: port 17 on floor 3 is a meeting room that is in use until 17:00, by guests.",
        raw: "",
        expected: "Cut off at the switch or walk in: decided by the policy, with whom to take along.",
      },
      {
        minute: 60,
        way: "person",
        text: "The guest says that a tool of his company checks every network he is in.",
        raw: "",
        expected:
          "Neither believed nor disbelieved: written down, verified with his company through a known contact.",
      },
    ],
    questions: [
      "How long do our leases, switch tables and badge logs live?",
      "Who may enter a room, and who may open a bag?",
    ],
    variations: ["The host is on the wireless network of a branch.", "It never comes back."],
  },
  {
    key: "telecommuting",
    title: "A worker's home",
    about:
      "An account is used through remote access while its owner is elsewhere: private equipment, far away",
    vector: "impersonation",
    minutes: 90,
    situation:
      "On a Saturday night the remote access logs show a colleague signing in from home. At the same time her mail is read from a country where she is not. The sensor sees connections from her session to servers that she never uses.",
    objectives: [
      "End the access without losing what can be learnt from it",
      "Handle a computer that is private and far away",
      "Set passwords and tokens anew through a channel that is trusted",
    ],
    injects: [
      {
        minute: 0,
        way: "sign",
        text: "Two sessions of one account from two countries.",
        raw: "22:48:31Z vpn login m.ito from 203.0.113.140 (home) ok\n22:53:02Z mail login m.ito from 198.51.100.61 ok",
        expected: "Account and both addresses into scope; sessions are ended under the policy's row.",
      },
      {
        minute: 20,
        way: "phone",
        text: "M. Ito, awake now: “I clicked away a window of the antivirus on Thursday. My son uses this computer too.”",
        raw: "",
        expected: "She is thanked, not blamed. She is told what not to do: no cleaning, no restart.",
      },
      {
        minute: 45,
        way: "sign",
        text: "The session had copied the configuration of three servers.",
        raw: "23:01:17Z files1 READ /srv/admin/conf/*.yml by m.ito (412 files)",
        expected:
          "What was in these files counts as known to the intruder; credentials in them are listed and changed.",
      },
      {
        minute: 70,
        way: "person",
        text: "Legal asks on what ground we want to image a private computer.",
        raw: "",
        expected: "The agreement on working from home is looked up; without it there is consent or nothing.",
      },
    ],
    questions: [
      "What may we ask of a private computer, and is that written down?",
      "How do we know that we talk to the right person?",
    ],
    variations: [
      "The colleague cannot be reached for a day.",
      "It is the account of the one who decides on isolation.",
    ],
  },
  {
    key: "anonymous-threat",
    title: "A voice on the phone",
    about: "An announced attack: a precursor without a sign of it in any log, with safety of people involved",
    vector: "other",
    minutes: 75,
    situation:
      "On a Thursday afternoon the switchboard receives a call: somebody who does not give a name says that your systems will be brought down on Monday, “and not only the computers”.",
    objectives: [
      "Take a threat down so that others can use it",
      "Involve building safety and the police in time",
      "Prepare for Monday without telling everybody why",
    ],
    injects: [
      {
        minute: 0,
        way: "phone",
        text: "The switchboard repeats the call from memory and has the caller's number as shown.",
        raw: "",
        expected:
          "Words, time with zone, voice, background are written down at once; shown numbers can be forged.",
      },
      {
        minute: 20,
        way: "mail",
        text: "A message from a free mail address: “Monday. Last chance.” with a picture of your entrance.",
        raw: "",
        expected: "Kept with all headers as evidence. Nobody answers: the intruder is never contacted.",
      },
      {
        minute: 40,
        way: "person",
        text: "The head of personnel remembers a colleague who was dismissed in anger last month.",
        raw: "",
        expected: "Noted with its marking as a guess; access of people who left is checked.",
      },
      {
        minute: 60,
        way: "press",
        text: "A local paper received the same message and wants to print it tomorrow.",
        raw: "",
        expected: "Those who speak for the house are told; the police is asked before anything is said.",
      },
    ],
    questions: ["When would we wake whom?", "What do we do on Monday if nothing happens?"],
    variations: ["The caller knows a password.", "The threat names a person."],
  },
];
