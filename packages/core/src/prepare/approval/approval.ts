import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ApprovalId, type IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { Instant, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { Role } from "../people/person.ts";

/** How somebody consented: on a page of ours, or by voice with a code from their printed card. */
export const ConsentVia = z.enum(["page", "voice"]);
export type ConsentVia = z.infer<typeof ConsentVia>;

/** The entries about one request for consent, from asking to the one use. */
export const APPROVAL_ENTRIES = {
  "approval.requested": z.object({
    approval: ApprovalId,
    asker: PersonId,
    operation: z.string(),
    action: z.string(),
    title: z.string(),
    thing: z.string(),
    /** The parameter that names the thing; empty where a new one is made. */
    subject: z.string(),
    /** Over the operation and its parameters: what is approved is this and nothing else. */
    sha256: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    consequence: z.string(),
    alternative: z.string(),
    reason: z.string(),
    clause: z.string(),
    approvers: z.array(Role),
    persons: z.int(),
    expiresAt: Instant,
  }),
  "approval.approved": z.object({
    approval: ApprovalId,
    approver: PersonId,
    name: z.string(),
    roles: z.array(Role),
    condition: z.string(),
    via: ConsentVia,
  }),
  "approval.refused": z.object({ approval: ApprovalId, reason: z.string() }),
  "approval.withdrawn": z.object({ approval: ApprovalId, reason: z.string() }),
  "approval.used": z.object({ approval: ApprovalId, operation: z.string(), thing: z.string() }),
};
type Facts = Fact<typeof APPROVAL_ENTRIES>;

/** One person's consent, with the roles they held when they gave it. */
export interface Consent {
  readonly person: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly condition: string;
  readonly via: ConsentVia;
  readonly at: Instant;
  /** Who took the call, for a consent by voice. */
  readonly takenBy: string;
}

/** A request for consent to one act, as the log says it stands. */
export interface Approval {
  readonly id: ApprovalId;
  readonly incident: IncidentId | null;
  readonly operation: string;
  readonly action: string;
  readonly title: string;
  readonly thing: string;
  readonly subject: string;
  readonly sha256: string;
  readonly parameters: Readonly<Record<string, unknown>> | null;
  readonly consequence: string;
  readonly alternative: string;
  readonly reason: string;
  readonly clause: string;
  readonly asker: PersonId;
  readonly askerName: string;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  readonly approvers: readonly Role[];
  /** How many different people have to consent. */
  readonly persons: number;
  readonly consents: readonly Consent[];
  readonly status: "requested" | "approved" | "refused" | "withdrawn" | "used";
  /** Who ended it, when and why; `null` while it can still be decided or used. */
  readonly ended: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
}

/** How a request stands at a moment: what the log says, unless its time ran out first. */
export type ApprovalStanding = Approval["status"] | "expired";

/** The request after one more entry about it; `undefined` when the record no longer shows what it was for. */
export function projectApproval(
  before: Approval | undefined,
  entry: Entry<typeof APPROVAL_ENTRIES>,
): Approval | undefined {
  if (entry.type === "approval.requested") return asked(entry);
  if (before === undefined) return undefined;
  const by = entry.actor?.name ?? "(withheld)";
  const ended = (reason: string) => ({ by, at: entry.recordedAt, reason });
  switch (entry.type) {
    case "approval.approved":
      return consented(before, entry, by);
    case "approval.refused":
      return { ...before, status: "refused", ended: ended(entry.body.reason ?? "(withheld)") };
    case "approval.withdrawn":
      return { ...before, status: "withdrawn", ended: ended(entry.body.reason ?? "(withheld)") };
    case "approval.used":
      return { ...before, status: "used", ended: ended("") };
  }
}

type EntryOf<Type extends string> = Extract<Entry<typeof APPROVAL_ENTRIES>, { readonly type: Type }>;

function asked(entry: EntryOf<"approval.requested">): Approval | undefined {
  const { body } = entry;
  const { approval: id, asker, expiresAt } = body;
  if (id === undefined || asker === undefined || expiresAt === undefined) return undefined;
  return {
    id,
    incident: entry.incident,
    operation: body.operation ?? "",
    action: body.action ?? "",
    title: body.title ?? "(withheld)",
    thing: body.thing ?? "(withheld)",
    subject: body.subject ?? "",
    // A digest that was withheld equals none, so nothing can be done with such an approval.
    sha256: body.sha256 ?? "",
    parameters: body.parameters ?? null,
    consequence: body.consequence ?? "",
    alternative: body.alternative ?? "",
    reason: body.reason ?? "(withheld)",
    clause: body.clause ?? "",
    asker,
    askerName: entry.actor?.name ?? "(withheld)",
    askedAt: entry.recordedAt,
    expiresAt,
    approvers: body.approvers ?? [],
    persons: body.persons ?? 2,
    consents: [],
    status: "requested",
    ended: null,
  };
}

function consented(before: Approval, entry: EntryOf<"approval.approved">, takenBy: string): Approval {
  const { approver: person, name = "(withheld)", roles = [], condition = "", via = "page" } = entry.body;
  if (person === undefined) return before;
  const consent = { person, name, roles, condition, via, at: entry.recordedAt, takenBy };
  const consents = [...before.consents, consent];
  return { ...before, consents, status: consents.length >= before.persons ? "approved" : "requested" };
}

export type ApprovalRefusal =
  | { readonly code: "approval.not_needed" }
  | { readonly code: "approval.too_large"; readonly limitBytes: number }
  | { readonly code: "approval.already_asked"; readonly approval: ApprovalId }
  | { readonly code: "approval.ended"; readonly status: ApprovalStanding }
  | { readonly code: "approval.own" }
  | { readonly code: "approval.not_for_you"; readonly approvers: readonly Role[] }
  | { readonly code: "approval.given_already" }
  | { readonly code: "approval.not_yours" }
  | { readonly code: "approval.waiting"; readonly persons: number; readonly given: number }
  | { readonly code: "approval.other_request" };

type Decided = Result<Facts, ApprovalRefusal>;

/** The largest parameters that can be asked about: a person has to be able to read them. */
export const APPROVAL_LIMIT_BYTES = 65_536;

/** How a request stands at `now`. */
export function standingOf(approval: Approval, now: Instant): ApprovalStanding {
  const open = approval.status === "requested" || approval.status === "approved";
  return open && unixMsOf(approval.expiresAt) <= unixMsOf(now) ? "expired" : approval.status;
}

/** Whether a request can still be decided on or used at `now`. */
export function isLive(approval: Approval, now: Instant): boolean {
  const standing = standingOf(approval, now);
  return standing === "requested" || standing === "approved";
}

/** Whether somebody with these roles is one of those whose consent is asked for, now. */
export function mayDecide(
  approval: Approval,
  person: { readonly id: PersonId; readonly roles: readonly Role[] },
  now: Instant,
): boolean {
  return whyNotDecide(approval, person, now) === undefined;
}

/**
 * The entry by which a person consents.
 *
 * @param person  who consents, with the roles they hold now
 * @returns       the fact; `approval.ended`; `approval.own` to whoever asked; `approval.not_for_you` without a
 *                role that was asked for; `approval.given_already`
 * @source        CERT/CC: the policy names who may give authority; separation of duties, NIST SP 800-53 AC-5
 */
export function approve(
  approval: Approval,
  now: Instant,
  person: { readonly id: PersonId; readonly name: string; readonly roles: readonly Role[] },
  said: { readonly happened: Stamp; readonly condition: string; readonly via: ConsentVia },
): Decided {
  const why = whyNotDecide(approval, person, now);
  if (why !== undefined) return refuse(why);
  const { id: approver, name, roles } = person;
  const { happened, condition, via } = said;
  return accept({
    type: "approval.approved",
    incident: approval.incident,
    happened,
    body: { approval: approval.id, approver, name, roles: [...roles], condition, via },
  });
}

/** The entry by which a person whose consent was asked for says no; it ends the request. */
export function refuseApproval(
  approval: Approval,
  now: Instant,
  person: { readonly id: PersonId; readonly roles: readonly Role[] },
  said: { readonly happened: Stamp; readonly reason: string },
): Decided {
  const why = whyNotDecide(approval, person, now);
  // Who consented and thinks again may still say no, for as long as it has not been used.
  if (why !== undefined && why.code !== "approval.given_already") return refuse(why);
  const { happened, reason } = said;
  return accept({
    type: "approval.refused",
    incident: approval.incident,
    happened,
    body: { approval: approval.id, reason },
  });
}

/** The entry by which whoever asked takes the request back. */
export function withdrawApproval(
  approval: Approval,
  now: Instant,
  by: PersonId,
  said: { readonly happened: Stamp; readonly reason: string },
): Decided {
  if (approval.asker !== by) return refuse({ code: "approval.not_yours" });
  if (!isLive(approval, now)) return refuse({ code: "approval.ended", status: standingOf(approval, now) });
  const { happened, reason } = said;
  return accept({
    type: "approval.withdrawn",
    incident: approval.incident,
    happened,
    body: { approval: approval.id, reason },
  });
}

/**
 * The entry that spends an approval on the act it was given for; it goes with the act's own entries or not at all.
 *
 * Whether those who consented still hold a role that counts is for the policy to say, when it is spent.
 *
 * @param sha256  digest of the operation and its parameters as they are now
 * @returns       the fact; `approval.not_yours` to anybody but the asker; `approval.ended` when it was used, or
 *                its time is over; `approval.waiting` before enough people consented; `approval.other_request`
 *                when anything about the act has changed
 */
export function spendApproval(
  approval: Approval,
  now: Instant,
  by: PersonId,
  sha256: string,
  happened: Stamp,
): Decided {
  if (approval.asker !== by) return refuse({ code: "approval.not_yours" });
  if (!isLive(approval, now)) return refuse({ code: "approval.ended", status: standingOf(approval, now) });
  if (approval.sha256 === "" || approval.sha256 !== sha256) return refuse({ code: "approval.other_request" });
  if (approval.status !== "approved") {
    return refuse({ code: "approval.waiting", persons: approval.persons, given: approval.consents.length });
  }
  return accept({
    type: "approval.used",
    incident: approval.incident,
    happened,
    body: { approval: approval.id, operation: approval.operation, thing: approval.thing },
  });
}

function whyNotDecide(
  approval: Approval,
  person: { readonly id: PersonId; readonly roles: readonly Role[] },
  now: Instant,
): ApprovalRefusal | undefined {
  if (!isLive(approval, now)) return { code: "approval.ended", status: standingOf(approval, now) };
  if (approval.asker === person.id) return { code: "approval.own" };
  if (!approval.approvers.some((role) => person.roles.includes(role))) {
    return { code: "approval.not_for_you", approvers: approval.approvers };
  }
  if (approval.consents.some((consent) => consent.person === person.id)) {
    return { code: "approval.given_already" };
  }
  return undefined;
}
