import { addTeam, changeTeam, retireTeam, TeamDetails, TeamId } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { MANAGED, Seen, single, VISIBLE, Why } from "./fields.ts";

const Done = z.object({ team: TeamId });

export const teamAdd = operation({
  name: "team.add",
  ...MANAGED,
  summary: "Add a team",
  input: TeamDetails,
  output: Done,
  load: async (input, records, act) => {
    if (!(await records.register.allKnown([...input.members]))) return undefined;
    return { id: act.newId("tem"), taken: await records.register.nameTaken("team", input.name, undefined) };
  },
  decide: ({ id, taken }, input, act) =>
    single(addTeam(id, stampOf(undefined, act), taken, input), { team: id }),
});

export const teamChange = operation({
  name: "team.change",
  ...VISIBLE,
  thing: "team",
  summary: "Say anew what is known of a team; what is left out becomes empty",
  input: z.strictObject({ team: TeamId, seen: Seen, ...TeamDetails.shape }),
  output: Done,
  load: async (input, records) => {
    const before = await records.register.team(input.team);
    if (before === undefined) return undefined;
    if (!(await records.register.allKnown([...input.members]))) return undefined;
    return { before, taken: await records.register.nameTaken("team", input.name, before.id) };
  },
  decide: ({ before, taken }, { team, seen, ...said }, act) =>
    single(changeTeam(before, stampOf(undefined, act), seen, taken, said), { team }),
});

export const teamRetire = operation({
  name: "team.retire",
  ...VISIBLE,
  thing: "team",
  summary: "Take a team out of the register; what was recorded of it stays",
  input: z.strictObject({ team: TeamId, seen: Seen, reason: Why }),
  output: Done,
  load: (input, records) => records.register.team(input.team),
  decide: (before, { team, seen, reason }, act) =>
    single(retireTeam(before, stampOf(undefined, act), seen, reason), { team }),
});
