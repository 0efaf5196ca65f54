import type { Sentence } from "../../kernel/sentence.ts";

/** What the entries about playbooks and checklists say. */
export const CHECKLIST_SENTENCES: Readonly<Record<string, Sentence>> = {
  "playbook.drafted": (field) => `Drafted the playbook “${field("title")}”`,
  "playbook.published": (field) =>
    `Put the playbook “${field("title")}” in force, version ${field("version")}`,
  "playbook.retired": (field) => `Retired the playbook “${field("title")}”: ${field("reason")}`,
  "checklist.started": (field, { steps }) =>
    `Goes through the playbook “${field("title")}”, version ${field("version")}, ${Array.isArray(steps) ? steps.length : "some"} steps`,
  "checklist.step_done": (field, { hostName, note }) =>
    `Done${hostName ? ` on ${field("hostName")}` : ""}: ${field("text")}${note ? `. ${field("note")}` : ""}`,
  "checklist.step_skipped": (field, { hostName }) =>
    `Skipped${hostName ? ` on ${field("hostName")}` : ""}: ${field("text")}. Because: ${field("reason")}`,
  "checklist.step_reopened": (field, { hostName, reason }) =>
    `Open again${hostName ? ` on ${field("hostName")}` : ""}: ${field("text")}${reason ? `. ${field("reason")}` : ""}`,
};
