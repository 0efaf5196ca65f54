import { Condition, Content, EvidenceId, Holder, Identification, IncidentId, PersonId } from "@jumpkit/core";
import * as z from "zod";
import { Paging, pageOf } from "../list.ts";
import { query } from "../query.ts";

const Pending = z.object({
  item: EvidenceId,
  number: z.int(),
  offer: z.int(),
  to: PersonId,
  toName: z.string(),
  purpose: z.string(),
  place: z.string(),
  at: z.string(),
});

const Link = z.object({
  incidentSeq: z.int(),
  event: z.string(),
  at: z.string().describe("RFC 3339 with the offset as said"),
  zone: z.string().optional(),
  recordedAt: z.string(),
  by: Holder,
  from: Holder.nullable(),
  to: Holder.nullable(),
  place: z.string(),
  purpose: z.string(),
  condition: Condition.nullable(),
  remarks: z.string(),
});

/** An evidence item with its whole chain of custody. */
export const ItemView = z
  .object({
    id: EvidenceId,
    incident: IncidentId,
    number: z.int(),
    identification: Identification,
    content: Content.nullable(),
    state: z.enum(["collected", "sealed", "in_transit", "stored", "released"]),
    custodian: Holder,
    place: z.string(),
    seal: z.string(),
    pending: Pending.nullable(),
    chain: z.array(Link),
  })
  .meta({ id: "EvidenceItem" });

export const listItems = query({
  name: "evidence.list",
  phase: "document",
  summary: "Evidence of all incidents, newest first",
  action: "incident.read",
  shared: true,
  path: "/v1/evidence",
  input: z.strictObject({ ...Paging }),
  output: pageOf(ItemView),
  run: async (input, reading) => {
    const page = await reading.items(input.after, input.limit);
    return { items: page.items.map(plain), next: page.next };
  },
});

export const listItemsOfIncident = query({
  name: "evidence.of_incident",
  phase: "document",
  summary: "Evidence of one incident, by number",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/evidence",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(ItemView) }),
  run: async (input, reading) => {
    if ((await reading.incident(input.incident)) === undefined) return undefined;
    return { items: (await reading.itemsOf(input.incident)).map(plain) };
  },
});

export const showItem = query({
  name: "evidence.show",
  phase: "document",
  summary: "One item with its chain of custody",
  action: "incident.read",
  shared: true,
  path: "/v1/evidence/{item}",
  input: z.strictObject({ item: EvidenceId }),
  output: ItemView,
  run: async (input, reading) => {
    const item = await reading.item(input.item);
    return item && plain(item);
  },
});

type Item = NonNullable<Awaited<ReturnType<import("../reading.ts").Reading["item"]>>>;

/** The item without the readonly marks that zod's types do not carry. */
export function plain(item: Item): z.input<typeof ItemView> {
  return {
    ...item,
    chain: item.chain.map(({ zone, ...link }) => (zone === undefined ? link : { ...link, zone })),
  };
}
