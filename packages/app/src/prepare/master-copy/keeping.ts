import {
  accept,
  ENVELOPE_MAX_CHARACTERS,
  keepMasterCopy,
  type MasterCopy,
  MasterCopyId,
  type Result,
  refuse,
  UploadId,
  whyNotKeep,
  whyNotOf,
} from "@jumpkit/core";
import * as z from "zod";
import { denialOf } from "../../execute.ts";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import type { Viewer } from "../../ports.ts";
import type { Reading } from "../../reading.ts";
import type { Refusal } from "../../refusals.ts";

/**
 * The master copy that this person may send the manifest of, or why they may not. Asked before a byte is read.
 *
 * One that they may not see is refused as one that does not exist.
 */
export async function copyToKeep(
  reading: Reading,
  viewer: Viewer,
  id: MasterCopyId,
): Promise<Result<MasterCopy, Refusal>> {
  const sees = (await reading.permission(viewer, "asset.read")).allowed;
  const copy = sees ? await reading.masterCopies.masterCopy(id) : undefined;
  if (copy === undefined) return refuse({ code: "thing.not_found" });
  const permission = await reading.permission(viewer, "mastercopy.manage");
  if (!permission.allowed) return refuse(denialOf({ action: "mastercopy.manage" }, permission));
  const whyNot = whyNotKeep(copy);
  return whyNot === undefined ? accept(copy) : refuse(whyNot);
}

/** Keeps the manifest that was sent, once its digest, its count and the signatures of both are found good. */
export const masterCopyKeep = operation({
  name: "mastercopy.keep",
  phase: "prepare",
  action: "mastercopy.manage",
  thing: "copy",
  visibleBy: "asset.read",
  summary: "Keep the manifest that was sent, with its signatures, so that it can be fetched from here",
  input: z.strictObject({
    copy: MasterCopyId,
    upload: UploadId.describe("What sending the manifest answered"),
    envelope: z
      .string()
      .min(1)
      .max(ENVELOPE_MAX_CHARACTERS)
      .describe("The file beside the manifest that ends in .dsse.json"),
  }),
  output: z.object({ copy: MasterCopyId, sizeBytes: z.int() }),
  load: async (input, records) => {
    const copy = await records.masterCopies.masterCopy(input.copy);
    if (copy === undefined) return undefined;
    const upload = await records.upload(input.upload, input.copy);
    const entryCount = await records.masterCopies.readEntryCount(input.copy);
    const signed = records.masterCopies.signed(input.envelope, copy.checkKeys);
    return { copy, upload, entryCount, signed };
  },
  decide: ({ copy, upload, entryCount, signed }, { envelope }, act) => {
    if (upload === undefined || entryCount === undefined) return refuse({ code: "evidence.no_such_upload" });
    if (!signed.ok) return signed;
    const whyNot = whyNotOf(copy, signed.value, { sha256: upload.sha256, entryCount });
    if (whyNot !== undefined) return refuse(whyNot);
    const { name: fileName, sizeBytes } = upload;
    const kept = keepMasterCopy(copy, stampOf(undefined, act), { fileName, sizeBytes, envelope });
    if (!kept.ok) return kept;
    return accept({
      facts: [kept.value],
      effects: [{ kind: "upload_claimed", upload: upload.id, by: copy.id }],
      output: { copy: copy.id, sizeBytes },
    });
  },
});
