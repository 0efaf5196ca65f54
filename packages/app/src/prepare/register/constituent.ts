import {
  addConstituent,
  ConstituentDetails,
  ConstituentId,
  changeConstituent,
  retireConstituent,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { MANAGED, Seen, single, VISIBLE, Why } from "./fields.ts";

const Done = z.object({ constituent: ConstituentId });

export const constituentAdd = operation({
  name: "constituent.add",
  ...MANAGED,
  summary: "Add a constituent: somebody whom the team serves",
  input: ConstituentDetails,
  output: Done,
  load: async (input, records, act) => {
    return {
      id: act.newId("con"),
      taken: await records.register.nameTaken("constituent", input.name, undefined),
    };
  },
  decide: ({ id, taken }, input, act) =>
    single(addConstituent(id, stampOf(undefined, act), taken, input), { constituent: id }),
});

export const constituentChange = operation({
  name: "constituent.change",
  ...VISIBLE,
  thing: "constituent",
  summary: "Say anew what is known of a constituent; what is left out becomes empty",
  input: z.strictObject({ constituent: ConstituentId, seen: Seen, ...ConstituentDetails.shape }),
  output: Done,
  load: async (input, records) => {
    const before = await records.register.constituent(input.constituent);
    if (before === undefined) return undefined;
    return { before, taken: await records.register.nameTaken("constituent", input.name, before.id) };
  },
  decide: ({ before, taken }, { constituent, seen, ...said }, act) =>
    single(changeConstituent(before, stampOf(undefined, act), seen, taken, said), { constituent }),
});

export const constituentRetire = operation({
  name: "constituent.retire",
  ...VISIBLE,
  thing: "constituent",
  summary: "Take a constituent out of the register; what was recorded of it stays",
  input: z.strictObject({ constituent: ConstituentId, seen: Seen, reason: Why }),
  output: Done,
  load: (input, records) => records.register.constituent(input.constituent),
  decide: (before, { constituent, seen, reason }, act) =>
    single(retireConstituent(before, stampOf(undefined, act), seen, reason), { constituent }),
});
