import {
  type Approval,
  ApprovalId,
  accept,
  approve,
  line,
  prose,
  refuseApproval,
  withdrawApproval,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { type Act, operation } from "../../operation.ts";
import type { Authority, Records } from "../../ports.ts";
import { besideOf } from "../delegation/standing.ts";
import { seesApproval } from "./visible.ts";

const own = { phase: "prepare", action: "own", thing: "approval" } as const;
const Output = z.object({ approval: ApprovalId });
const Reason = line(1000);

export const giveApproval = operation({
  name: "approval.approve",
  ...own,
  summary: "Consent to what somebody asks to do, perhaps under a condition",
  input: z.strictObject({ approval: ApprovalId, condition: prose(1000).default("") }),
  output: Output,
  load: (input, records, act, { authority }) => seenApproval(input.approval, records, act, authority),
  decide: (approval, { condition }, act) => {
    const said = { happened: stampOf(undefined, act), condition, via: "page" } as const;
    const outcome = approve(approval, act.now, besideOf(act.by, approval.asker), said);
    return outcome.ok ? accept({ facts: [outcome.value], output: { approval: approval.id } }) : outcome;
  },
});

export const denyApproval = operation({
  name: "approval.refuse",
  ...own,
  summary: "Say no to what somebody asks to do",
  input: z.strictObject({ approval: ApprovalId, reason: Reason }),
  output: Output,
  load: (input, records, act, { authority }) => seenApproval(input.approval, records, act, authority),
  decide: (approval, { reason }, act) => {
    const by = besideOf(act.by, approval.asker);
    const outcome = refuseApproval(approval, act.now, by, { happened: stampOf(undefined, act), reason });
    return outcome.ok ? accept({ facts: [outcome.value], output: { approval: approval.id } }) : outcome;
  },
});

export const takeBackApproval = operation({
  name: "approval.withdraw",
  ...own,
  summary: "Take back what you asked consent for",
  input: z.strictObject({ approval: ApprovalId, reason: prose(1000).default("") }),
  output: Output,
  load: (input, records, act, { authority }) => seenApproval(input.approval, records, act, authority),
  decide: (approval, { reason }, act) => {
    const said = { happened: stampOf(undefined, act), reason };
    const outcome = withdrawApproval(approval, act.now, act.by.id, said);
    return outcome.ok ? accept({ facts: [outcome.value], output: { approval: approval.id } }) : outcome;
  },
});

/** The request, locked; `undefined` for whom it does not exist. */
export async function seenApproval(
  id: ApprovalId,
  records: Records,
  act: Act,
  authority: Authority,
): Promise<Approval | undefined> {
  const approval = await records.approvals.approval(id);
  if (approval === undefined) return undefined;
  const reads = (await authority.permits(act.by, "incident.read")).allowed;
  return seesApproval(approval, act.by, reads) ? approval : undefined;
}
