import { accept, acknowledgePolicy, adoptPolicy, PolicyDocument, refuse } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";

export const adoptResponsePolicy = operation({
  name: "policy.adopt",
  phase: "prepare",
  summary: "Put the first response policy in force; later versions take policy.draft and policy.consent",
  action: "policy.manage",
  input: z.strictObject({
    seen: z.int().min(0).describe("version in force that you had in front of you; 0 for none"),
    document: PolicyDocument,
  }),
  output: z.object({ version: z.int(), digest: z.string() }),
  load: async (_input, records) => ({ version: await records.policy.latestVersion() }),
  decide: ({ version }, input, act) => {
    // The first version needs one manager, because nobody else has authority yet; every other needs two.
    if (version > 0) return refuse({ code: "policy.needs_two" });
    const digest = act.sha256(JSON.stringify(input.document));
    const outcome = adoptPolicy(stampOf(undefined, act), version, input.seen, input.document, digest);
    return outcome.ok
      ? accept({ facts: [outcome.value], output: { version: version + 1, digest } })
      : outcome;
  },
});

export const acknowledgeResponsePolicy = operation({
  name: "policy.acknowledge",
  phase: "prepare",
  summary: "Confirm that you have read the policy in force",
  action: "own",
  input: z.strictObject({ version: z.int().min(1) }),
  output: z.object({ version: z.int() }),
  load: async (_input, records) => ({ policy: await records.policyInForce() }),
  decide: ({ policy }, input, act) => {
    const outcome = acknowledgePolicy(policy, act.by.id, stampOf(undefined, act), input.version);
    return outcome.ok ? accept({ facts: [outcome.value], output: { version: input.version } }) : outcome;
  },
});
