import {
  AssetId,
  accept,
  changeSpare,
  IncidentId,
  mustBeOpen,
  prose,
  type Result,
  refuse,
  registerSpare,
  retireSpare,
  SpareDetails,
  type SpareFact,
  SpareId,
  switchBack,
  switchOver,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Viewer } from "../ports.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import type { Refusal } from "../refusals.ts";

const Done = z.object({ spare: SpareId });
const Seen = z.int().min(0).describe("changedSeq of what you had in front of you");
const KEPT = { phase: "contain", action: "asset.manage" } as const;
const SWITCHED = {
  phase: "contain",
  action: "host.recover",
  thing: "spare",
  visibleBy: ["incident.read", "asset.read"],
} as const;

export const spareRegister = operation({
  name: "spare.register",
  ...KEPT,
  visibleBy: "asset.read",
  summary: "Register a hot spare: what it stands in for, what goes on and what does not, how to switch",
  input: SpareDetails,
  output: Done,
  load: async (input, records, act) =>
    (await records.register.allKnown([input.asset, ...input.standsInFor]))
      ? { id: act.newId("spr") }
      : undefined,
  decide: ({ id }, input, act) =>
    accept({ facts: [registerSpare(id, stampOf(undefined, act), input)], output: { spare: id } }),
});

export const spareChange = operation({
  name: "spare.change",
  ...KEPT,
  thing: "spare",
  visibleBy: "asset.read",
  summary: "Say anew what is known of a hot spare, such as when switching was last tried",
  input: z.strictObject({ spare: SpareId, seen: Seen, ...SpareDetails.shape }),
  output: Done,
  load: async (input, records) => {
    const known = await records.register.allKnown([input.asset, ...input.standsInFor]);
    return known ? records.contain.spare(input.spare) : undefined;
  },
  decide: (before, { spare, seen, ...said }, act) =>
    single(spare, changeSpare(before, stampOf(undefined, act), seen, said)),
});

export const spareRetire = operation({
  name: "spare.retire",
  ...KEPT,
  thing: "spare",
  visibleBy: "asset.read",
  summary: "Take a hot spare out of the register",
  input: z.strictObject({ spare: SpareId, seen: Seen, reason: prose(1000).default("") }),
  output: Done,
  load: (input, records) => records.contain.spare(input.spare),
  decide: (before, { spare, seen, reason }, act) =>
    single(spare, retireSpare(before, stampOf(undefined, act), seen, reason)),
});

export const spareSwitchOver = operation({
  name: "spare.switch_over",
  ...SWITCHED,
  summary: "Write down that a hot spare stands in for a host from now on",
  input: z.strictObject({
    spare: SpareId,
    incident: IncidentId,
    asset: AssetId.describe("The host that it stands in for"),
    notCut: prose(2000).default("").describe("Why the host is not cut off, where it is not"),
    note: prose(2000).default(""),
    happened,
  }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const spare = await records.contain.spare(input.spare);
    const host = await records.register.asset(input.asset);
    const cut = incident && (await records.contain.isolationsOf(incident.id));
    return incident && cut && spare && host && { incident, cut, spare, host };
  },
  decide: ({ incident, cut, spare, host }, { note, notCut, happened: said }, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    return single(spare.id, switchOver(spare, incident.id, stampOf(said, act), host, { note, notCut, cut }));
  },
});

export const spareSwitchBack = operation({
  name: "spare.switch_back",
  ...SWITCHED,
  summary: "Write down that the host itself serves again",
  input: z.strictObject({ spare: SpareId, note: prose(2000).default(""), happened }),
  output: Done,
  load: (input, records) => records.contain.spare(input.spare),
  decide: (spare, { note, happened: said }, act) =>
    single(spare.id, switchBack(spare, stampOf(said, act), note)),
});

/** A hot spare as pages show it. */
export const SpareView = z
  .object({
    id: SpareId,
    ...SpareDetails.shape,
    triedAt: z.string().nullable(),
    changedSeq: z.int().describe("what a change must have seen"),
    inUse: z
      .object({
        incident: IncidentId.nullable().describe("null for those who may not read incidents"),
        asset: AssetId.nullable(),
        host: z.string(),
        since: z.string(),
      })
      .nullable()
      .describe("what it stands in for now"),
  })
  .meta({ id: "Spare" });

export const listSpares = query({
  name: "spare.list",
  phase: "contain",
  summary: "Hot spares by name, or those that can stand in for one asset",
  action: "asset.read",
  path: "/v1/spare",
  input: z.strictObject({ asset: AssetId.optional() }),
  output: z.object({ items: z.array(SpareView) }),
  run: async (input, reading, viewer) => ({ items: await sparesFor(viewer, reading, input.asset) }),
});

/** The spares as this person may see them: in which incident one stands in is for those who may read it. */
export async function sparesFor(viewer: Viewer, reading: Reading, asset: AssetId | undefined) {
  const { allowed } = await reading.permission(viewer, "incident.read");
  return (await reading.contain.spares(asset)).map((spare) => {
    const { inUse } = spare;
    const seen = inUse && { ...inUse, incident: allowed ? inUse.incident : null };
    return { ...spare, standsInFor: [...spare.standsInFor], inUse: seen };
  });
}

function single(spare: SpareId, outcome: Result<SpareFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { spare } }) : outcome;
}
