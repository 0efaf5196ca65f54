import type { Incident } from "../../detect/incident/incident.ts";
import { type IncidentRefusal, mustBeOpen } from "../../detect/incident/life.ts";
import type { Observable } from "../../detect/observable/confirm.ts";
import type { ContactId, NotificationId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Instant, Stamp } from "../../kernel/time.ts";
import { exceeds, type Tlp } from "../../kernel/tlp.ts";
import type { Contact } from "../../prepare/contact/contact.ts";
import { type BarredBecause, type KnownBad, whyBarred } from "./barred.ts";
import type { Letter } from "./letter.ts";
import {
  type AnswerState,
  type Notification,
  type NotificationDraft,
  type NotificationFact,
  type Recipient,
  referenceOf,
  stateOfTold,
} from "./notification.ts";
import { clearanceOf, type NotificationChannel } from "./sharing.ts";

export type NotificationRefusal =
  | { readonly code: "notification.no_such_source"; readonly fact: number }
  | { readonly code: "notification.below_source"; readonly fact: number; readonly tlp: Tlp }
  | { readonly code: "notification.dropped" }
  | { readonly code: "notification.not_to_them" }
  | { readonly code: "notification.no_letterhead" }
  | { readonly code: "notification.party_retired"; readonly name: string }
  | { readonly code: "notification.barred"; readonly name: string; readonly because: BarredBecause }
  | { readonly code: "notification.not_cleared"; readonly name: string; readonly clearance: Tlp }
  | { readonly code: "notification.red_by_voice" }
  | { readonly code: "notification.red_unnamed" }
  | { readonly code: "notification.no_address"; readonly name: string }
  | { readonly code: "notification.not_an_intermediary"; readonly name: string }
  | { readonly code: "notification.names_us"; readonly parts: readonly string[] }
  | { readonly code: "notification.repeats"; readonly parts: readonly string[] }
  | { readonly code: "notification.not_as_previewed" }
  | { readonly code: "notification.on_its_way" }
  | { readonly code: "notification.released_already" }
  | { readonly code: "notification.not_released" }
  | { readonly code: "notification.by_mail" };
type Refusals = NotificationRefusal | IncidentRefusal;

/** What the facts of a draft are taken from. */
export interface Sources {
  /** The confirmed observables of the incident. */
  readonly observables: readonly Pick<Observable, "kind" | "value" | "tlp">[];
  /** Which of the draft's entries are lines of the incident's log, each with its own label where it has one. */
  readonly lines: ReadonlyMap<number, Tlp | undefined>;
}

/** The entry of a new draft; a fact needs a source that exists, and never a milder label than it has. */
export function draftNotification(
  incident: Incident,
  id: NotificationId,
  happened: Stamp,
  said: NotificationDraft,
  sources: Sources,
): Result<NotificationFact, Refusals> {
  const wrong = mustBeOpen(incident) ?? wrongFact(said, sources);
  if (wrong !== undefined) return refuse(wrong);
  const body = { notification: id, ref: referenceOf(id), ...said };
  return accept({ type: "notification.drafted", incident: incident.id, happened, body });
}

/** The entry of a draft written anew; what was released before stays as it was. */
export function changeNotification(
  incident: Incident,
  before: Notification,
  happened: Stamp,
  said: NotificationDraft,
  sources: Sources,
): Result<NotificationFact, Refusals> {
  const wrong = whyNotTouch(incident, before) ?? wrongFact(said, sources);
  if (wrong !== undefined) return refuse(wrong);
  const body = { notification: before.id, ref: before.ref, ...said };
  return accept({ type: "notification.changed", incident: incident.id, happened, body });
}

function wrongFact({ facts }: NotificationDraft, sources: Sources): NotificationRefusal | undefined {
  const labels = new Map(sources.observables.map((each) => [`${each.kind} ${each.value}`, each.tlp]));
  for (const [fact, { entry, observable, tlp }] of facts.entries()) {
    if (entry !== null && !sources.lines.has(entry)) return { code: "notification.no_such_source", fact };
    const written = entry === null ? undefined : sources.lines.get(entry);
    if (written !== undefined && exceeds(written, tlp)) {
      return { code: "notification.below_source", fact, tlp: written };
    }
    if (observable === null) continue;
    const least = labels.get(`${observable.kind} ${observable.value}`);
    if (least === undefined) return { code: "notification.no_such_source", fact };
    if (exceeds(least, tlp)) return { code: "notification.below_source", fact, tlp: least };
  }
  return undefined;
}

/** The entry that gives a draft up, or `notification.released_already` when somebody was told. */
export function dropNotification(
  incident: Incident,
  before: Notification,
  happened: Stamp,
  reason: string,
): Result<NotificationFact, Refusals> {
  const wrong = whyNotTouch(incident, before);
  if (wrong !== undefined) return refuse(wrong);
  if (before.told.length > 0) return refuse({ code: "notification.released_already" });
  const body = { notification: before.id, ref: before.ref, reason };
  return accept({ type: "notification.dropped", incident: incident.id, happened, body });
}

function whyNotTouch(incident: Incident, before: Notification): Refusals | undefined {
  return mustBeOpen(incident) ?? (before.dropped === "" ? undefined : { code: "notification.dropped" });
}

/** A message ready to be released: what it is, who it goes to, and what is known of its address. */
export interface Releasing {
  readonly notification: Notification;
  readonly recipient: Recipient;
  readonly to: Contact;
  readonly via: Contact | null;
  readonly known: KnownBad;
  readonly letter: Letter;
}

/**
 * Why a message must not go to its recipient as it stands, or `undefined` when it may.
 *
 * @source FIRST TLP 2.0 §4; CERT/CC: the intruder is never contacted directly
 */
