import { DutyDetails, DutyId, onDutyAt } from "@jumpkit/core";
import * as z from "zod";
import { query } from "../../query.ts";

const DutyView = z
  .object({
    id: DutyId,
    ...DutyDetails.shape,
    current: z.boolean().describe("whether this is who is on duty in the function now"),
  })
  .meta({ id: "Duty" });

export const listDuties = query({
  name: "duty.list",
  phase: "prepare",
  summary: "Who is on duty now and later, in the order in which duties begin",
  action: "own",
  path: "/v1/duty",
  input: z.strictObject({}),
  output: z.object({ items: z.array(DutyView) }),
  run: async (_input, reading, viewer) => {
    if (viewer.roles.length === 0) return { items: [] };
    const now = reading.now();
    const duties = await reading.contacts.duties(now);
    const current = new Set(onDutyAt(duties, now).map((duty) => duty.id));
    return { items: duties.map((duty) => ({ ...duty, current: current.has(duty.id) })) };
  },
});
