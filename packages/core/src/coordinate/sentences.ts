import type { Sentence } from "../kernel/sentence.ts";

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
  "reply.received": (field, { name, ref, mail, way }) =>
    `A mail came back ${way === "mailbox" ? "into the mailbox" : "as a file"}${ref ? ` to ${field("ref")}` : ""}${name ? `, of ${field("name")}` : ""}: ${mailText(mail)}`,
  "reply.matched": (field, { name }) =>
    `Said that a reply answers ${field("ref")}${name ? `, of ${field("name")}` : ""}`,
  "reply.dismissed": (field) => `Set a reply aside: ${field("reason")}`,
  "reply.settled": (field, { ref, state }) =>
    `Read a reply${ref ? ` to ${field("ref")}` : ""}${typeof state === "string" ? ` and wrote down: ${state}` : ""}`,
  "reply.saved": (field, { ref }) => `Fetched the bytes of a reply${ref ? ` to ${field("ref")}` : ""}`,
  "advisory.drafted": (field, { kind }) =>
    `${kind === "withdrawal" ? "Drafted the withdrawal" : "Drafted version"} ${field("version")} of advisory ${field("ref")}: ${field("title")} (${field("marking")})`,
  "advisory.dropped": (field) => `Gave the draft of advisory ${field("ref")} up: ${field("reason")}`,
  "advisory.approved": (field) =>
    `Approved version ${field("version")} of advisory ${field("ref")}: ${field("title")}; sha256 ${field("sha256").slice(0, 12)}…`,
  "advisory.sent": (field, { advised }) =>
    `Sent version ${field("version")} of advisory ${field("ref")} to ${Array.isArray(advised) ? advised.length : "(withheld)"}: ${field("title")} (${field("marking")})`,
  "advisory.resent": (field, { reason }) =>
    `Sent version ${field("version")} of ${field("ref")} to ${field("name")} once more, ${field("address")}${reason ? `: ${field("reason")}` : ""}`,
  "advisory.told": (field) =>
    `Told ${field("name")} of version ${field("version")} of ${field("ref")} in another way: ${field("detail")}`,
  "advisory.delivered": (field, { outcome, detail }) =>
    `${field("ref")} to ${field("name")} ${OUTCOMES[String(outcome)] ?? field("outcome")}${detail ? `: ${field("detail")}` : ""}`,
};

function mailText(mail: unknown): string {
  if (typeof mail !== "object" || mail === null) return "(withheld)";
  const { subject = "", fromAddress = "" } = mail as Readonly<Record<string, unknown>>;
  return `${String(subject) || "(without a subject)"}, from ${String(fromAddress) || "nobody named"}`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: "was accepted by the mail server",
  failed: "did not leave",
  unknown: "may have left or not: nobody knows",
  kept: "stayed in the house, as everything that is played",
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
