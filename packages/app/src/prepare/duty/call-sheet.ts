import { accept, Instant, printCallSheet, whatIsOld } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { query } from "../../query.ts";

export const callSheetPrint = operation({
  name: "callsheet.print",
  phase: "prepare",
  summary: "Say that you print a call sheet now, so that you are told when the paper is out of date",
  action: "contact.read",
  input: z.strictObject({}),
  output: z.object({ expiresAt: Instant }),
  load: async (_input, records) => ({
    policy: await records.policyInForce(),
    contacts: await records.contacts.contactCount(),
  }),
  decide: ({ policy, contacts }, _input, act) => {
    const fact = printCallSheet(act.by.id, stampOf(undefined, act), act.now, {
      policyVersion: policy?.version ?? 0,
      policyDigest: policy?.digest ?? "",
      contacts,
    });
    return accept({ facts: [fact], output: { expiresAt: fact.body.expiresAt } });
  },
});

export const showCallSheet = query({
  name: "callsheet.show",
  phase: "prepare",
  summary: "Whether the call sheet that you printed can still be trusted",
  action: "contact.read",
  path: "/v1/callsheet",
  input: z.strictObject({}),
  output: z.object({
    printed: z
      .object({
        at: z.string(),
        policyVersion: z.int(),
        expiresAt: Instant,
        old: z.array(z.enum(["policy", "contacts", "expired"])).describe("what changed since"),
      })
      .nullable()
      .describe("null when you have printed none"),
    policy: z.object({ version: z.int(), digest: z.string() }).nullable(),
  }),
  run: async (_input, reading, viewer) => {
    const sheet = await reading.contacts.callSheetOf(viewer.id);
    const policy = await reading.policyInForce();
    const inForce = {
      policyVersion: policy?.version ?? 0,
      contactsSeq: await reading.contacts.contactsSeq(),
    };
    return {
      printed: sheet
        ? {
            at: sheet.printedAt,
            policyVersion: sheet.policyVersion,
            expiresAt: sheet.expiresAt,
            old: whatIsOld(sheet, reading.now(), inForce),
          }
        : null,
      policy: policy ? { version: policy.version, digest: policy.digest } : null,
    };
  },
});
