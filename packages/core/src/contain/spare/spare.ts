import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { AssetId, type IncidentId, SpareId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant, type Stamp } from "../../kernel/time.ts";
import {
  type Registered,
  type RegisterRefusal,
  unless,
  whyNotChange,
} from "../../prepare/register/registered.ts";
import { type Isolation, isCut } from "../isolation/isolation.ts";

const Said = prose(2000).refine((text) => text.trim() !== "", { error: "is empty" });

/**
 * A host of limited functionality that keeps the most critical functions going while others are cut off.
 *
 * @source CERT/CC: a hot spare with limited functionality keeps critical mission functions going
 */
export const SpareDetails = z.strictObject({
  name: line(253),
  asset: AssetId.nullable().default(null).describe("The spare itself, where the register knows it"),
  standsInFor: z.array(AssetId).min(1).max(50).describe("Assets of the register that it can stand in for"),
  kept: Said.describe("Functions that go on"),
  lost: prose(2000).default("").describe("Functions that it does not have"),
  howToSwitch: Said.describe("How to switch over to it and back, step by step"),
  triedAt: Instant.nullable().default(null).describe("When switching was last tried; null is never"),
});
export type SpareDetails = z.infer<typeof SpareDetails>;

const SAID = z.object({ spare: SpareId, ...SpareDetails.shape });
const NAMED = { spare: SpareId, name: z.string() };

export const SPARE_ENTRIES = {
  "spare.registered": SAID,
  "spare.changed": SAID,
  "spare.retired": z.object({ ...NAMED, reason: z.string() }),
  "spare.switched_over": z.object({
    ...NAMED,
    standsInFor: AssetId,
    host: z.string(),
    notCut: prose(2000),
    note: prose(2000),
  }),
  "spare.switched_back": z.object({ ...NAMED, host: z.string(), note: prose(2000) }),
};
export type SpareFact = Fact<typeof SPARE_ENTRIES>;

/** In which incident, for which host and since when a spare stands in. */
export interface StandIn {
  readonly incident: IncidentId;
  readonly asset: AssetId | null;
  readonly host: string;
  readonly since: string;
}

/** A hot spare as the log says it is now. */
export interface Spare extends SpareDetails, Registered<SpareId> {
  readonly inUse: StandIn | null;
}

export type SpareRefusal =
  | RegisterRefusal
  | { readonly code: "spare.in_use"; readonly host: string }
  | { readonly code: "spare.not_in_use" }
  | { readonly code: "spare.not_for_this" }
  | { readonly code: "spare.host_not_cut"; readonly host: string };

/** The spare after one more entry about it. */
export function projectSpare(
  before: Spare | undefined,
  entry: Entry<typeof SPARE_ENTRIES>,
): Spare | undefined {
  const { spare } = entry.body;
  if (spare === undefined) return before;
  switch (entry.type) {
    case "spare.registered":
    case "spare.changed": {
      const { spare: _, ...said } = entry.body;
      const inUse = before?.inUse ?? null;
      return { ...WITHHELD, ...said, id: spare, status: "active", changedSeq: entry.seq, inUse };
    }
    case "spare.retired":
      return before && { ...before, status: "retired", changedSeq: entry.seq };
    case "spare.switched_over":
      return before && entry.incident !== null
        ? { ...before, inUse: standIn(entry, entry.incident) }
        : before;
    case "spare.switched_back":
      return before && { ...before, inUse: null };
  }
}

const WITHHELD: SpareDetails = {
  name: "(withheld)",
  asset: null,
  standsInFor: [],
  kept: "(withheld)",
  lost: "",
  howToSwitch: "(withheld)",
  triedAt: null,
};

type Switched = Extract<Entry<typeof SPARE_ENTRIES>, { type: "spare.switched_over" }>;

function standIn({ body, happenedAt }: Switched, incident: IncidentId): StandIn {
  return { incident, asset: body.standsInFor ?? null, host: body.host ?? "(withheld)", since: happenedAt };
}

/** The entry that takes a spare into the register. */
export function registerSpare(id: SpareId, happened: Stamp, said: SpareDetails): SpareFact {
  return { type: "spare.registered", incident: null, happened, body: { spare: id, ...said } };
}

/** The entry that changes a spare; `register.stale`, `register.retired`. */
export function changeSpare(
  before: Spare,
  happened: Stamp,
  seen: number,
  said: SpareDetails,
): Result<SpareFact, SpareRefusal> {
  const body = { spare: before.id, ...said };
  return unless(whyNotChange(before, seen), { type: "spare.changed", incident: null, happened, body });
}

/** The entry that retires a spare; `spare.in_use` while it stands in for something. */
export function retireSpare(
  before: Spare,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<SpareFact, SpareRefusal> {
  if (before.inUse !== null) return refuse({ code: "spare.in_use", host: before.inUse.host });
  const body = { spare: before.id, name: before.name, reason };
  return unless(whyNotChange(before, seen), { type: "spare.retired", incident: null, happened, body });
}

/**
 * The entry that says the spare stands in for a host now; `spare.not_for_this` when it was not made for it.
 *
 * A spare takes over from a host that is cut off. Where it is not, somebody says why: two hosts that serve at once
 * may both be written to, and the intruder's is one of them.
 *
 * @param cut     isolations of the incident
 * @param notCut  why the host is not cut off
 */
export function switchOver(
  before: Spare,
  incident: IncidentId,
  happened: Stamp,
  host: { readonly id: AssetId; readonly name: string },
  {
    note,
    notCut,
    cut,
  }: { readonly note: string; readonly notCut: string; readonly cut: readonly Isolation[] },
): Result<SpareFact, SpareRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  if (before.inUse !== null) return refuse({ code: "spare.in_use", host: before.inUse.host });
  if (!before.standsInFor.includes(host.id)) return refuse({ code: "spare.not_for_this" });
  const isCutOff = cut.some((each) => isCut(each) && each.target.asset === host.id);
  if (!isCutOff && notCut.trim() === "") return refuse({ code: "spare.host_not_cut", host: host.name });
  return accept({
    type: "spare.switched_over",
    incident,
    happened,
    body: {
      spare: before.id,
      name: before.name,
      standsInFor: host.id,
      host: host.name,
      notCut: isCutOff ? "" : notCut,
      note,
    },
  });
}

/** The entry that says the host itself serves again, in the incident in which it was switched over. */
export function switchBack(before: Spare, happened: Stamp, note: string): Result<SpareFact, SpareRefusal> {
  if (before.inUse === null) return refuse({ code: "spare.not_in_use" });
  const { incident, host } = before.inUse;
  const body = { spare: before.id, name: before.name, host, note };
  return accept({ type: "spare.switched_back", incident, happened, body });
}
