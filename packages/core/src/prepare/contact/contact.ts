import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ContactId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant, type Stamp, unixMsOf, Zone } from "../../kernel/time.ts";
import { Tlp } from "../../kernel/tlp.ts";
import {
  nameTaken,
  type Registered,
  type RegisterRefusal,
  unless,
  whyNotChange,
} from "../register/registered.ts";
import { Hours } from "./hours.ts";

/**
 * In which part somebody outside is called.
 *
 * @source NIST SP 800-61r2 §2.3.4: outside parties an organisation may need to talk to
 */
export const CONTACT_ROLES = [
  "own_csirt",
  "constituent",
  "other_team",
  "intermediary",
  "vendor",
  "isp",
  "address_owner",
  "law_enforcement",
  "regulator",
  "media",
] as const;
export const ContactRole = z.enum(CONTACT_ROLES);
export type ContactRole = z.infer<typeof ContactRole>;

const short = (max: number) =>
  prose(max).refine((text) => !/[\r\n]/.test(text), { error: "has several lines" });

/** A person or an organisation outside, as one has to know them before one needs them. */
export const ContactDetails = z.strictObject({
  name: line(200),
  organisation: short(200).default(""),
  roles: z.array(ContactRole).max(CONTACT_ROLES.length).default([]),
  phone: short(100).default(""),
  secondChannel: short(300)
    .default("")
    .describe("How to reach them when phone and mail are not to be trusted"),
  email: short(254).default(""),
  pgpFingerprint: short(100).default(""),
  pgpKey: prose(20_000).default("").describe("The key itself, as armoured text"),
  homeZone: Zone.nullable().default(null).describe("The zone that their hours are meant in"),
  hours: Hours.nullable().default(null).describe("When they answer; null when nobody knows"),
  languages: z.array(short(60)).max(20).default([]),
  answersFor: z
    .array(line(253))
    .max(100)
    .default([])
    .describe("Address ranges, domains and AS numbers that they answer for"),
  escalation: z.int().min(0).max(999).default(0).describe("Who is called first, 1 upwards; 0 is in no order"),
  validUntil: Instant.nullable().default(null).describe("When what they published about themselves expires"),
  notes: prose(4000).default(""),
  mayReceive: Tlp.nullable()
    .default(null)
    .describe("The strictest marking that they may be sent; null for what their parts say"),
  businessImpact: z
    .boolean()
    .nullable()
    .default(null)
    .describe("Whether they may be told what it does to the business; null for what their parts say"),
});
export type ContactDetails = z.infer<typeof ContactDetails>;

const WITHHELD: ContactDetails = ContactDetails.parse({ name: "(withheld)" });
const SAID = z.object({ contact: ContactId, ...ContactDetails.shape });

export const CONTACT_ENTRIES = {
  "contact.added": SAID,
  "contact.changed": SAID,
  "contact.verified": z.object({ contact: ContactId, name: z.string(), how: z.string() }),
  "contact.retired": z.object({ contact: ContactId, name: z.string(), reason: z.string() }),
};
type Facts = Fact<typeof CONTACT_ENTRIES>;

/** A contact as the log says it is now, with who last found it to be right, when and how. */
export interface Contact extends ContactDetails, Registered<ContactId> {
  readonly verified: { readonly at: string; readonly by: string; readonly how: string } | null;
}

/** A contact that nobody has verified for longer than this is stale. */
export const CONTACT_STALE_MS = 180 * 24 * 60 * 60_000;

/** Whether a contact has to be verified before one relies on it: never, too long ago, or expired. */
export function isStale(contact: Pick<Contact, "verified" | "validUntil">, now: Instant): boolean {
  if (contact.validUntil !== null && contact.validUntil < now) return true;
  if (contact.verified === null) return true;
  return unixMsOf(now) - Date.parse(contact.verified.at) > CONTACT_STALE_MS;
}

/** The contact after one more entry about it. */
export function projectContact(
  before: Contact | undefined,
  entry: Entry<typeof CONTACT_ENTRIES>,
): Contact | undefined {
  const id = entry.body.contact;
  if (id === undefined) return before;
  const changed = before && { ...before, changedSeq: entry.seq };
  if (entry.type === "contact.retired") return changed && { ...changed, status: "retired" };
  if (entry.type === "contact.verified") {
    const by = entry.actor?.name ?? "(withheld)";
    return changed && { ...changed, verified: { at: entry.happenedAt, by, how: entry.body.how ?? "" } };
  }
  const { contact: _, ...said } = entry.body;
  const verified = before?.verified ?? null;
  return { ...WITHHELD, ...said, verified, id, status: "active", changedSeq: entry.seq };
}

/** The entry that adds a contact, or `register.name_taken`. */
export function addContact(
  id: ContactId,
  happened: Stamp,
  taken: boolean,
  said: ContactDetails,
): Result<Facts, RegisterRefusal> {
  const body = { contact: id, ...said };
  return unless(nameTaken(said.name, taken), { type: "contact.added", incident: null, happened, body });
}

/** The entry that changes a contact; `register.stale`, `register.retired` or `register.name_taken`. */
export function changeContact(
  before: Contact,
  happened: Stamp,
  seen: number,
  taken: boolean,
  said: ContactDetails,
): Result<Facts, RegisterRefusal> {
  const body = { contact: before.id, ...said };
  return unless(whyNotChange(before, seen) ?? nameTaken(said.name, taken), {
    type: "contact.changed",
    incident: null,
    happened,
    body,
  });
}

/** The entry that says that a contact was found to be right, and how. */
export function verifyContact(before: Contact, happened: Stamp, how: string): Result<Facts, RegisterRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  const body = { contact: before.id, name: before.name, how };
  return accept({ type: "contact.verified", incident: null, happened, body });
}

/** The entry that retires a contact; what was recorded of it stays. */
export function retireContact(
  before: Contact,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<Facts, RegisterRefusal> {
  const body = { contact: before.id, name: before.name, reason };
  return unless(whyNotChange(before, seen), { type: "contact.retired", incident: null, happened, body });
}
