import {
  accept,
  type Delegation,
  DelegationId,
  delegate,
  endDelegation,
  Instant,
  isOver,
  line,
  PersonId,
  Role,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import type { Viewer } from "../../ports.ts";
import { query } from "../../query.ts";
import { standsIn } from "./standing.ts";

const Reason = line(1000).refine((text) => text.trim() !== "", { error: "is empty; say why" });

export const delegateAuthority = operation({
  name: "authority.delegate",
  phase: "prepare",
  action: "people.manage",
  summary: "Lend a role for a time: your own, or in the name of somebody who cannot do it themselves",
  input: z.strictObject({
    from: PersonId.describe("who lends; yourself, unless you may give people roles anyway"),
    to: PersonId.describe("who stands in"),
    role: Role.describe("a role that was given to the lender; a borrowed one is not lent on"),
    fromAt: Instant.nullable().default(null).describe("null for at once"),
    untilAt: Instant,
    reason: Reason,
  }),
  output: z.object({ delegation: DelegationId }),
  load: async ({ from, to }, records, act) => {
    // Both rows are locked in one order, whoever lends to whom.
    const [first, second] = from < to ? [from, to] : [to, from];
    const found = [await records.person(first), await records.person(second)];
    const lender = found.find((each) => each?.id === from);
    const borrower = found.find((each) => each?.id === to);
    if (lender === undefined || borrower?.status !== "active") return undefined;
    const standing = await records.delegations.between(from, to);
    return { lender, borrower, standing, own: act.by.id === from, id: act.newId("dlg") };
  },
  // Who lends what is another's gives roles away, as whoever gives people roles.
  actionOf: ({ own }) => (own ? "authority.delegate" : "people.manage"),
  explain: ({ lender, borrower }, { role, untilAt }) => ({
    thing: `${borrower.name} stands in for ${lender.name} as ${role} until ${untilAt}`,
  }),
  decide: ({ lender, borrower, standing, id }, { role, fromAt, untilAt, reason }, act) => {
    const moment = { happened: stampOf(undefined, act), now: act.now };
    const said = { role, fromAt, untilAt, reason };
    const outcome = delegate(id, moment, lender, borrower, standing, said);
    return outcome.ok ? accept({ facts: [outcome.value], output: { delegation: id } }) : outcome;
  },
});

export const endLentAuthority = operation({
  name: "authority.end",
  phase: "prepare",
  action: "authority.delegate",
  thing: "delegation",
  summary: "End a delegation before its time: whoever lends, whoever stands in, or who may delegate",
  input: z.strictObject({ delegation: DelegationId, reason: Reason }),
  output: z.object({ delegation: DelegationId }),
  load: async (input, records, act) => {
    const delegation = await records.delegations.delegation(input.delegation);
    if (delegation === undefined) return undefined;
    // Who is neither of the two and has no part in the house knows nothing of it.
    if (!concerns(delegation, act.by) && act.by.roles.length === 0) return undefined;
    // A program needs its scope even for what concerns its owner.
    return { delegation, own: concerns(delegation, act.by) && act.by.token === undefined };
  },
  actionOf: ({ own }) => (own ? "own" : "authority.delegate"),
  decide: ({ delegation }, { reason }, act) => {
    const moment = { happened: stampOf(undefined, act), now: act.now };
    const outcome = endDelegation(delegation, moment, reason);
    return outcome.ok ? accept({ facts: [outcome.value], output: { delegation: delegation.id } }) : outcome;
  },
});

/** Whether this person is the one who lends or the one who stands in. */
function concerns({ lender, borrower }: Delegation, { id }: Viewer): boolean {
  return lender === id || borrower === id;
}

const DelegationView = z
  .object({
    id: DelegationId,
    lender: PersonId,
    lenderName: z.string(),
    borrower: PersonId,
    borrowerName: z.string(),
    role: Role,
    fromAt: z.string(),
    untilAt: z.string(),
    reason: z.string(),
    by: z.string().describe("who wrote it down"),
    running: z.boolean().describe("whether the borrower acts in this role now because of it"),
    endable: z.boolean().describe("whether you may end it"),
  })
  .meta({ id: "Delegation" });

export const listDelegations = query({
  name: "authority.list",
  phase: "prepare",
  summary: "Who stands in for whom, now and later",
  action: "own",
  path: "/v1/authority",
  input: z.strictObject({}),
  output: z.object({ items: z.array(DelegationView) }),
  run: async (_input, reading, viewer) => {
    const now = reading.now();
    const people = await reading.people();
    const ends = (await reading.permission(viewer, "authority.delegate")).allowed;
    const standing = (await reading.delegations.standing()).filter((each) => !isOver(each, now));
    const shown = standing.filter((each) => viewer.roles.length > 0 || concerns(each, viewer));
    return {
      items: shown.map((each) => ({
        ...each,
        running: standsIn(each, people, now),
        endable: ends || concerns(each, viewer),
      })),
    };
  },
});
