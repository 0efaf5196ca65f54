import {
  type AnyEntry,
  CALL_SHEET_ENTRIES,
  type CallSheet,
  Cidr,
  CONTACT_ENTRIES,
  type Contact,
  DUTY_ENTRIES,
  type Duty,
  foldName,
  isAddress,
  projectCallSheet,
  projectContact,
  projectDuty,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../../projection/state-of.ts";

/** The tables of contacts and duty, each with the columns of its key beside the organisation. */
export const CONTACT_TABLES = { contact: ["id"], duty: ["id"], call_sheet: ["person"] } as const;

type Told<Noun extends string> = Extract<AnyEntry, { type: `${Noun}.${string}` }>;

/** Brings contacts, duty and call sheets up to date with one more entry; leaves entries of other nouns alone. */
export async function projectContacts(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  const { type } = entry;
  if (type in CONTACT_ENTRIES) await contact(client, organisation, entry as Told<"contact">);
  if (type in DUTY_ENTRIES) await duty(client, organisation, entry as Told<"duty">);
  if (type in CALL_SHEET_ENTRIES) await callSheet(client, organisation, entry as Told<"callsheet">);
}

async function contact(client: pg.ClientBase, organisation: string, entry: Told<"contact">): Promise<void> {
  const before = await stateOf<Contact>(client, "contact", organisation, entry.body.contact);
  const after = projectContact(before, entry);
  if (after === undefined) return;
  const ranges = after.answersFor.filter((each) => isAddress(each) || Cidr.safeParse(each).success);
  await client.query({
    name: "project-contact",
    text: `INSERT INTO contact
        (organisation, id, folded, active, roles, escalation, ranges, answers_for, changed_seq, words, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      ON CONFLICT (organisation, id) DO UPDATE SET folded = $3, active = $4, roles = $5, escalation = $6,
        ranges = $7, answers_for = $8, changed_seq = $9, words = $10, state = $11`,
    values: [
      organisation,
      after.id,
      foldName(after.name),
      after.status === "active",
      after.roles,
      after.escalation,
      ranges,
      after.answersFor.filter((each) => !ranges.includes(each)).map(foldName),
      entry.seq,
      [after.name, after.organisation, after.phone, after.email, ...after.answersFor, after.notes]
        .join("\n")
        .toLowerCase(),
      JSON.stringify(after),
    ],
  });
}

async function duty(client: pg.ClientBase, organisation: string, entry: Told<"duty">): Promise<void> {
  const before = await stateOf<Duty>(client, "duty", organisation, entry.body.id);
  const after = projectDuty(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-duty",
    text: `INSERT INTO duty (organisation, id, person, planned, from_at, until_at, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (organisation, id) DO UPDATE SET planned = $4, state = $7`,
    values: [
      organisation,
      after.id,
      after.person,
      after.status === "planned",
      after.from,
      after.until,
      JSON.stringify(after),
    ],
  });
}

async function callSheet(
  client: pg.ClientBase,
  organisation: string,
  entry: Told<"callsheet">,
): Promise<void> {
  const { person } = entry.body;
  const before = await stateOf<CallSheet>(client, "call_sheet", organisation, person, "person");
  const after = projectCallSheet(before, entry);
  if (after === undefined) return;
  await client.query({
    name: "project-call-sheet",
    text: `INSERT INTO call_sheet (organisation, person, state) VALUES ($1, $2, $3)
      ON CONFLICT (organisation, person) DO UPDATE SET state = $3`,
    values: [organisation, after.person, JSON.stringify(after)],
  });
}