export function whyNotRelease(releasing: Releasing): NotificationRefusal | undefined {
  const { notification, recipient, to, via, known, letter } = releasing;
  const { marking } = notification;
  const parties = via === null ? [to] : [to, via];
  if (notification.dropped !== "") return { code: "notification.dropped" };
  if (via !== null && !via.roles.includes("intermediary")) {
    return { code: "notification.not_an_intermediary", name: via.name };
  }
  for (const party of parties) {
    const { name } = party;
    if (party.status === "retired") return { code: "notification.party_retired", name };
    const because = whyBarred(party.email, party === (via ?? to) ? recipient.channel : "call", known);
    if (because !== undefined) return { code: "notification.barred", name, because };
    const clearance = clearanceOf(party);
    if (exceeds(marking, clearance)) return { code: "notification.not_cleared", name, clearance };
  }
  if (marking === "TLP:RED") {
    if (recipient.channel !== "call" || via !== null) return { code: "notification.red_by_voice" };
    if (recipient.named.trim() === "") return { code: "notification.red_unnamed" };
  }
  if (letter.namesUs.length > 0) return { code: "notification.names_us", parts: letter.namesUs };
  if (letter.repeats.length > 0) return { code: "notification.repeats", parts: letter.repeats };
  const written = via ?? to;
  const unreachable = recipient.channel === "mail" && written.email === "";
  return unreachable ? { code: "notification.no_address", name: written.name } : undefined;
}

/**
 * The entry that releases a message to one recipient: these bytes and no others.
 *
 * @param seen    digest of what the releaser looked at
 * @param sha256  digest of the letter's message as it would be released now
 */
export function releaseTo(
  incident: Incident,
  releasing: Releasing,
  happened: Stamp,
  digests: { readonly seen: string; readonly sha256: string },
): Result<NotificationFact, Refusals> {
  const { notification, recipient, to, via, letter } = releasing;
  const wrong = mustBeOpen(incident) ?? whyNotRelease(releasing) ?? whyNotAgain(releasing);
  if (wrong !== undefined) return refuse(wrong);
  if (digests.seen !== digests.sha256) return refuse({ code: "notification.not_as_previewed" });
  const reached = via ?? to;
  const { subject, message, messageId } = letter;
  return accept({
    type: "notification.released",
    incident: incident.id,
    happened,
    body: {
      ...{ notification: notification.id, ref: notification.ref, recipient: to.id, name: to.name },
      channel: recipient.channel,
      address: addressFor(recipient.channel, reached),
      through: via?.name ?? "",
      marking: notification.marking,
      ...{ subject, messageId, message, sha256: digests.sha256 },
      encryptedTo: recipient.channel === "mail" && reached.pgpKey.trim() !== "" ? reached.pgpFingerprint : "",
    },
  });
}

/** What is on its way is waited for. Anything else can be sent again: it hangs on the message before it. */
function whyNotAgain({ notification, to }: Releasing): NotificationRefusal | undefined {
  const told = notification.told.find(({ contact }) => contact === to.id);
  return stateOfTold(told) === "released" ? { code: "notification.on_its_way" } : undefined;
}

function addressFor(
  channel: NotificationChannel,
  { email, phone, secondChannel, organisation, name }: Contact,
) {
  if (channel === "mail") return email;
  if (channel === "call") return phone || secondChannel || name;
  return organisation || name;
}

/** What became of something that was released. */
export interface Delivery {
  readonly outcome: "accepted" | "failed" | "unknown" | "kept";
  readonly detail: string;
  readonly wireSha256: string;
}

/** The entry that says what became of a mail; it is written by the house itself. */
export function settleMail(
  before: Notification,
  recipient: ContactId,
  happened: Stamp,
  delivery: Delivery,
): Result<NotificationFact, NotificationRefusal> {
  const told = before.told.find(({ contact }) => contact === recipient);
  if (!told?.released || told.released.outcome !== null) return refuse({ code: "notification.not_released" });
  const body = { notification: before.id, ref: before.ref, recipient, name: told.name, ...delivery };
  return accept({ type: "notification.delivered", incident: before.incident, happened, body });
}

/** The entry that says that a letter was handed over, or that a script was read out and to whom. */
export function deliverByHand(
  incident: Incident,
  before: Notification,
  recipient: ContactId,
  happened: Stamp,
  detail: string,
): Result<NotificationFact, Refusals> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  const told = before.told.find(({ contact }) => contact === recipient);
  if (!told?.released || told.released.outcome !== null) return refuse({ code: "notification.not_released" });
  if (told.released.channel === "mail") return refuse({ code: "notification.by_mail" });
  const outcome = told.released.channel === "call" ? "read_out" : "handed_over";
  const body = {
    ...{ notification: before.id, ref: before.ref, recipient, name: told.name },
    ...({ outcome, detail, wireSha256: "" } as const),
  };
  return accept({ type: "notification.delivered", incident: incident.id, happened, body });
}

/** The entry that says how far a recipient is, or `notification.not_released` when they were never told. */
export function recordAnswer(
  before: Notification,
  recipient: ContactId,
  happened: Stamp,
  said: { readonly state: AnswerState; readonly answer: string },
): Result<NotificationFact, NotificationRefusal> {
  const told = before.told.find(({ contact }) => contact === recipient);
  if (!told?.released) return refuse({ code: "notification.not_released" });
  const body = { notification: before.id, ref: before.ref, recipient, name: told.name, ...said };
  return accept({ type: "notification.answered", incident: before.incident, happened, body });
}

/** By when an answer is waited for; `null` when no day was said. */
export function isOverdue({ answerBy }: Pick<Notification, "answerBy">, now: Instant): boolean {
  return answerBy !== null && answerBy < now;
}
