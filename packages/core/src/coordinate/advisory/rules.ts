import type { ContactId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Stamp } from "../../kernel/time.ts";
import { foldName } from "../../prepare/register/address.ts";
import type { Delivery } from "../notification/rules.ts";
import {
  ADVISORY_TRIES_MAX,
  ADVISORY_VERSIONS_MAX,
  type Advised,
  type AdvisedNow,
  type Advisory,
  type AdvisoryDraft,
  type AdvisoryFact,
  type AdvisoryId,
  type AdvisoryKind,
  type AdvisorySent,
  advisoryReferenceOf,
  isLost,
  stateOfAdvisory,
} from "./advisory.ts";

export type AdvisoryRefusal =
  | { readonly code: "advisory.over" }
  | { readonly code: "advisory.nothing_drafted" }
  | { readonly code: "advisory.own_draft" }
  | { readonly code: "advisory.approved_already" }
  | { readonly code: "advisory.not_approved" }
  | { readonly code: "advisory.sent_already"; readonly advisory: AdvisoryId; readonly ref: string }
  | { readonly code: "advisory.not_as_previewed" }
  | { readonly code: "advisory.nobody" }
  | { readonly code: "advisory.on_its_way" }
  | { readonly code: "advisory.not_sent" }
  | { readonly code: "advisory.not_to_them" }
  | { readonly code: "advisory.replaced" }
  | { readonly code: "advisory.arrived" }
  | { readonly code: "advisory.told_already" }
  | { readonly code: "advisory.reason_needed" }
  | { readonly code: "advisory.tried_enough" }
  | { readonly code: "advisory.not_writable"; readonly name: string; readonly because: NotWritable };

/** Why a mail does not go again: what bars everybody, and that the contact was retired. */
export type NotWritable = "no_address" | "not_cleared" | "intruder" | "compromised" | "retired";

/** The entry of a new advisory. */
export function draftAdvisory(id: AdvisoryId, happened: Stamp, draft: AdvisoryDraft): AdvisoryFact {
  const body = { advisory: id, ref: advisoryReferenceOf(id), version: 1, kind: "new" as const, ...draft };
  return { type: "advisory.drafted", incident: null, happened, body };
}

/**
 * The entry of an advisory written anew: its draft, or the next version of what was sent. Whoever approved the
 * earlier words has to look again.
 */
export function changeAdvisory(
  before: Advisory,
  happened: Stamp,
  draft: AdvisoryDraft,
  withdrawal = false,
): Result<AdvisoryFact, AdvisoryRefusal> {
  const state = stateOfAdvisory(before);
  if (state === "dropped" || state === "withdrawn") return refuse({ code: "advisory.over" });
  if (withdrawal && before.sent.length === 0) return refuse({ code: "advisory.not_sent" });
  if (before.sent.length >= ADVISORY_VERSIONS_MAX) return refuse({ code: "advisory.over" });
  const body = {
    ...{ advisory: before.id, ref: before.ref, version: before.sent.length + 1 },
    ...{ kind: kindOf(before, withdrawal), ...draft },
  };
  return accept({ type: "advisory.drafted", incident: null, happened, body });
}

function kindOf({ sent }: Advisory, withdrawal: boolean): AdvisoryKind {
  if (withdrawal) return "withdrawal";
  return sent.length === 0 ? "new" : "revision";
}

/** The entry that gives up what is drafted; what was sent stays as it is. */
export function dropAdvisory(
  before: Advisory,
  happened: Stamp,
  reason: string,
): Result<AdvisoryFact, AdvisoryRefusal> {
  if (before.next === null) return refuse({ code: "advisory.nothing_drafted" });
  const body = { advisory: before.id, ref: before.ref, version: before.next.version, reason };
  return accept({ type: "advisory.dropped", incident: null, happened, body });
}

/** Another advisory that was sent and says the very same. */
export interface SameSaying {
  readonly advisory: AdvisoryId;
  readonly ref: string;
}

/**
 * The entry by which a second person approves what is drafted.
 *
 * @param said  the digest of what they saw and of what is drafted, and what was sent before in the same words
 */
export function approveAdvisory(
  before: Advisory,
  by: PersonId,
  happened: Stamp,
  said: { readonly seen: string; readonly sha256: string; readonly same: SameSaying | undefined },
): Result<AdvisoryFact, AdvisoryRefusal> {
  const { next } = before;
  if (next === null) return refuse({ code: "advisory.nothing_drafted" });
  if (next.approved !== null) return refuse({ code: "advisory.approved_already" });
  if (next.byId === by) return refuse({ code: "advisory.own_draft" });
  if (said.same !== undefined) return refuse({ code: "advisory.sent_already", ...said.same });
  if (said.seen !== said.sha256) return refuse({ code: "advisory.not_as_previewed" });
  const body = {
    advisory: before.id,
    ref: before.ref,
    version: next.version,
    title: next.title,
    sha256: said.sha256,
  };
  return accept({ type: "advisory.approved", incident: null, happened, body });
}

