import {
  accept,
  acceptHandOver,
  Condition,
  type CustodyRefusal,
  collect,
  type EvidenceFact,
  EvidenceId,
  type EvidenceItem,
  Identification,
  IncidentId,
  line,
  mustBeOpen,
  offerHandOver,
  PersonId,
  prose,
  type Result,
  readContent,
  refuse,
  refuseHandOver,
  release,
  StoragePlace,
  seal,
  store,
  takeBack,
  UploadId,
  withdrawHandOver,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { TicketOutput, ticketFor } from "../ticket.ts";

const Held = z.object({ item: EvidenceId });
const Remarks = prose(4000).default("");
const Reason = prose(4000).refine((text) => text.trim() !== "", {
  error: "is empty; the record needs the reason",
});
const Offer = z.int().min(1).describe("offer of the pending hand-over you answer");
const onItem = { phase: "document", thing: "item", visibleBy: "incident.read", output: Held } as const;

export const collectEvidence = operation({
  name: "evidence.collect",
  phase: "document",
  summary: "Take an item into custody",
  action: "evidence.collect",
  thing: "incident",
  visibleBy: "incident.read",
  input: z.strictObject({
    incident: IncidentId,
    ...Identification.shape,
    place: StoragePlace,
    happened,
    upload: UploadId.nullable().default(null).describe("A finished upload; null for a physical item"),
  }),
  output: Held.extend({ number: z.int() }),
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    if (incident === undefined) return undefined;
    const upload = input.upload === null ? null : await records.upload(input.upload, incident.id);
    return { incident, upload, id: act.newId("evd"), number: await records.nextItemNumber(incident.id) };
  },
  decide: ({ incident, upload, id, number }, input, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    if (upload === undefined) return refuse({ code: "evidence.no_such_upload" });
    const { incident: _i, upload: _u, happened: said, place, ...identification } = input;
    const content = upload && { sha256: upload.sha256, sizeBytes: upload.sizeBytes, name: upload.name };
    return accept({
      facts: [collect(incident.id, stampOf(said, act), { id, number }, identification, place, content)],
      effects: upload === null ? [] : [{ kind: "upload_claimed", upload: upload.id, by: id }],
      output: { item: id, number },
    });
  },
});

export const sealItem = operation({
  name: "evidence.seal",
  ...onItem,
  summary: "Put an item under a numbered seal",
  action: "evidence.transfer",
  input: z.strictObject({ item: EvidenceId, seal: line(100), remarks: Remarks, happened }),
  load: (input, records) => records.item(input.item),
  decide: (item, input, act) =>
    single(item, seal(item, act.by.id, stampOf(input.happened, act), input.seal, input.remarks)),
});

export const storeItem = operation({
  name: "evidence.store",
  ...onItem,
  summary: "Say where an item is kept from now on",
  action: "evidence.transfer",
  input: z.strictObject({ item: EvidenceId, place: StoragePlace, remarks: Remarks, happened }),
  load: (input, records) => records.item(input.item),
  decide: (item, input, act) =>
    single(item, store(item, act.by.id, stampOf(input.happened, act), input.place, input.remarks)),
});

export const releaseItem = operation({
  name: "evidence.release",
  ...onItem,
  summary: "Let an item leave the house, to a named person",
  action: "incident.export",
  input: z.strictObject({
    item: EvidenceId,
    toName: line(200),
    toTitle: line(200),
    toPhone: line(60),
    organisation: line(300),
    purpose: line(1000),
    happened,
  }),
  load: (input, records) => records.item(input.item),
  decide: (item, { item: _, happened: said, ...to }, act) =>
    single(item, release(item, act.by.id, stampOf(said, act), to)),
});

export const takeBackItem = operation({
  name: "evidence.return",
  ...onItem,
  summary: "Take a released item back",
  action: "evidence.transfer",
  input: z.strictObject({
    item: EvidenceId,
    place: StoragePlace,
    condition: Condition,
    remarks: Remarks,
    happened,
  }),
  load: (input, records) => records.item(input.item),
  decide: (item, input, act) =>
    single(item, takeBack(item, stampOf(input.happened, act), input.place, input.condition, input.remarks)),
});

export const readItem = operation({
  name: "evidence.read",
  ...onItem,
  summary: "Get a link to an item's content; the reading is recorded first",
  action: "evidence.read",
  input: z.strictObject({ item: EvidenceId, purpose: line(1000) }),
  output: Held.extend(TicketOutput),
  load: (input, records) => records.item(input.item),
  decide: (item, input, act) => {
    const outcome = readContent(item, stampOf(undefined, act), input.purpose);
    if (!outcome.ok) return outcome;
    const { effect, output } = ticketFor(act, { what: "evidence", item: item.id });
    return accept({ facts: [outcome.value], effects: [effect], output: { item: item.id, ...output } });
  },
});

export const offerItem = operation({
  name: "handover.offer",
  ...onItem,
  summary: "Offer an item you hold to another person",
  action: "evidence.transfer",
  input: z.strictObject({
    item: EvidenceId,
    to: PersonId,
    purpose: line(1000),
    place: StoragePlace,
    happened,
  }),
  load: async (input, records) => {
    const item = await records.item(input.item);
    const to = await records.person(input.to);
    return item && to?.status === "active" ? { item, to } : undefined;
  },
  decide: ({ item, to }, input, act) => {
    const holder = { id: to.id, name: to.name, title: to.title, phone: to.phone };
    const stamp = stampOf(input.happened, act);
    return single(item, offerHandOver(item, act.by.id, stamp, holder, input.purpose, input.place));
  },
});

export const acceptItem = operation({
  name: "handover.accept",
  ...onItem,
  summary: "Take over an item that was offered to you",
  action: "evidence.transfer",
  input: z.strictObject({
    item: EvidenceId,
    offer: Offer,
    condition: Condition,
    place: StoragePlace,
    remarks: Remarks,
    happened,
  }),
  load: (input, records) => records.item(input.item),
  decide: (item, { item: _, happened: said, ...answer }, act) =>
    single(item, acceptHandOver(item, act.by.id, stampOf(said, act), answer)),
});

export const refuseItem = operation({
  name: "handover.refuse",
  ...onItem,
  summary: "Decline an item that was offered to you",
  action: "evidence.transfer",
  input: z.strictObject({ item: EvidenceId, offer: Offer, reason: Reason }),
  load: (input, records) => records.item(input.item),
  decide: (item, input, act) =>
    single(item, refuseHandOver(item, act.by.id, stampOf(undefined, act), input.offer, input.reason)),
});

export const withdrawItem = operation({
  name: "handover.withdraw",
  ...onItem,
  summary: "Take back an offer that nobody has answered",
  action: "evidence.transfer",
  input: z.strictObject({ item: EvidenceId, offer: Offer, reason: Reason }),
  load: (input, records) => records.item(input.item),
  decide: (item, input, act) =>
    single(item, withdrawHandOver(item, act.by.id, stampOf(undefined, act), input.offer, input.reason)),
});

function single(item: EvidenceItem, outcome: Result<EvidenceFact, CustodyRefusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { item: item.id } }) : outcome;
}
