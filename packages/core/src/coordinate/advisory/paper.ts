import { canonicalJson } from "../../kernel/canonical.ts";
import type { Instant } from "../../kernel/time.ts";
import { exceeds } from "../../kernel/tlp.ts";
import type { Contact } from "../../prepare/contact/contact.ts";
import { foldName } from "../../prepare/register/address.ts";
import { type BarredBecause, type KnownBad, whyBarred } from "../notification/barred.ts";
import { callBackOf, clean, joined, mailOf, meaning, timeText, wrapped } from "../notification/layout.ts";
import type { Letterhead } from "../notification/letterhead.ts";
import { clearanceOf } from "../notification/sharing.ts";
import { ADVISED_MAX, type Advisory, type AdvisoryDraft, type AdvisoryNext } from "./advisory.ts";

/** Why a contact of a chosen group is not sent an advisory. */
export type NotAdvised = "no_address" | "not_cleared" | "too_many" | BarredBecause;

/** Who of the directory gets an advisory, and who of the chosen groups does not and why. */
export interface Audience {
  readonly to: readonly Contact[];
  readonly not: readonly { readonly contact: Contact; readonly because: NotAdvised }[];
}

/**
 * Who an advisory goes to: the contacts of its groups, and everybody who was sent an earlier version of it.
 *
 * Nobody gets it twice, nobody above their clearance, and no address of an intruder or of a compromised mailbox.
 */
export function audienceOf(
  advisory: Pick<Advisory, "sent"> & { readonly next: Pick<AdvisoryNext, "groups" | "marking"> },
  contacts: readonly Contact[],
  known: KnownBad,
): Audience {
  const earlier = new Set(advisory.sent.flatMap(({ advised }) => advised.map(({ contact }) => contact)));
  const { groups, marking } = advisory.next;
  const to: Contact[] = [];
  const not: { contact: Contact; because: NotAdvised }[] = [];
  const addresses = new Set<string>();
  for (const contact of contacts) {
    if (contact.status === "retired" || contact.roles.includes("media")) continue;
    if (!earlier.has(contact.id) && !groups.some((group) => isOf(contact, group))) continue;
    const address = foldName(contact.email);
    const because = whyNot(contact, marking, known, to.length);
    if (because !== undefined) not.push({ contact, because });
    else if (!addresses.has(address)) to.push(contact);
    addresses.add(address);
  }
  return { to, not };
}

function isOf(contact: Contact, { role, organisation }: AdvisoryDraft["groups"][number]): boolean {
  if (!contact.roles.includes(role)) return false;
  return organisation === "" || foldName(contact.organisation) === foldName(organisation);
}

function whyNot(
  contact: Contact,
  marking: AdvisoryDraft["marking"],
  known: KnownBad,
  count: number,
): NotAdvised | undefined {
  return whyNotWrite(contact, marking, known) ?? (count >= ADVISED_MAX ? "too_many" : undefined);
}

/** Why a contact is not written to with this marking, or `undefined` when they may be. */
export function whyNotWrite(
  contact: Contact,
  marking: AdvisoryDraft["marking"],
  known: KnownBad,
): Exclude<NotAdvised, "too_many"> | undefined {
  if (contact.email === "") return "no_address";
  const barred = whyBarred(contact.email, "mail", known);
  if (barred !== undefined) return barred;
  return exceeds(marking, clearanceOf(contact)) ? "not_cleared" : undefined;
}

/** What an advisory says, whoever it goes to: two that say the same have the same text here. */
export function sayingOf(draft: AdvisoryDraft, kind: AdvisoryNext["kind"]): string {
  const { title, severity, marking, weaknesses, affected, text, advice, validUntil } = draft;
  return canonicalJson({ kind, title, severity, marking, weaknesses, affected, text, advice, validUntil });
}

/** The words of a version, the same for everybody who gets it. */
export function advisoryText(advisory: Advisory, next: AdvisoryNext, letterhead: Letterhead): string {
  const { title, severity, marking, weaknesses, affected, text, advice, validUntil, version, kind } = next;
  const before = advisory.sent.at(-1);
  const replaced = before === undefined ? "" : ` version ${before.version} of ${timeText(before.at, null)}`;
  const list = (head: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${head}\n${items.map((each) => wrapped(`- ${clean(each)}`)).join("\n")}`];
  return joined([
    marking,
    wrapped(`Security advisory ${advisory.ref}, version ${version}: ${clean(title)}`),
    ...(kind === "revision" ? [wrapped(`This replaces${replaced}.`)] : []),
    ...(kind === "withdrawal" ? [wrapped(`This takes back${replaced}. Do not act on it any longer.`)] : []),
    ...(kind === "withdrawal" ? [] : [`Severity: ${severity}`]),
    ...list("Weaknesses", weaknesses),
    ...list("Affected", affected),
    wrapped(clean(text)),
    ...(advice.trim() === "" ? [] : [`What you may want to do\n\n${wrapped(clean(advice))}`]),
    ...(validUntil === null ? [] : [`Valid until ${timeText(validUntil, null)}.`]),
    callBackOf(letterhead, ""),
    meaning(marking),
  ]);
}

/** One mail of a version, byte for byte. */
export function advisoryMail(
  advisory: Advisory,
  version: Pick<AdvisoryNext, "version" | "kind" | "marking" | "title"> & { readonly composedAt: Instant },
  { letterhead, text, to }: { readonly letterhead: Letterhead; readonly text: string; readonly to: Contact },
): { readonly messageId: string; readonly message: string } {
  const { kind, marking, title, composedAt } = version;
  const domain = letterhead.email.slice(letterhead.email.lastIndexOf("@") + 1);
  const theirs = advisory.sent.flatMap((each) => {
    const advised = each.advised.find(({ contact }) => contact === to.id);
    return advised === undefined
      ? []
      : [{ version: each.version, ids: [...advised.tried, advised.messageId] }];
  });
  const triedCount = theirs.find((each) => each.version === version.version)?.ids.length ?? 0;
  const again = triedCount === 0 ? "" : `.${triedCount + 1}`;
  const messageId = `<${advisory.ref.toLowerCase()}.${to.id.slice(-8)}.v${version.version}${again}@${domain}>`;
  const word = kind === "withdrawal" ? "Withdrawn: " : "";
  const subject = `[${marking}] ${word}${title} [${advisory.ref}]`;
  const earlier = theirs.flatMap(({ ids }) => ids);
  const message = mailOf({ letterhead, at: to, subject, text, messageId, composedAt, earlier });
  return { messageId, message };
}
