import * as z from "zod";
import { exceeds, TLP_LABELS, type Tlp } from "../../kernel/tlp.ts";
import type { Contact, ContactRole } from "../../prepare/contact/contact.ts";
import type { ActionId } from "../../prepare/policy/action.ts";

/**
 * What a fact tells about: the business that is hurt, or the technique that hurts it.
 *
 * @source NIST SP 800-61r2 §4.3.2: business impact is shared with coordinating teams or where it is required,
 *         technical information freely
 */
export const FactClass = z.enum(["technical", "business"]);
export type FactClass = z.infer<typeof FactClass>;

/** How somebody is told: by mail, by a letter that somebody carries, or by voice. */
export const NotificationChannel = z.enum(["mail", "letter", "call"]);
export type NotificationChannel = z.infer<typeof NotificationChannel>;

/** What is known of somebody that decides what they may be told. */
export type Party = Pick<Contact, "roles" | "mayReceive" | "businessImpact">;

/** The label of a fact, what it is about, and whether somebody outside told it to us under that label. */
export interface Marked {
  readonly tlp: Tlp;
  readonly class: FactClass;
  readonly received: boolean;
}

/** Why a fact is struck out. */
export type StruckBecause =
  | "above_marking"
  | "above_clearance"
  | "business"
  | "received"
  | "names_us"
  | "repeats";

const UP_TO: Readonly<Record<ContactRole, Tlp>> = {
  own_csirt: "TLP:AMBER",
  constituent: "TLP:AMBER",
  other_team: "TLP:AMBER",
  intermediary: "TLP:AMBER",
  vendor: "TLP:GREEN",
  isp: "TLP:GREEN",
  address_owner: "TLP:AMBER",
  law_enforcement: "TLP:AMBER",
  regulator: "TLP:AMBER",
  media: "TLP:CLEAR",
};
const HEARS_BUSINESS: readonly ContactRole[] = ["own_csirt", "constituent", "law_enforcement", "regulator"];

/**
 * The strictest marking that somebody may be sent: what their contact says, otherwise what their parts say.
 * Media are never sent more than `TLP:CLEAR`, and nobody is sent `TLP:AMBER+STRICT` or `TLP:RED` whose contact
 * does not say so.
 */
export function clearanceOf(party: Party): Tlp {
  if (party.roles.includes("media")) return "TLP:CLEAR";
  if (party.mayReceive !== null) return party.mayReceive;
  const ranks = party.roles.map((role) => TLP_LABELS.indexOf(UP_TO[role]));
  return TLP_LABELS[Math.max(0, ...ranks)] ?? "TLP:CLEAR";
}

/** Whether somebody may be told what an incident does to the business. */
export function hearsBusiness(party: Party): boolean {
  if (party.roles.includes("media")) return false;
  return party.businessImpact ?? party.roles.some((role) => HEARS_BUSINESS.includes(role));
}

/**
 * Whether what somebody outside told us under a label may be passed on to a party that stands outside too.
 *
 * @source FIRST TLP 2.0 §4: AMBER goes to one's own organisation and its clients, AMBER+STRICT to one's own
 *         organisation only, RED to nobody
 */
export function mayPassOn(label: Tlp, party: Party): boolean {
  if (label === "TLP:CLEAR") return true;
  if (label === "TLP:GREEN") return !party.roles.includes("media");
  return label === "TLP:AMBER" && party.roles.includes("constituent");
}

/**
 * Why a fact must not stand in a message to these parties, or `undefined` when it may.
 *
 * @param parties  everybody through whose hands it goes: the recipient, and an intermediary if there is one
 */
export function whyStruck(fact: Marked, marking: Tlp, parties: readonly Party[]): StruckBecause | undefined {
  if (exceeds(fact.tlp, marking)) return "above_marking";
  if (parties.some((party) => exceeds(fact.tlp, clearanceOf(party)))) return "above_clearance";
  if (fact.class === "business" && !parties.every(hearsBusiness)) return "business";
  if (fact.received && !parties.every((party) => mayPassOn(fact.tlp, party))) return "received";
  return undefined;
}

/** The action of the policy that telling somebody falls under: the gravest of their parts. */
export function actionToTell(party: Party): ActionId {
  if (party.roles.includes("media")) return "press.speak";
  if (party.roles.includes("law_enforcement")) return "police.contact";
  const helps = party.roles.length > 0 && party.roles.every((role) => role === "vendor");
  return helps ? "vendor.contact" : "site.contact";
}
