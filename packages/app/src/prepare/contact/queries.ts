import {
  type Contact,
  ContactDetails,
  ContactId,
  ContactRole,
  type Instant,
  isOpenAt,
  isStale,
} from "@jumpkit/core";
import * as z from "zod";
import { Paging, pageOf, several } from "../../list.ts";
import { query } from "../../query.ts";

export const ContactView = z
  .object({
    id: ContactId,
    ...ContactDetails.shape,
    status: z.enum(["active", "retired"]),
    changedSeq: z.int().describe("what a change must have seen"),
    verified: z.object({ at: z.string(), by: z.string(), how: z.string() }).nullable(),
    stale: z.boolean().describe("never verified, not for 180 days, or what they published has expired"),
    open: z.boolean().nullable().describe("whether they answer now; null when nobody knows their hours"),
  })
  .meta({ id: "Contact" });

const asked = { phase: "prepare", action: "contact.read" } as const;

export const listContacts = query({
  name: "contact.list",
  ...asked,
  summary: "Contacts outside, in the order in which they are called",
  path: "/v1/contact",
  input: z.strictObject({
    text: z.string().max(200).default("").describe("a part of a name, number, address or note"),
    role: several(ContactRole),
    answersFor: z.string().max(253).default("").describe("an address, domain or AS number"),
    retired: z.stringbool().default(false),
    ...Paging,
  }),
  output: pageOf(ContactView),
  run: async (input, reading) => {
    const { items, next } = await reading.contacts.contacts(input);
    return { items: items.map((contact) => viewOf(contact, reading.now())), next };
  },
});

export const showContact = query({
  name: "contact.show",
  ...asked,
  summary: "One contact",
  path: "/v1/contact/{contact}",
  input: z.strictObject({ contact: ContactId }),
  output: ContactView,
  run: async (input, reading) => {
    const contact = await reading.contacts.contact(input.contact);
    return contact && viewOf(contact, reading.now());
  },
});

/** A contact as pages show it at a moment. */
export function viewOf(contact: Contact, now: Instant) {
  const { hours, homeZone } = contact;
  return {
    ...contact,
    stale: isStale(contact, now),
    open: hours === null || homeZone === null ? null : isOpenAt(hours, homeZone, now),
  };
}
