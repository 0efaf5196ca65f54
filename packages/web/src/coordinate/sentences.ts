import type { Sentence } from "../document/log/entry-sentence.ts";

/** What the entries about telling others say. */
export const COORDINATE_SENTENCES: Readonly<Record<string, Sentence>> = {
  "letterhead.set": (field) => `Set the letterhead: ${field("team")}, ${field("phone")}, ${field("email")}`,
  "notification.drafted": (field, { facts }) =>
    `Drafted notification ${field("ref")}: ${field("subject")} (${field("marking")}${factsText(facts)})`,
  "notification.changed": (field, { facts }) =>
    `Wrote notification ${field("ref")} anew: ${field("subject")} (${field("marking")}${factsText(facts)})`,
  "notification.dropped": (field) => `Gave notification ${field("ref")} up: ${field("reason")}`,
  "notification.released": (field, { through }) =>
    `Released ${field("ref")} to ${field("name")}${through ? ` through ${field("through")}` : ""} by ${field("channel")}, ${field("address")} (${field("marking")}); sha256 ${field("sha256").slice(0, 12)}…`,
  "notification.delivered": (field, { outcome, detail }) =>
    `${field("ref")} to ${field("name")} ${OUTCOMES[String(outcome)] ?? field("outcome")}${detail ? `: ${field("detail")}` : ""}`,
  "notification.answered": (field, { answer, state }) =>
    `${ANSWERS[String(state)] ?? field("state")} ${field("ref")}, ${field("name")}${answer ? `: ${field("answer")}` : ""}`,
};

const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: "was accepted by the mail server",
  failed: "did not leave",
  unknown: "may have left or not: nobody knows",
  handed_over: "was handed over",
  read_out: "was read out",
};

const ANSWERS: Readonly<Record<string, string>> = {
  acknowledged: "Acknowledged:",
  answered: "Answered:",
  closed: "Closed:",
};

function factsText(facts: unknown): string {
  if (!Array.isArray(facts)) return "";
  return facts.length === 1 ? ", one fact" : `, ${facts.length} facts`;
}
