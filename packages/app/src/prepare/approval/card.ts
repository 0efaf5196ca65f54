import {
  ApprovalId,
  accept,
  CARD_CODES,
  CARD_TRIES,
  hearConsent,
  PersonId,
  printCard,
  prose,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { type Act, operation } from "../../operation.ts";
import { query } from "../../query.ts";
import { seenApproval } from "./decide.ts";

/** Six digits that nobody can foresee. */
function freshCode(act: Act): string {
  return String(BigInt(`0x${act.newSecret().secret}`) % 1_000_000n).padStart(6, "0");
}

export const printApprovalCard = operation({
  name: "card.print",
  phase: "prepare",
  action: "own",
  summary: "Make a card of codes by which you consent over the telephone; an earlier card is void",
  input: z.strictObject({}),
  output: z.object({
    codes: z.array(z.string()).nullable().describe("in order; shown once, null when the request is repeated"),
  }),
  load: async (_input, _records, act) => ({
    codes: Array.from({ length: CARD_CODES }, () => freshCode(act)),
  }),
  decide: ({ codes }, _input, act) => {
    const { by, now } = act;
    const outcome = printCard(by.id, stampOf(undefined, act), now, by.session?.provedAt);
    if (!outcome.ok) return outcome;
    return accept({
      facts: [outcome.value],
      effects: [{ kind: "card_printed", person: by.id, codes, at: now }],
      output: { codes: null },
      toldOnce: { codes },
    });
  },
});

export const hearApproval = operation({
  name: "approval.hear",
  phase: "prepare",
  action: "own",
  thing: "approval",
  summary: "Take somebody's consent over the telephone, with the code that they read from their card",
  input: z.strictObject({
    approval: ApprovalId,
    approver: PersonId,
    number: z.int().min(1).max(CARD_CODES).describe("which code of the card"),
    code: z.string().regex(/^\d{6}$/, { error: "is six digits" }),
    condition: prose(1000).default(""),
  }),
  output: z.object({
    approval: ApprovalId,
    heard: z.boolean().describe("whether the code was right"),
    triesLeft: z.int(),
  }),
  load: async (input, records, act, { authority }) => {
    const approval = await seenApproval(input.approval, records, act, authority);
    const person = approval && (await records.person(input.approver));
    if (approval === undefined || person === undefined) return undefined;
    const [roles = []] = await records.approvals.rolesNow([person.id], approval.asker);
    const card = await records.approvals.card(person.id);
    const right =
      card !== undefined && (await records.approvals.isCardCode(person.id, input.number, input.code));
    return { approval, approver: { id: person.id, name: person.name, roles }, card, right };
  },
  decide: ({ approval, approver, card, right }, { condition, number }, act) => {
    const said = { happened: stampOf(undefined, act), condition, number, right };
    const outcome = hearConsent(approval, act.now, approver, card, said);
    if (!outcome.ok) return outcome;
    const heard = outcome.value.type === "approval.approved";
    const person = approver.id;
    const failed = (card?.failedCount ?? 0) + 1;
    return accept({
      facts: [outcome.value],
      effects: [heard ? { kind: "card_code_used", person, number } : { kind: "card_failed", person }],
      output: { approval: approval.id, heard, triesLeft: heard ? CARD_TRIES : CARD_TRIES - failed },
    });
  },
});

export const showCard = query({
  name: "card.show",
  phase: "prepare",
  summary: "Whether you have a card of codes, and how many are left",
  action: "own",
  inPerson: true,
  path: "/v1/card",
  input: z.strictObject({}),
  output: z.object({
    card: z.object({ printedAt: z.string(), left: z.int(), blocked: z.boolean() }).nullable(),
  }),
  run: async (_input, reading, viewer) => {
    const card = await reading.approvals.card(viewer.id);
    if (card === undefined) return { card: null };
    const { printedAt, left, failedCount } = card;
    return { card: { printedAt, left, blocked: failedCount >= CARD_TRIES } };
  },
});
