import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { AssetId, ConstituentId, ContactId, PersonId, SegmentId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Address } from "./address.ts";
import { nameTaken, type Registered, type RegisterRefusal, unless, whyNotChange } from "./registered.ts";

/** What kind of thing it is. */
export const ASSET_KINDS = ["host", "service", "account", "network_device"] as const;
export const AssetKind = z.enum(ASSET_KINDS);
export type AssetKind = z.infer<typeof AssetKind>;

/** How much depends on it, least first. */
export const CRITICALITIES = ["low", "medium", "high", "critical"] as const;
export const Criticality = z.enum(CRITICALITIES);
export type Criticality = z.infer<typeof Criticality>;

/** Who answers for it: in words, and where they are known here, the person or the contact. */
export const Owner = z.strictObject({
  text: prose(200).default(""),
  person: PersonId.nullable().default(null),
  contact: ContactId.nullable().default(null),
});
export type Owner = z.infer<typeof Owner>;
const NOBODY: Owner = { text: "", person: null, contact: null };

/**
 * A host, service, account or network device: what it is for, whose it is, how much depends on it.
 *
 * @source NIST SP 800-61r2 §3.1.1: network diagrams and lists of critical assets; §3.2.6: prioritisation
 */
export const AssetDetails = z.strictObject({
  kind: AssetKind.default("host"),
  name: line(253),
  otherNames: z.array(line(253)).max(50).default([]),
  addresses: z.array(Address).max(100).default([]),
  segment: SegmentId.nullable().default(null),
  constituent: ConstituentId.nullable().default(null),
  owner: Owner.default(NOBODY),
  criticality: Criticality.default("medium"),
  production: z.boolean().default(false).describe("whether others depend on it running"),
  purpose: prose(2000).default("").describe("What it is for, in plain words"),
  dependents: prose(2000).default("").describe("Who and what stands still without it"),
  notes: prose(4000).default(""),
});
export type AssetDetails = z.infer<typeof AssetDetails>;

const SAID = z.object({ asset: AssetId, ...AssetDetails.shape });

export const ASSET_ENTRIES = {
  "asset.added": SAID,
  "asset.changed": SAID,
  "asset.retired": z.object({ asset: AssetId, name: z.string(), reason: z.string() }),
};
const WITHHELD: AssetDetails = {
  kind: "host",
  name: "(withheld)",
  otherNames: [],
  addresses: [],
  segment: null,
  constituent: null,
  owner: NOBODY,
  criticality: "critical",
  production: true,
  purpose: "",
  dependents: "",
  notes: "",
};
type Facts = Fact<typeof ASSET_ENTRIES>;

/** An asset as the log says it is now. */
export interface Asset extends AssetDetails, Registered<AssetId> {}

/** The asset after one more entry about it. */
export function projectAsset(
  before: Asset | undefined,
  entry: Entry<typeof ASSET_ENTRIES>,
): Asset | undefined {
  const id = entry.body.asset;
  if (id === undefined) return before;
  if (entry.type === "asset.retired") {
    return before && { ...before, status: "retired", changedSeq: entry.seq };
  }
  const { asset: _, ...said } = entry.body;
  return { ...WITHHELD, ...said, id, status: "active", changedSeq: entry.seq };
}

/** The entry that adds an asset, or `register.name_taken`. */
export function addAsset(
  id: AssetId,
  happened: Stamp,
  taken: boolean,
  said: AssetDetails,
): Result<Facts, RegisterRefusal> {
  const body = { asset: id, ...said };
  return unless(nameTaken(said.name, taken), {
    type: "asset.added",
    incident: null,
    happened,
    body,
  });
}

/** The entry that changes an asset; `register.stale`, `register.retired` or `register.name_taken`. */
export function changeAsset(
  before: Asset,
  happened: Stamp,
  seen: number,
  taken: boolean,
  said: AssetDetails,
): Result<Facts, RegisterRefusal> {
  const body = { asset: before.id, ...said };
  return unless(whyNotChange(before, seen) ?? nameTaken(said.name, taken), {
    type: "asset.changed",
    incident: null,
    happened,
    body,
  });
}

/** The entry that retires an asset; what was recorded of it stays. */
export function retireAsset(
  before: Asset,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<Facts, RegisterRefusal> {
  const body = { asset: before.id, name: before.name, reason };
  return unless(whyNotChange(before, seen), { type: "asset.retired", incident: null, happened, body });
}
