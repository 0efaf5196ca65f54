import { addSegment, changeSegment, retireSegment, SegmentDetails, SegmentId } from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { MANAGED, Seen, single, VISIBLE, Why } from "./fields.ts";

const Done = z.object({ segment: SegmentId });

export const segmentAdd = operation({
  name: "segment.add",
  ...MANAGED,
  summary: "Add a part of the network",
  input: SegmentDetails,
  output: Done,
  load: async (input, records, act) => {
    if (!(await records.register.allKnown([input.constituent, input.team]))) return undefined;
    return {
      id: act.newId("seg"),
      taken: await records.register.nameTaken("segment", input.name, undefined),
    };
  },
  decide: ({ id, taken }, input, act) =>
    single(addSegment(id, stampOf(undefined, act), taken, input), { segment: id }),
});

export const segmentChange = operation({
  name: "segment.change",
  ...VISIBLE,
  thing: "segment",
  summary: "Say anew what is known of a segment; what is left out becomes empty",
  input: z.strictObject({ segment: SegmentId, seen: Seen, ...SegmentDetails.shape }),
  output: Done,
  load: async (input, records) => {
    const before = await records.register.segment(input.segment);
    if (before === undefined) return undefined;
    if (!(await records.register.allKnown([input.constituent, input.team]))) return undefined;
    return { before, taken: await records.register.nameTaken("segment", input.name, before.id) };
  },
  decide: ({ before, taken }, { segment, seen, ...said }, act) =>
    single(changeSegment(before, stampOf(undefined, act), seen, taken, said), { segment }),
});

export const segmentRetire = operation({
  name: "segment.retire",
  ...VISIBLE,
  thing: "segment",
  summary: "Take a segment out of the register; what was recorded of it stays",
  input: z.strictObject({ segment: SegmentId, seen: Seen, reason: Why }),
  output: Done,
  load: (input, records) => records.register.segment(input.segment),
  decide: (before, { segment, seen, reason }, act) =>
    single(retireSegment(before, stampOf(undefined, act), seen, reason), { segment }),
});
