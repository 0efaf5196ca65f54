import {
  accept,
  addContact,
  type Contact,
  ContactDetails,
  ContactId,
  changeContact,
  contactKey,
  IMPORT_MAX_ROWS,
  importContacts,
  line,
  prose,
  refuse,
  retireContact,
  verifyContact,
} from "@jumpkit/core";
import { CONTACT_FORMATS, contactFormatOf, readContacts } from "@jumpkit/exchange";
import * as z from "zod";
import { happened, stampOf } from "../../happened.ts";
import { ImportedRows } from "../../imported-rows.ts";
import { operation } from "../../operation.ts";
import type { Records } from "../../ports.ts";
import { Seen, single, Why } from "../register/fields.ts";

const managed = { phase: "prepare", action: "contact.manage" } as const;
const visible = { ...managed, visibleBy: "contact.read", thing: "contact" } as const;
const Done = z.object({ contact: ContactId });

export const contactAdd = operation({
  name: "contact.add",
  ...managed,
  summary: "Add somebody outside whom one may have to call",
  input: ContactDetails,
  output: Done,
  load: async (input, records, act) => ({
    id: act.newId("ctc"),
    taken: await taken(records, input, undefined),
  }),
  decide: ({ id, taken }, input, act) =>
    single(addContact(id, stampOf(undefined, act), taken, input), { contact: id }),
});

export const contactChange = operation({
  name: "contact.change",
  ...visible,
  summary: "Say anew what is known of a contact; what is left out becomes empty",
  input: z.strictObject({ contact: ContactId, seen: Seen, ...ContactDetails.shape }),
  output: Done,
  load: async (input, records) => {
    const before = await records.contacts.contact(input.contact);
    return before && { before, taken: await taken(records, input, before.id) };
  },
  decide: ({ before, taken }, { contact, seen, ...said }, act) =>
    single(changeContact(before, stampOf(undefined, act), seen, taken, said), { contact }),
});

export const contactVerify = operation({
  name: "contact.verify",
  ...visible,
  summary: "Say that a contact was tried and found right, and how",
  input: z.strictObject({
    contact: ContactId,
    how: line(500).describe("such as “called, answered at once”"),
    happened,
  }),
  output: Done,
  load: (input, records) => records.contacts.contact(input.contact),
  decide: (before, { contact, how, happened: said }, act) =>
    single(verifyContact(before, stampOf(said, act), how), { contact }),
});

export const contactRetire = operation({
  name: "contact.retire",
  ...visible,
  summary: "Take a contact out of the directory; what was recorded of it stays",
  input: z.strictObject({ contact: ContactId, seen: Seen, reason: Why }),
  output: Done,
  load: (input, records) => records.contacts.contact(input.contact),
  decide: (before, { contact, seen, reason }, act) =>
    single(retireContact(before, stampOf(undefined, act), seen, reason), { contact }),
});

export const contactImport = operation({
  name: "contact.import",
  ...managed,
  summary: "Add and change contacts from CSV, vCard, RFC 2350 or security.txt, or see first what it would do",
  input: z.strictObject({
    text: prose(900_000).describe("The file"),
    format: z.enum(CONTACT_FORMATS).optional().describe("Told from the text when absent"),
    apply: z.boolean().default(false).describe("false shows what would happen and changes nothing"),
  }),
  output: ImportedRows,
  load: async ({ text, format }, records, act) => {
    const read = readContacts(text, format ?? contactFormatOf(text), { max: IMPORT_MAX_ROWS, now: act.now });
    const names = read.ok ? read.value.map(({ said }) => String(said["name"] ?? "")) : [];
    return {
      read,
      known: await records.contacts.contactsNamed(names.filter((name) => !name.includes("\u0000"))),
    };
  },
  decide: ({ read, known }, { apply }, act) => {
    if (!read.ok) return refuse({ code: "import.unreadable", ...read.refusal });
    const { rows, facts } = importContacts(read.value, known, stampOf(undefined, act), () =>
      act.newId("ctc"),
    );
    return accept({ facts: apply ? facts : [], output: { rows: [...rows], applied: apply } });
  },
});

async function taken(
  records: Records,
  said: Pick<Contact, "name" | "organisation">,
  except: ContactId | undefined,
): Promise<boolean> {
  const named = await records.contacts.contactsNamed([said.name]);
  return named.some((each) => each.id !== except && contactKey(each) === contactKey(said));
}
