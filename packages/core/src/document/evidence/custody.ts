import type { EvidenceId, IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Stamp } from "../../kernel/time.ts";
import type { Fact } from "../log/entry.ts";
import type {
  Condition,
  Content,
  EvidenceEntries,
  EvidenceItem,
  Holder,
  Identification,
  ItemState,
} from "./item.ts";

export type EvidenceFact = Fact<EvidenceEntries>;

export type CustodyRefusal =
  | { readonly code: "custody.not_holder"; readonly holder: string }
  | { readonly code: "custody.to_oneself" }
  | { readonly code: "custody.wrong_state"; readonly state: ItemState; readonly needs: readonly ItemState[] }
  | { readonly code: "handover.already_offered"; readonly to: string }
  | { readonly code: "handover.not_open" }
  | { readonly code: "handover.not_yours"; readonly to: string }
  | { readonly code: "handover.stale"; readonly current: number }
  | { readonly code: "evidence.no_content" };

type Decided = Result<EvidenceFact, CustodyRefusal>;

const IN_HAND = ["collected", "sealed", "stored"] as const;

/** The entry that takes an item into custody; the collector is its first custodian. */
export function collect(
  incident: IncidentId,
  happened: Stamp,
  item: { readonly id: EvidenceId; readonly number: number },
  identification: Identification,
  place: string,
  content: Content | null,
): EvidenceFact {
  return {
    type: "evidence.collected",
    incident,
    happened,
    body: { item: item.id, number: item.number, ...identification, place, content },
  };
}

/** The entry that puts an item under a seal, by whoever holds it. */
export function seal(
  item: EvidenceItem,
  by: PersonId,
  happened: Stamp,
  number: string,
  remarks: string,
): Decided {
  const wrong = mustHold(item, by) ?? mustBe(item, IN_HAND);
  if (wrong !== undefined) return refuse(wrong);
  return about(item, happened, "evidence.sealed", { item: item.id, seal: number, remarks });
}

/** The entry that says where an item is kept from now on, by whoever holds it. */
export function store(
  item: EvidenceItem,
  by: PersonId,
  happened: Stamp,
  place: string,
  remarks: string,
): Decided {
  const wrong = mustHold(item, by) ?? mustBe(item, IN_HAND);
  if (wrong !== undefined) return refuse(wrong);
  return about(item, happened, "evidence.stored", { item: item.id, place, remarks });
}

/** The entry that lets an item leave the house, to a named person of another organisation. */
export function release(
  item: EvidenceItem,
  by: PersonId,
  happened: Stamp,
  to: {
    readonly toName: string;
    readonly toTitle: string;
    readonly toPhone: string;
    readonly organisation: string;
    readonly purpose: string;
  },
): Decided {
  const wrong = mustHold(item, by) ?? mustBe(item, IN_HAND);
  if (wrong !== undefined) return refuse(wrong);
  return about(item, happened, "evidence.released", { item: item.id, ...to });
}

/** The entry that takes a released item back; whoever receives it is its custodian. */
export function takeBack(
  item: EvidenceItem,
  happened: Stamp,
  place: string,
  condition: Condition,
  remarks: string,
): Decided {
  const wrong = mustBe(item, ["released"]);
  if (wrong !== undefined) return refuse(wrong);
  return about(item, happened, "evidence.returned", { item: item.id, place, condition, remarks });
}

/**
 * The entry that offers an item to another person. Until they accept, the giver stays custodian.
 *
 * @source NIST SP 800-61r2 §3.3.2: each transfer carries both parties' signatures
 */
export function offerHandOver(
  item: EvidenceItem,
  by: PersonId,
  happened: Stamp,
  to: Holder,
  purpose: string,
  place: string,
): Decided {
  const wrong = mustHold(item, by);
  if (wrong !== undefined) return refuse(wrong);
  if (item.pending !== null) return refuse({ code: "handover.already_offered", to: item.pending.toName });
  const state = mustBe(item, IN_HAND);
  if (state !== undefined) return refuse(state);
  if (to.id === by) return refuse({ code: "custody.to_oneself" });
  return about(item, happened, "handover.offered", { item: item.id, to, purpose, place });
}

/** The entry by which the receiver takes over; from then on they are the one custodian. */
export function acceptHandOver(
  item: EvidenceItem,
  by: PersonId,
  happened: Stamp,
  answer: {
    readonly offer: number;
    readonly condition: Condition;
    readonly place: string;
    readonly remarks: string;
  },
): Decided {
  const wrong = mustAnswer(item, by, answer.offer);
  if (wrong !== undefined) return refuse(wrong);
  return about(item, happened, "handover.accepted", { item: item.id, from: item.custodian, ...answer });
}

/** The entry by which the receiver declines; the giver stays custodian. */
export function refuseHandOver(
  item: EvidenceItem,
  by: PersonId,
  happened: Stamp,
  offer: number,
  reason: string,
): Decided {
  const wrong = mustAnswer(item, by, offer);
  if (wrong !== undefined) return refuse(wrong);
  return about(item, happened, "handover.refused", { item: item.id, offer, reason });
}

/** The entry by which the giver takes an unanswered offer back. */
export function withdrawHandOver(
  item: EvidenceItem,
  by: PersonId,
  happened: Stamp,
  offer: number,
  reason: string,
): Decided {
  const wrong = mustHold(item, by) ?? mustBeOffered(item, offer);
  if (wrong !== undefined) return refuse(wrong);
  return about(item, happened, "handover.withdrawn", { item: item.id, offer, reason });
}

/** The entry that records a reading of an item's content, made before the content is given out. */
export function readContent(item: EvidenceItem, happened: Stamp, purpose: string): Decided {
  if (item.content === null) return refuse({ code: "evidence.no_content" });
  return about(item, happened, "evidence.read", { item: item.id, purpose, sha256: item.content.sha256 });
}

function about<Type extends EvidenceFact["type"]>(
  item: EvidenceItem,
  happened: Stamp,
  type: Type,
  body: Extract<EvidenceFact, { type: Type }>["body"],
): { ok: true; value: EvidenceFact } {
  return accept({ type, incident: item.incident, happened, body } as EvidenceFact);
}

function mustHold(item: EvidenceItem, by: PersonId): CustodyRefusal | undefined {
  return item.custodian.id === by ? undefined : { code: "custody.not_holder", holder: item.custodian.name };
}

function mustBe(item: EvidenceItem, needs: readonly ItemState[]): CustodyRefusal | undefined {
  return needs.includes(item.state) ? undefined : { code: "custody.wrong_state", state: item.state, needs };
}

function mustBeOffered(item: EvidenceItem, offer: number): CustodyRefusal | undefined {
  if (item.pending === null) return { code: "handover.not_open" };
  return item.pending.offer === offer ? undefined : { code: "handover.stale", current: item.pending.offer };
}

function mustAnswer(item: EvidenceItem, by: PersonId, offer: number): CustodyRefusal | undefined {
  if (item.pending !== null && item.pending.to !== by) {
    return { code: "handover.not_yours", to: item.pending.toName };
  }
  return mustBeOffered(item, offer);
}
