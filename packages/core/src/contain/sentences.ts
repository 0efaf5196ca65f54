import type { Sentence } from "../kernel/sentence.ts";

/** What each entry of containment says, in one plain sentence without its author and time. */
export const CONTAIN_SENTENCES: Readonly<Record<string, Sentence>> = {
  "isolation.requested": (field, { target }) => `Asked to cut off ${nameOf(target)}: ${field("why")}`,
  "isolation.approved": (field, { condition }) =>
    `Authorised cutting off ${field("name")}${condition ? ` on condition: ${field("condition")}` : ""}`,
  "isolation.refused": (field) => `Refused to cut off ${field("name")}: ${field("reason")}`,
  "isolation.withdrawn": (field) => `Took back the request to cut off ${field("name")}: ${field("reason")}`,
  "isolation.done": (field, { connector, note }) =>
    `Cut off ${field("name")}${typeof connector === "string" ? ` through ${connector}` : ""}${note ? `: ${field("note")}` : ""}`,
  "isolation.run_asked": (field, { looked }) =>
    `Let ${field("connector")} loose on ${field("name")}${looked ? `; seen at the device before: ${field("looked")}` : ""}`,
  "isolation.run_ended": (field, { outcome, text }) =>
    `${field("connector")} ${RUN_ENDED[String(outcome)] ?? field("outcome")} on ${field("name")}${text ? `: ${field("text")}` : ""}`,
  "isolation.verified": (field) => `Made sure that ${field("name")} is cut off: ${field("how")}`,
  "isolation.changed": (field) =>
    `The isolation of ${field("name")} is looked at again by ${field("reviewAt")}, owner ${field("ownerName")}: ${field("reason")}`,
  "isolation.lifted": (field) => `Connected ${field("name")} again: ${field("reason")}`,
  "spare.registered": (field) => `Registered the hot spare ${field("name")}`,
  "spare.changed": (field) => `Changed what is known of the hot spare ${field("name")}`,
  "spare.retired": (field) => `Took the hot spare ${field("name")} out of the register`,
  "spare.switched_over": (field, { notCut }) =>
    `Switched from ${field("host")} to the hot spare ${field("name")}${notCut ? `; the host is not cut off: ${field("notCut")}` : ""}`,
  "spare.switched_back": (field) => `Switched back from the hot spare ${field("name")} to ${field("host")}`,
  "compromise.dated": (field, { earliestAt }) =>
    `${earliestAt === null ? "Nobody knows since when it is compromised" : `It may be compromised since ${field("earliestAt")}`}: ${field("reason")}`,
  "restorepoint.chosen": (field, { reason }) =>
    `Chose the restore point ${field("takenAt")} of ${field("name")} for ${field("host")} (${field("standing")} the time of compromise, ${field("scanned").replaceAll("_", " ")})${reason ? `: ${field("reason")}` : ""}`,
  "reset.planned": (field) => `Listed ${field("account")} of ${field("host")} for a new password`,
  "reset.done": (field, { told, sessionsEnded }) =>
    `${field("account")} has a new password${sessionsEnded ? ", its sessions are ended" : ""}${told ? `; told ${field("told")}` : ""}`,
  "reset.dropped": (field) => `${field("account")} needs no new password: ${field("reason")}`,
  "watch.planned": (field, { everyMinutes }) =>
    `Planned the watch: ${field("what")}; every ${intervalText(Number(everyMinutes))}`,
  "watch.checked_in": (field, { found, text }) =>
    `Looked and found ${found === "nothing" ? "nothing" : "something"}${text ? `: ${field("text")}` : ""}`,
};

const RUN_ENDED: Readonly<Record<string, string>> = {
  done: "did it",
  failed: "failed",
  unknown: "ended with an unknown outcome",
  not_run: "was not run",
};

/** A span of minutes in the largest whole unit: `4 h`, `90 min`, `2 days`. */
export function intervalText(minutes: number): string {
  if (!Number.isFinite(minutes)) return "(withheld)";
  if (minutes % 1440 === 0) return minutes === 1440 ? "1 day" : `${minutes / 1440} days`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

function nameOf(target: unknown): string {
  const named = typeof target === "object" && target !== null && "name" in target;
  return named ? String(target.name) : "(withheld)";
}
