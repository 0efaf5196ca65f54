import {
  AssetId,
  accept,
  BackupId,
  chooseRestorePoint,
  dateCompromise,
  IncidentId,
  Instant,
  line,
  PointStanding,
  parseInstant,
  prose,
  type RestorePointFact,
  type Result,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import { query } from "../query.ts";
import type { Refusal } from "../refusals.ts";
import type { ReturningSeen } from "../returning-ports.ts";

const Done = z.object({ incident: IncidentId });

export const compromiseDate = operation({
  name: "compromise.date",
  phase: "recover",
  action: "incident.assess",
  thing: "incident",
  visibleBy: "incident.read",
  summary: "Say since when hosts may have been compromised, and how one knows",
  input: z.strictObject({
    incident: IncidentId,
    earliestAt: Instant.nullable().describe("null says that nobody knows any more"),
    reason: prose(2000).refine((text) => text.trim() !== "", { error: "is empty; say how one knows" }),
  }),
  output: Done,
  load: (input, records) => records.incident(input.incident),
  decide: (incident, { earliestAt, reason }, act) =>
    single(incident.id, dateCompromise(incident, stampOf(undefined, act), { earliestAt, reason })),
});

export const restorePointChoose = operation({
  name: "restorepoint.choose",
  phase: "recover",
  action: "host.recover",
  thing: "incident",
  visibleBy: ["incident.read", "asset.read"],
  summary:
    "Choose the restore point that a host's data come from; one from inside the compromise needs proof",
  input: z.strictObject({
    incident: IncidentId,
    host: line(253).describe("A host on its way back in the incident, or one of the register"),
    asset: AssetId.nullable().default(null),
    backup: BackupId,
    takenAt: Instant,
    reason: prose(2000).default(""),
  }),
  output: Done.extend({ standing: PointStanding }),
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const backup = await records.returning.backup(input.backup);
    const inRegister = await records.register.allKnown([input.asset]);
    if (incident === undefined || backup?.status !== "active" || !inRegister) return undefined;
    const host = await hostNamed(records, incident.id, { name: input.host, asset: input.asset });
    return { incident, backup, host, known: await earliest(records.returning, incident.id) };
  },
  decide: ({ incident, backup, host, known }, { takenAt, reason }, act) => {
    const said = { takenAt, reason };
    const outcome = chooseRestorePoint(incident, stampOf(undefined, act), backup, known.at, host, said);
    if (!outcome.ok) return outcome;
    const { standing } = outcome.value.body;
    return accept({ facts: [outcome.value], output: { incident: incident.id, standing } });
  },
});

export const showRestoring = query({
  name: "restorepoint.of_incident",
  phase: "recover",
  summary: "Since when an incident's hosts may have been compromised, and which restore points were chosen",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/restorepoint",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({
    earliestAt: z.string().nullable().describe("null while nobody knows"),
    from: z.enum(["said", "earliest_sign", "nothing"]),
    reason: z.string(),
    chosen: z.array(
      z.object({
        host: z.string(),
        asset: AssetId.nullable(),
        backup: BackupId,
        name: z.string(),
        takenAt: z.string(),
        standing: PointStanding.describe("as it was when it was chosen"),
        scanned: z.string(),
        reason: z.string(),
        by: z.string(),
      }),
    ),
  }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const { at, from, reason, chosen } = await earliest(reading.returning, incident.id);
    return { earliestAt: at, from, reason, chosen: [...chosen] };
  },
});

/** The host as the incident or the register calls it; `undefined` when neither knows it. */
async function hostNamed(
  records: Records,
  incident: IncidentId,
  named: { readonly name: string; readonly asset: AssetId | null },
) {
  const { name, asset } = named;
  const affected = await records.recovery.onItsWay(incident, named);
  if (affected !== undefined) return { name: affected.name, asset: affected.asset };
  const found = await records.contain.target({ kind: "host", name, asset, segment: null });
  return found?.asset && { name: found.name, asset: found.asset.id };
}

/** The earliest time of compromise: what somebody said, else when the first sign was seen. */
export async function earliest(returning: ReturningSeen, incident: IncidentId) {
  const { earliestAt, reason, chosen } = await returning.restoring(incident);
  if (earliestAt !== null) return { at: earliestAt, from: "said" as const, reason, chosen };
  const sign = parseInstant((await returning.earliestSignAt(incident)) ?? "") ?? null;
  return {
    at: sign,
    from: sign === null ? ("nothing" as const) : ("earliest_sign" as const),
    reason,
    chosen,
  };
}

function single(incident: IncidentId, outcome: Result<RestorePointFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { incident } }) : outcome;
}
