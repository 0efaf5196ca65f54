import {
  accept,
  type CopyCheck,
  checkAgainstMasterCopy,
  checkOfSealed,
  collect,
  EvidenceId,
  Identification,
  IncidentId,
  type Instant,
  type MasterCopy,
  MasterCopyId,
  mustBeOpen,
  type Result,
  refuse,
  SEALED_MAX_CHARACTERS,
  type SealedRefusal,
  SealedStatement,
  UploadId,
} from "@jumpkit/core";
import * as z from "zod";
import { complaintsOf } from "../../execute.ts";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";

/**
 * Takes in the file of a sealed check: verified by the keys that its master copy names, before anything in it is read.
 *
 * That somebody may collect evidence is asked when the file is sent to the incident; without that, it is no evidence.
 */
export const masterCopyTakeIn = operation({
  name: "mastercopy.take_in",
  phase: "prepare",
  action: "mastercopy.manage",
  thing: "copy",
  visibleBy: ["asset.read", "incident.read"],
  summary:
    "Verify and keep a sealed check; with an incident and the upload of the same file, as evidence of it too",
  input: z.strictObject({
    copy: MasterCopyId,
    sealed: z.string().min(1).max(SEALED_MAX_CHARACTERS).describe("The file, as it was written"),
    incident: IncidentId.nullable().default(null),
    upload: UploadId.nullable().default(null).describe("The same file, sent to the incident first"),
  }),
  output: z.object({
    copy: MasterCopyId,
    item: EvidenceId.nullable(),
    number: z.int().nullable(),
    verdict: z.string(),
  }),
  load: async (input, records, act) => {
    const copy = await records.masterCopies.masterCopy(input.copy);
    if (copy === undefined) return undefined;
    const opened = records.masterCopies.opened(input.sealed, copy.checkKeys);
    if (input.incident === null) return { copy, opened, kept: null };
    const incident = await records.incident(input.incident);
    if (incident === undefined) return undefined;
    const upload = input.upload === null ? undefined : await records.upload(input.upload, incident.id);
    const number = await records.nextItemNumber(incident.id);
    return { copy, opened, kept: { incident, upload, id: act.newId("evd"), number } };
  },
  decide: ({ copy, opened, kept }, { sealed }, act) => {
    if (!opened.ok) return opened;
    const read = readSealed(opened.value.statement);
    if (!read.ok) return read;
    const { check, startedAt, endedAt, entryCount } = read.value;
    const sha256 = act.sha256(sealed);
    const shut = kept === null ? undefined : mustBeOpen(kept.incident);
    if (shut !== undefined) return refuse(shut);
    const isSent = kept === null || kept.upload?.sha256 === sha256;
    if (!isSent) return refuse({ code: "evidence.no_such_upload" });
    const seal = {
      ...{ sha256, sealedBy: opened.value.sealedBy, startedAt, endedAt, entryCount },
      ...{ incident: kept?.incident.id ?? null, item: kept?.id ?? null },
    };
    const stamp = stampOf(undefined, act);
    const outcome = checkAgainstMasterCopy(copy, stamp, check, seal);
    if (!outcome.ok) return outcome;
    const output = { copy: copy.id, item: seal.item, number: kept?.number ?? null, verdict: check.verdict };
    if (!kept?.upload) return accept({ facts: [outcome.value], output });
    const { id: upload, name, sizeBytes } = kept.upload;
    const numbered = { id: kept.id, number: kept.number };
    const content = { sha256, sizeBytes, name };
    const item = collect(kept.incident.id, stamp, numbered, described(copy), "evidence store", content);
    return accept({
      facts: [item, outcome.value],
      effects: [{ kind: "upload_claimed", upload, by: kept.id }],
      output,
    });
  },
});

function readSealed(
  statement: unknown,
): Result<{ check: CopyCheck; startedAt: Instant; endedAt: Instant; entryCount: number }, SealedRefusal> {
  const read = SealedStatement.safeParse(statement);
  if (!read.success) {
    const [complaint] = complaintsOf(read.error);
    return refuse({ code: "mastercopy.seal_malformed", why: `${complaint?.path}: ${complaint?.problem}` });
  }
  const check = checkOfSealed(read.data);
  if (!check.ok) return check;
  const { startedAt, endedAt, entryCount } = read.data.predicate;
  return accept({ check: check.value, startedAt, endedAt, entryCount });
}

function described({ name, version }: MasterCopy): Identification {
  return Identification.parse({
    what: `Sealed check of ${name} against its master copy, version ${version}`,
    kind: "document",
    foundAt: name,
    hostname: name,
  });
}
