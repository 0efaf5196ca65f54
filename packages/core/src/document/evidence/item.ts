import * as z from "zod";
import { Sha256 } from "../../kernel/digest.ts";
import { EvidenceId, type IncidentId, PersonId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Actor, Entry } from "../log/entry.ts";

/** A file whose bytes the evidence store keeps: identified by the digest of its plaintext. */
export const Content = z.object({
  sha256: Sha256,
  sizeBytes: z.int().min(0),
  name: z.string().max(1024),
});
export type Content = z.infer<typeof Content>;

const MAC = /^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$/;
const fact = (max: number) => prose(max).default("");

/**
 * What identifies an item so that nobody can take another for it. Empty means *not applicable or not known*.
 *
 * @source NIST SP 800-61r2 §3.3.2: location, serial number, model number, hostname, MAC addresses, IP addresses
 */
export const Identification = z.strictObject({
  what: line(300),
  kind: z.enum([
    "file",
    "disk_image",
    "memory_image",
    "log",
    "network_capture",
    "device",
    "document",
    "other",
  ]),
  foundAt: line(300),
  serialNumber: fact(200),
  model: fact(200),
  hostname: fact(255),
  macAddresses: z
    .array(z.string().regex(MAC, { error: "is not a MAC address such as 00:1b:44:11:3a:b7" }))
    .max(64)
    .default([]),
  ipAddresses: z
    .array(z.union([z.ipv4(), z.ipv6()], { error: "is not an IP address" }))
    .max(64)
    .default([]),
  changedByCollecting: fact(4000),
  remarks: fact(4000),
});
export type Identification = z.infer<typeof Identification>;

/** Where an item is kept. */
export const StoragePlace = line(300);

/** Whether a seal was whole when the item changed hands. */
export const Condition = z.enum(["intact", "broken", "not_sealed"]);
export type Condition = z.infer<typeof Condition>;

/** A holder of evidence with what the custody log must show of them. */
export const Holder = z.object({ id: PersonId, name: z.string(), title: z.string(), phone: z.string() });
export type Holder = z.infer<typeof Holder>;

export const EVIDENCE_ENTRIES = {
  "evidence.collected": z.object({
    item: EvidenceId,
    number: z.int(),
    ...Identification.shape,
    place: StoragePlace,
    content: Content.nullable(),
  }),
  "evidence.sealed": z.object({ item: EvidenceId, seal: z.string(), remarks: z.string() }),
  "evidence.stored": z.object({ item: EvidenceId, place: StoragePlace, remarks: z.string() }),
  "evidence.released": z.object({
    item: EvidenceId,
    toName: z.string(),
    toTitle: z.string(),
    toPhone: z.string(),
    organisation: z.string(),
    purpose: z.string(),
  }),
  "evidence.returned": z.object({
    item: EvidenceId,
    place: StoragePlace,
    condition: Condition,
    remarks: z.string(),
  }),
  "evidence.read": z.object({ item: EvidenceId, purpose: z.string(), sha256: z.string() }),
  "handover.offered": z.object({ item: EvidenceId, to: Holder, purpose: z.string(), place: StoragePlace }),
  "handover.accepted": z.object({
    item: EvidenceId,
    offer: z.int(),
    from: Holder,
    condition: Condition,
    place: StoragePlace,
    remarks: z.string(),
  }),
  "handover.refused": z.object({ item: EvidenceId, offer: z.int(), reason: z.string() }),
  "handover.withdrawn": z.object({ item: EvidenceId, offer: z.int(), reason: z.string() }),
};
export type EvidenceEntries = typeof EVIDENCE_ENTRIES;

/** Where an item stands between being collected and leaving the house. */
export type ItemState = "collected" | "sealed" | "in_transit" | "stored" | "released";

/** An offer of an item that its receiver has not answered yet. */
export interface PendingHandOver {
  readonly item: EvidenceId;
  readonly number: number;
  /** Sequence, within the incident, of the entry that made the offer. */
  readonly offer: number;
  readonly to: PersonId;
  readonly toName: string;
  readonly purpose: string;
  readonly place: string;
  readonly at: string;
}

/** One link of an item's chain of custody: who did what to it, when, where it then was. */
export interface CustodyLink {
  readonly incidentSeq: number;
  readonly event: keyof EvidenceEntries;
  readonly at: string;
  readonly zone: string | undefined;
  readonly recordedAt: string;
  readonly by: Holder;
  readonly from: Holder | null;
  readonly to: Holder | null;
  readonly place: string;
  readonly purpose: string;
  readonly condition: Condition | null;
  readonly remarks: string;
}

/** An evidence item as the log says it is. At every moment it has one custodian and one place. */
export interface EvidenceItem {
  readonly id: EvidenceId;
  readonly incident: IncidentId;
  readonly number: number;
  readonly identification: Identification;
  readonly content: Content | null;
  readonly state: ItemState;
  /** The state to go back to when a pending hand-over comes to nothing. */
  readonly settledState: Exclude<ItemState, "in_transit">;
  readonly custodian: Holder;
  readonly place: string;
  readonly seal: string;
  readonly pending: PendingHandOver | null;
  readonly chain: readonly CustodyLink[];
}

const UNKNOWN: Holder = {
  id: "psn_00000000000000000000000000" as PersonId,
  name: "(withheld)",
  title: "",
  phone: "",
};

