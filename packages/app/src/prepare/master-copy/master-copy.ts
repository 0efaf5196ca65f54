import {
  accept,
  acceptDifference,
  approveMasterCopy,
  CopyCheck,
  CopyDifference,
  CopyReview,
  checkAgainstMasterCopy,
  fetchMasterCopy,
  Instant,
  KeptFile,
  MasterCopyDetails,
  type MasterCopyFact,
  MasterCopyId,
  masterCopyState,
  prose,
  type Result,
  registerMasterCopy,
  retireMasterCopy,
  reviewMasterCopy,
  Seal,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { query } from "../../query.ts";
import type { Refusal } from "../../refusals.ts";
import { TicketOutput, ticketFor } from "../../ticket.ts";
import { masterCopyKeep } from "./keeping.ts";
import { masterCopyTakeIn } from "./take-in.ts";

const KEPT = { phase: "prepare", action: "mastercopy.manage", visibleBy: "asset.read" } as const;
const OF_ONE = { ...KEPT, thing: "copy" } as const;
const Done = z.object({ copy: MasterCopyId });
const Seen = z.int().min(0).describe("changedSeq of what you had in front of you");
const Reason = prose(1000).refine((text) => text.trim() !== "", { error: "is empty; say why" });

const masterCopyRegister = operation({
  name: "mastercopy.register",
  ...KEPT,
  summary: "Register a signed master copy of a host; its version has to be newer than those before",
  input: MasterCopyDetails,
  output: Done,
  load: async (input, records, act) =>
    (await records.register.allKnown([input.asset]))
      ? { id: act.newId("mcp"), newest: await records.masterCopies.newestVersion(input.name) }
      : undefined,
  decide: ({ id, newest }, input, act) =>
    single(id, registerMasterCopy(id, stampOf(undefined, act), newest, input)),
});

const masterCopyReview = operation({
  name: "mastercopy.review",
  ...OF_ONE,
  summary: "Say what a review for malicious software found, by which engine and signatures",
  input: z.strictObject({ copy: MasterCopyId, ...CopyReview.shape }),
  output: Done,
  load: (input, records) => records.masterCopies.masterCopy(input.copy),
  decide: (before, { copy, ...said }, act) =>
    single(copy, reviewMasterCopy(before, stampOf(undefined, act), said)),
});

const masterCopyApprove = operation({
  name: "mastercopy.approve",
  ...OF_ONE,
  summary: "Approve a reviewed master copy that somebody else registered",
  input: z.strictObject({ copy: MasterCopyId }),
  output: Done,
  load: (input, records) => records.masterCopies.masterCopy(input.copy),
  decide: (before, { copy }, act) =>
    single(copy, approveMasterCopy(before, stampOf(undefined, act), act.by.id)),
});

const masterCopyFetch = operation({
  name: "mastercopy.fetch",
  ...OF_ONE,
  summary:
    "Ask for an approved master copy: where it is, and the file itself where it is kept; recorded first",
  input: z.strictObject({ copy: MasterCopyId, purpose: Reason }),
  output: Done.extend({
    place: z.string(),
    manifestSha256: z.string(),
    version: z.int(),
    file: z
      .object({ ...TicketOutput, fileName: z.string(), sizeBytes: z.int(), envelope: z.string() })
      .nullable()
      .describe("A link to the very bytes, and their signatures; null: the file itself is not kept here"),
  }),
  load: (input, records) => records.masterCopies.masterCopy(input.copy),
  decide: (before, { copy, purpose }, act) => {
    const outcome = fetchMasterCopy(before, stampOf(undefined, act), purpose);
    if (!outcome.ok) return outcome;
    const { place, manifestSha256, version, file } = before;
    const output = { copy, place, manifestSha256, version };
    if (file === null) return accept({ facts: [outcome.value], output: { ...output, file } });
    const { fileName: name, sizeBytes, envelope } = file;
    const grants = { what: "master_copy" as const, copy, sha256: manifestSha256, sizeBytes, name };
    const ticket = ticketFor(act, grants);
    return accept({
      facts: [outcome.value],
      effects: [ticket.effect],
      output: { ...output, file: { ...ticket.output, fileName: name, sizeBytes, envelope } },
    });
  },
});

const masterCopyCheck = operation({
  name: "mastercopy.check",
  ...OF_ONE,
  summary: "Keep what a check of the host found; `jumpkit master-copy send` does it with a token",
  input: z.strictObject({ copy: MasterCopyId, ...CopyCheck.shape, happened }),
  output: Done,
  load: (input, records) => records.masterCopies.masterCopy(input.copy),
  decide: (before, { copy, happened: said, ...check }, act) =>
    single(copy, checkAgainstMasterCopy(before, stampOf(said, act), check)),
});

const masterCopyAccept = operation({
  name: "mastercopy.accept",
  ...OF_ONE,
  summary: "Take one difference of the last check as it is, until a moment and with the reason",
  input: z.strictObject({ copy: MasterCopyId, ...CopyDifference.shape, reason: Reason, until: Instant }),
  output: Done,
  load: (input, records) => records.masterCopies.masterCopy(input.copy),
  decide: (before, { copy, ...said }, act) =>
    single(copy, acceptDifference(before, stampOf(undefined, act), act.now, said)),
});

const masterCopyRetire = operation({
  name: "mastercopy.retire",
  ...OF_ONE,
  summary: "Take a master copy out of the register",
  input: z.strictObject({ copy: MasterCopyId, seen: Seen, reason: prose(1000).default("") }),
  output: Done,
  load: (input, records) => records.masterCopies.masterCopy(input.copy),
  decide: (before, { copy, seen, reason }, act) =>
    single(copy, retireMasterCopy(before, stampOf(undefined, act), seen, reason)),
});

const DoneBy = { by: z.string(), byId: z.string(), at: z.string() };
const MasterCopyView = z
  .object({
    ...MasterCopyDetails.shape,
    id: MasterCopyId,
    changedSeq: z.int(),
    registered: z.object(DoneBy),
    file: z
      .object({ ...KeptFile.omit({ envelope: true }).shape, ...DoneBy })
      .nullable()
      .describe("the manifest as it is kept here; null: it is only at its place"),
    review: z.object({ ...CopyReview.shape, ...DoneBy }).nullable(),
    approval: z.object(DoneBy).nullable(),
    lastCheck: z.object({ ...CopyCheck.shape, seal: Seal.nullable(), ...DoneBy }).nullable(),
    checks: z.array(
      z.object({
        ...DoneBy,
        verdict: z.string(),
        differenceCount: z.int(),
        seal: Seal.pick({ sha256: true, item: true }).nullable(),
      }),
    ),
    accepted: z.array(
      z.object({ ...CopyDifference.shape, ...DoneBy, reason: z.string(), until: z.string() }),
    ),
    isExpired: z.boolean(),
    isDue: z.boolean().describe("it expires within thirty days"),
    renewFrom: z.string(),
    open: z.array(CopyDifference).describe("differences of the last check that nobody accepted"),
    openCount: z.int(),
    unintended: z.array(z.string()).nullable().describe("what listens and may not; null: not known"),
  })
  .meta({ id: "MasterCopy" });

export const listMasterCopies = query({
  name: "mastercopy.list",
  phase: "prepare",
  summary: "Master copies by host, newest first, with review, approval, last check and what is open",
  action: "asset.read",
  path: "/v1/mastercopy",
  input: z.strictObject({}),
  output: z.object({ items: z.array(MasterCopyView) }),
  run: async (_input, reading) => ({
    items: (await reading.masterCopies.masterCopies()).map((copy) => {
      const state = masterCopyState(copy, reading.now());
      return {
        ...copy,
        ...state,
        checks: [...copy.checks],
        accepted: [...copy.accepted],
        open: [...state.open],
        unintended: state.unintended && [...state.unintended],
      };
    }),
  }),
});

/** The operations on the register of master copies. */
export const MASTER_COPY_OPERATIONS = [
  masterCopyRegister,
  masterCopyKeep,
  masterCopyReview,
  masterCopyApprove,
  masterCopyFetch,
  masterCopyCheck,
  masterCopyTakeIn,
  masterCopyAccept,
  masterCopyRetire,
] as const;

function single(copy: MasterCopyId, outcome: Result<MasterCopyFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { copy } }) : outcome;
}