/** The entry that sends an approved version to its audience: these bytes and no others. */
export function sendAdvisory(
  before: Advisory,
  happened: Stamp,
  said: {
    readonly seen: string;
    /** Digest over what each of the audience gets now. */
    readonly sha256: string;
    readonly saying: string;
    readonly message: string;
    readonly advised: readonly Advised[];
    readonly same: SameSaying | undefined;
  },
): Result<AdvisoryFact, AdvisoryRefusal> {
  const { next } = before;
  if (next === null) return refuse({ code: "advisory.nothing_drafted" });
  if (next.approved === null || next.approved.sha256 !== said.saying)
    return refuse({ code: "advisory.not_approved" });
  if (said.same !== undefined) return refuse({ code: "advisory.sent_already", ...said.same });
  if (said.advised.length === 0) return refuse({ code: "advisory.nobody" });
  if (said.seen !== said.sha256) return refuse({ code: "advisory.not_as_previewed" });
  const { version, kind, title, marking } = next;
  const body = {
    ...{ advisory: before.id, ref: before.ref, version, kind, title, marking },
    ...{ sha256: said.saying, message: said.message, advised: [...said.advised] },
  };
  return accept({ type: "advisory.sent", incident: null, happened, body });
}

/** The entry that says what became of one mail of a version; it is written by the house itself. */
export function settleAdvisoryMail(
  before: Advisory,
  to: { readonly version: number; readonly recipient: ContactId; readonly messageId: string },
  happened: Stamp,
  delivery: Delivery,
): Result<AdvisoryFact, AdvisoryRefusal> {
  const { messageId, ...which } = to;
  const advised = before.sent
    .find(({ version }) => version === to.version)
    ?.advised.find(({ contact }) => contact === to.recipient);
  // What became of an earlier try says nothing of the one that is on its way.
  if (advised?.outcome !== null || advised.messageId !== messageId)
    return refuse({ code: "advisory.not_sent" });
  const body = { advisory: before.id, ref: before.ref, ...which, name: advised.name, ...delivery };
  return accept({ type: "advisory.delivered", incident: null, happened, body });
}

/**
 * Whether one mail of the latest version may go again: only one that did not leave, or with a reason one of which
 * nobody knows whether it left. What arrived or is on its way is never sent a second time.
 *
 * @param again  why the contact cannot be written to now, if so, and why it goes again though it may have left
 */
export function mayResend(
  before: Advisory,
  recipient: ContactId,
  again: { readonly version: number; readonly notWritable: NotWritable | undefined; readonly reason: string },
): Result<{ readonly sent: AdvisorySent; readonly advised: AdvisedNow }, AdvisoryRefusal> {
  const lost = lostMail(before, recipient, again.version);
  if (!lost.ok) return lost;
  const { advised } = lost.value;
  if (advised.outcome === "unknown" && again.reason.trim() === "")
    return refuse({ code: "advisory.reason_needed" });
  if (advised.tried.length + 1 >= ADVISORY_TRIES_MAX) return refuse({ code: "advisory.tried_enough" });
  if (again.notWritable !== undefined) {
    return refuse({ code: "advisory.not_writable", name: advised.name, because: again.notWritable });
  }
  return lost;
}

/** The mail of the latest version to somebody that did not leave, or of which nobody knows whether it left. */
function lostMail(
  before: Advisory,
  recipient: ContactId,
  version: number,
): Result<{ readonly sent: AdvisorySent; readonly advised: AdvisedNow }, AdvisoryRefusal> {
  const sent = before.sent.at(-1);
  if (sent === undefined) return refuse({ code: "advisory.not_sent" });
  if (sent.version !== version) return refuse({ code: "advisory.replaced" });
  const advised = sent.advised.find(({ contact }) => contact === recipient);
  if (advised === undefined) return refuse({ code: "advisory.not_to_them" });
  if (advised.outcome === null) return refuse({ code: "advisory.on_its_way" });
  if (!isLost(advised)) return refuse({ code: "advisory.arrived" });
  return accept({ sent, advised });
}

/** The entry that somebody whose mail of the latest version may not have left was told in another way, once. */
export function tellAdvised(
  before: Advisory,
  to: { readonly version: number; readonly recipient: ContactId },
  happened: Stamp,
  detail: string,
): Result<AdvisoryFact, AdvisoryRefusal> {
  const lost = lostMail(before, to.recipient, to.version);
  if (!lost.ok) return lost;
  const { name, told } = lost.value.advised;
  if (told !== undefined) return refuse({ code: "advisory.told_already" });
  const body = { advisory: before.id, ref: before.ref, ...to, name, detail };
  return accept({ type: "advisory.told", incident: null, happened, body });
}

/** The entry by which one mail of a version goes again: the same words, under an id of their own. */
export function resendAdvisory(
  before: Advisory,
  version: number,
  happened: Stamp,
  mail: Advised & { readonly reason: string },
): AdvisoryFact {
  const { contact: recipient, ...rest } = mail;
  const body = { advisory: before.id, ref: before.ref, version, recipient, ...rest };
  return { type: "advisory.resent", incident: null, happened, body };
}

/** Whether two advisories are about the same: a weakness in both, or the same title. */
export function isAboutTheSame(
  one: Pick<AdvisoryDraft, "title" | "weaknesses">,
  other: Pick<AdvisoryDraft, "title" | "weaknesses">,
): boolean {
  if (foldName(one.title) === foldName(other.title)) return true;
  return one.weaknesses.some((each) => other.weaknesses.includes(each));
}
