import {
  accept,
  adoptPlaybook,
  draftPlaybook,
  PlaybookContent,
  PlaybookId,
  publishPlaybook,
  RecoveryReason,
  refuse,
  retirePlaybook,
  SHIPPED_PLAYBOOKS,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";

const Done = z.object({ playbook: PlaybookId });
const Seen = z.int().min(0).describe("changedSeq of the playbook you had in front of you");
const KEYS = SHIPPED_PLAYBOOKS.map(({ key }) => key) as [string, ...string[]];
const kept = { phase: "prepare", action: "playbook.manage", output: Done } as const;

export const playbookAdopt = operation({
  name: "playbook.adopt",
  ...kept,
  summary: "Put a playbook that ships in force as it stands",
  input: z.strictObject({ shipped: z.enum(KEYS) }),
  load: async (input, records, act) => ({
    id: act.newId("pbk"),
    shipped: SHIPPED_PLAYBOOKS.find(({ key }) => key === input.shipped),
    adopted: await records.playbooks.adoptedFrom(input.shipped),
  }),
  decide: ({ id, shipped, adopted }, _input, act) =>
    shipped === undefined
      ? refuse({ code: "thing.not_found" })
      : single(id, adoptPlaybook(id, stampOf(undefined, act), shipped, adopted)),
});

export const playbookAdd = operation({
  name: "playbook.add",
  ...kept,
  summary: "Begin a playbook of your own, as a draft",
  input: PlaybookContent,
  load: async (_input, _records, act) => ({ id: act.newId("pbk") }),
  decide: ({ id }, content, act) =>
    single(id, draftPlaybook(id, undefined, stampOf(undefined, act), 0, content)),
});

export const playbookDraft = operation({
  name: "playbook.draft",
  ...kept,
  thing: "playbook",
  summary: "Keep a draft of a playbook's next version; what is in force stays in force",
  input: z.strictObject({ playbook: PlaybookId, seen: Seen, ...PlaybookContent.shape }),
  load: (input, records) => records.playbooks.playbook(input.playbook),
  decide: (before, { playbook: id, seen, ...content }, act) =>
    single(id, draftPlaybook(id, before, stampOf(undefined, act), seen, content)),
});

export const playbookPublish = operation({
  name: "playbook.publish",
  ...kept,
  thing: "playbook",
  summary: "Put the draft of a playbook in force",
  input: z.strictObject({ playbook: PlaybookId, seen: Seen }),
  load: (input, records) => records.playbooks.playbook(input.playbook),
  decide: (before, { seen }, act) =>
    single(before.id, publishPlaybook(before, stampOf(undefined, act), seen)),
});

export const playbookRetire = operation({
  name: "playbook.retire",
  ...kept,
  thing: "playbook",
  summary: "Take a playbook out of the library; what was started from it goes on",
  input: z.strictObject({ playbook: PlaybookId, seen: Seen, reason: RecoveryReason }),
  load: (input, records) => records.playbooks.playbook(input.playbook),
  decide: (before, { seen, reason }, act) =>
    single(before.id, retirePlaybook(before, stampOf(undefined, act), seen, reason)),
});

function single(playbook: PlaybookId, outcome: ReturnType<typeof publishPlaybook>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { playbook } }) : outcome;
}