/** The holder that an entry's actor is. */
export function holderOf(actor: Actor | undefined): Holder {
  return actor ?? UNKNOWN;
}

/** The id of the item that an entry of evidence is about; `undefined` when that was withheld. */
export function itemOf(entry: Entry<EvidenceEntries>): EvidenceId | undefined {
  return entry.body.item;
}

/** The item after one more entry about it. */
export function projectItem(
  before: EvidenceItem | undefined,
  entry: Entry<EvidenceEntries>,
): EvidenceItem | undefined {
  if (entry.type === "evidence.collected") return collected(entry);
  if (before === undefined) return undefined;
  const after = { ...before, ...changes(before, entry) };
  return { ...after, chain: [...before.chain, link(before, after, entry)] };
}

type EntryOf<Type extends keyof EvidenceEntries> = Extract<Entry<EvidenceEntries>, { readonly type: Type }>;

function collected(entry: EntryOf<"evidence.collected">): EvidenceItem | undefined {
  const { body } = entry;
  if (body.item === undefined || entry.incident === null) return undefined;
  const custodian = holderOf(entry.actor);
  const { item: _item, number: _number, place: _place, content: _content, ...said } = body;
  const item: EvidenceItem = {
    id: body.item,
    incident: entry.incident,
    number: body.number ?? 0,
    identification: { ...NOT_DISCLOSED, ...withoutUndefined(said) },
    content: body.content ?? null,
    state: "collected",
    settledState: "collected",
    custodian,
    place: body.place ?? "(withheld)",
    seal: "",
    pending: null,
    chain: [],
  };
  return { ...item, chain: [link(item, item, entry)] };
}

const NOT_DISCLOSED: Identification = {
  what: "(withheld)",
  kind: "other",
  foundAt: "(withheld)",
  serialNumber: "",
  model: "",
  hostname: "",
  macAddresses: [],
  ipAddresses: [],
  changedByCollecting: "",
  remarks: "",
};

function withoutUndefined(
  said: { [Key in keyof Identification]?: Identification[Key] | undefined },
): Partial<Identification> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function changes(
  before: EvidenceItem,
  entry: Exclude<Entry<EvidenceEntries>, { type: "evidence.collected" }>,
): Partial<EvidenceItem> {
  switch (entry.type) {
    case "evidence.sealed":
      return { state: "sealed", settledState: "sealed", seal: entry.body.seal ?? "" };
    case "evidence.stored":
      return { state: "stored", settledState: "stored", place: entry.body.place ?? before.place };
    case "evidence.released":
      return { state: "released", settledState: "released", place: entry.body.organisation ?? "(withheld)" };
    case "evidence.returned":
      return {
        state: "stored",
        settledState: "stored",
        custodian: holderOf(entry.actor),
        place: entry.body.place ?? before.place,
      };
    case "evidence.read":
      return {};
    case "handover.offered":
      return { state: "in_transit", pending: offer(before, entry) };
    case "handover.accepted":
      return {
        state: before.settledState,
        custodian: holderOf(entry.actor),
        place: entry.body.place ?? before.place,
        pending: null,
      };
    case "handover.refused":
    case "handover.withdrawn":
      return { state: before.settledState, pending: null };
  }
}

function offer(before: EvidenceItem, entry: EntryOf<"handover.offered">): PendingHandOver {
  const to = entry.body.to ?? UNKNOWN;
  return {
    item: before.id,
    number: before.number,
    offer: entry.incidentSeq ?? 0,
    to: to.id,
    toName: to.name,
    purpose: entry.body.purpose ?? "",
    place: entry.body.place ?? "",
    at: entry.recordedAt,
  };
}

function link(before: EvidenceItem, after: EvidenceItem, entry: Entry<EvidenceEntries>): CustodyLink {
  const { body } = entry;
  return {
    incidentSeq: entry.incidentSeq ?? 0,
    event: entry.type,
    at: entry.happenedAt,
    zone: entry.zone,
    recordedAt: entry.recordedAt,
    by: holderOf(entry.actor),
    from: entry.type === "handover.accepted" ? (entry.body.from ?? before.custodian) : null,
    to: receiver(after, entry),
    place: after.place,
    purpose: "purpose" in body ? (body.purpose ?? "") : "",
    condition: "condition" in body ? (body.condition ?? null) : null,
    remarks: remarks(entry),
  };
}

function receiver(after: EvidenceItem, entry: Entry<EvidenceEntries>): Holder | null {
  if (entry.type === "handover.offered") return entry.body.to ?? null;
  if (entry.type === "handover.accepted") return after.custodian;
  return null;
}

function remarks(entry: Entry<EvidenceEntries>): string {
  switch (entry.type) {
    case "handover.refused":
    case "handover.withdrawn":
      return entry.body.reason ?? "";
    case "evidence.sealed":
      return [`seal ${entry.body.seal ?? "(withheld)"}`, entry.body.remarks].filter(Boolean).join("; ");
    case "evidence.released":
      return [entry.body.toName, entry.body.toTitle, entry.body.toPhone].filter(Boolean).join(", ");
    case "evidence.read":
    case "handover.offered":
      return "";
    default:
      return entry.body.remarks ?? "";
  }
}
