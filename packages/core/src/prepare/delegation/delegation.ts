import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { DelegationId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { Instant, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { type Person, Role } from "../people/person.ts";

/** The entries about one delegation: lent for a time, and ended before that time is over. */
export const DELEGATION_ENTRIES = {
  "authority.delegated": z.object({
    delegation: DelegationId,
    lender: PersonId,
    lenderName: z.string(),
    borrower: PersonId,
    borrowerName: z.string(),
    role: Role,
    fromAt: Instant,
    untilAt: Instant,
    reason: z.string(),
  }),
  "authority.ended": z.object({ delegation: DelegationId, role: z.string(), reason: z.string() }),
};
type Facts = Fact<typeof DELEGATION_ENTRIES>;

/** A role that one person lends to another for a time. The lender keeps it. */
export interface Delegation {
  readonly id: DelegationId;
  readonly lender: PersonId;
  readonly lenderName: string;
  readonly borrower: PersonId;
  readonly borrowerName: string;
  readonly role: Role;
  readonly fromAt: Instant;
  /** When it is over; where somebody ended it early, that moment. */
  readonly untilAt: Instant;
  readonly reason: string;
  /** Who wrote it down: the lender, or who may do so in the lender's name. */
  readonly by: string;
  /** Who ended it early, and why. */
  readonly ended: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
}

/** A role that somebody has from another person and not by themselves. */
export interface BorrowedRole {
  readonly delegation: DelegationId;
  readonly role: Role;
  readonly lender: PersonId;
  readonly lenderName: string;
  readonly untilAt: Instant;
}

/** The longest that a role is lent. */
export const DELEGATION_MAX_MS = 92 * 24 * 60 * 60_000;

export type DelegationRefusal =
  | { readonly code: "authority.to_oneself" }
  | { readonly code: "authority.not_held"; readonly role: Role }
  | { readonly code: "authority.held_already"; readonly role: Role }
  | { readonly code: "authority.wrong_times" }
  | { readonly code: "authority.lent_already"; readonly delegation: DelegationId }
  | { readonly code: "authority.over" };

/** The delegation after one more entry about it. */
export function projectDelegation(
  before: Delegation | undefined,
  entry: Entry<typeof DELEGATION_ENTRIES>,
): Delegation | undefined {
  const by = entry.actor?.name ?? "(withheld)";
  if (entry.type === "authority.ended") {
    const ended = { by, at: entry.recordedAt, reason: entry.body.reason ?? "(withheld)" };
    return before && { ...before, untilAt: entry.recordedAt, ended };
  }
  const { delegation: id, lender, borrower, role, fromAt, untilAt } = entry.body;
  if (id === undefined || lender === undefined || borrower === undefined) return before;
  // What was withheld lends nothing.
  if (role === undefined || fromAt === undefined || untilAt === undefined) return before;
  const { lenderName = "(withheld)", borrowerName = "(withheld)", reason = "(withheld)" } = entry.body;
  return {
    id,
    lender,
    lenderName,
    borrower,
    borrowerName,
    role,
    fromAt,
    untilAt,
    reason,
    by,
    ended: null,
  };
}

/** Whether it lends its role at a moment, as far as its times say. */
export function isRunning(delegation: Delegation, at: Instant): boolean {
  const atMs = unixMsOf(at);
  return unixMsOf(delegation.fromAt) <= atMs && atMs < unixMsOf(delegation.untilAt);
}

/** Whether its time is over, or somebody ended it. */
export function isOver(delegation: Delegation, now: Instant): boolean {
  return delegation.ended !== null || unixMsOf(delegation.untilAt) <= unixMsOf(now);
}

/** What of a person decides on what they can lend: whether they may act at all, and the roles given to them. */
export type Lender = Pick<Person, "status" | "roles">;

/**
 * The roles that a person has only because others lend them.
 *
 * Nobody lends more than they hold at that moment by themselves: a role that the lender lost, or borrowed, is not
 * lent on, and a person without access lends nothing.
 *
 * @param own        the roles that were given to the borrower
 * @param toThem     delegations of which they are the borrower
 * @param lenderOf   the lender as they are at `now`
 */
export function borrowedRoles(
  own: readonly Role[],
  toThem: readonly Delegation[],
  lenderOf: (lender: PersonId) => Lender | undefined,
  now: Instant,
): BorrowedRole[] {
  return toThem
    .filter((each) => {
      const lender = lenderOf(each.lender);
      const lends = lender?.status === "active" && lender.roles.includes(each.role);
      return isRunning(each, now) && lends && !own.includes(each.role);
    })
    .map(({ id, role, lender, lenderName, untilAt }) => ({
      delegation: id,
      role,
      lender,
      lenderName,
      untilAt,
    }));
}

/**
 * The roles that count beside a person: those that they lend are left out.
 *
 * Who asks for consent must not answer through a deputy: what the deputy has from them is not another's judgement.
 *
 * @source separation of duties, NIST SP 800-53 AC-5
 */
export function rolesBeside(
  holder: { readonly roles: readonly Role[]; readonly borrowed?: readonly BorrowedRole[] },
  person: PersonId,
): Role[] {
  const borrowed = holder.borrowed ?? [];
  return holder.roles.filter((role) => {
    const from = borrowed.filter((each) => each.role === role);
    return from.length === 0 || from.some((each) => each.lender !== person);
  });
}

/** What somebody says who lends a role. `fromAt` is `null` for at once. */
export interface SaidDelegation {
  readonly role: Role;
  readonly fromAt: Instant | null;
  readonly untilAt: Instant;
  readonly reason: string;
}

type Named = Pick<Person, "id" | "name" | "status" | "roles">;

/**
 * The entry by which one person lends a role to another for a time.
 *
 * @param standing  delegations between the two that are not over
 * @returns         the fact; `authority.to_oneself`; `authority.not_held` unless it was given to the lender (a role
 *                  that they borrowed themselves is not theirs to lend); `authority.held_already`;
 *                  `authority.wrong_times` when it ends before it begins or is over, or lasts longer than 92 days;
 *                  `authority.lent_already` when the same role is lent in that time
 * @source          CERT/CC: the policy designates who responds, and who stands in for them
 */
export function delegate(
  id: DelegationId,
  moment: { readonly happened: Stamp; readonly now: Instant },
  lender: Named,
  borrower: Named,
  standing: readonly Delegation[],
  said: SaidDelegation,
): Result<Extract<Facts, { type: "authority.delegated" }>, DelegationRefusal> {
  const { role, untilAt, reason } = said;
  if (lender.id === borrower.id) return refuse({ code: "authority.to_oneself" });
  if (lender.status !== "active" || !lender.roles.includes(role)) {
    return refuse({ code: "authority.not_held", role });
  }
  if (borrower.roles.includes(role)) return refuse({ code: "authority.held_already", role });
  const nowMs = unixMsOf(moment.now);
  const fromAt = said.fromAt !== null && unixMsOf(said.fromAt) > nowMs ? said.fromAt : moment.now;
  const lastsMs = unixMsOf(untilAt) - unixMsOf(fromAt);
  if (lastsMs <= 0 || lastsMs > DELEGATION_MAX_MS) return refuse({ code: "authority.wrong_times" });
  const twice = standing.find(
    (each) =>
      each.role === role &&
      unixMsOf(each.fromAt) < unixMsOf(untilAt) &&
      unixMsOf(fromAt) < unixMsOf(each.untilAt),
  );
  if (twice !== undefined) return refuse({ code: "authority.lent_already", delegation: twice.id });
  return accept({
    type: "authority.delegated",
    incident: null,
    happened: moment.happened,
    body: {
      delegation: id,
      lender: lender.id,
      lenderName: lender.name,
      borrower: borrower.id,
      borrowerName: borrower.name,
      role,
      fromAt,
      untilAt,
      reason,
    },
  });
}

/** The entry that ends a delegation early, or `authority.over` when it is over already. */
export function endDelegation(
  delegation: Delegation,
  moment: { readonly happened: Stamp; readonly now: Instant },
  reason: string,
): Result<Facts, DelegationRefusal> {
  if (isOver(delegation, moment.now)) return refuse({ code: "authority.over" });
  const { id, role } = delegation;
  return accept({
    type: "authority.ended",
    incident: null,
    happened: moment.happened,
    body: { delegation: id, role, reason },
  });
}
