import { assignDuty, cancelDuty, DutyDetails, DutyId, prose } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { single } from "../register/fields.ts";

const Done = z.object({ duty: DutyId });
const managed = { phase: "prepare", action: "duty.manage" } as const;

export const dutyAssign = operation({
  name: "duty.assign",
  ...managed,
  summary: "Put somebody on duty in a function, from one moment until another",
  input: DutyDetails,
  output: Done,
  load: async (input, records, act) => {
    const person = await records.person(input.person);
    return person?.status === "active" ? { id: act.newId("dty") } : undefined;
  },
  decide: ({ id }, input, act) => single(assignDuty(id, stampOf(undefined, act), input), { duty: id }),
});

export const dutyCancel = operation({
  name: "duty.cancel",
  ...managed,
  thing: "duty",
  summary: "Take a duty off the roster",
  input: z.strictObject({ duty: DutyId, reason: prose(500).default("") }),
  output: Done,
  load: (input, records) => records.contacts.duty(input.duty),
  decide: (before, { duty, reason }, act) =>
    single(cancelDuty(before, stampOf(undefined, act), reason), { duty }),
});
