import {
  accept,
  addSource,
  BatchId,
  changeSource,
  line,
  refuse,
  retireSource,
  SourceDetails,
  SourceId,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";

const Done = z.object({ source: SourceId });

export const addASource = operation({
  name: "source.add",
  phase: "detect",
  summary: "Set up a source that signs come from, and say how it is read",
  action: "sign.send",
  input: SourceDetails,
  output: Done,
  load: async (input, records, act) => ({
    id: act.newId("src"),
    taken: await records.sourceNameTaken(input.name),
  }),
  decide: ({ id, taken }, input, act) => {
    const outcome = addSource(id, stampOf(undefined, act), taken, input);
    return outcome.ok ? accept({ facts: [outcome.value], output: { source: id } }) : outcome;
  },
});

export const changeASource = operation({
  name: "source.change",
  phase: "detect",
  summary: "Change a source's name, zone, clock, mapping or expected rhythm",
  action: "sign.send",
  thing: "source",
  visibleBy: "sign.read",
  input: z.strictObject({
    source: SourceId,
    seen: z.int().min(0).describe("changedSeq of the source you had in front of you"),
    ...SourceDetails.shape,
  }),
  output: Done,
  load: async (input, records) => {
    const source = await records.source(input.source);
    return source && { source, taken: await records.sourceNameTaken(input.name, source.id) };
  },
  decide: ({ source, taken }, { source: _, seen, ...said }, act) => {
    const outcome = changeSource(source, stampOf(undefined, act), seen, taken, said);
    return outcome.ok ? accept({ facts: [outcome.value], output: { source: source.id } }) : outcome;
  },
});

export const retireASource = operation({
  name: "source.retire",
  phase: "detect",
  summary: "Take nothing more from a source; what it sent stays",
  action: "sign.send",
  thing: "source",
  visibleBy: "sign.read",
  input: z.strictObject({ source: SourceId, reason: line(1000) }),
  output: Done,
  load: (input, records) => records.source(input.source),
  decide: (source, input, act) => {
    const outcome = retireSource(source, stampOf(undefined, act), input.reason);
    return outcome.ok ? accept({ facts: [outcome.value], output: { source: source.id } }) : outcome;
  },
});

export const readAgain = operation({
  name: "source.reread",
  phase: "detect",
  summary: "Read again what could not be read, as the source is read now",
  action: "sign.send",
  thing: "source",
  visibleBy: "sign.read",
  input: z.strictObject({ source: SourceId }),
  output: z.object({ batches: z.array(BatchId), records: z.int() }),
  load: async (input, records) => {
    const source = await records.source(input.source);
    return source && { source, unread: await records.unreadBatches(source.id) };
  },
  decide: ({ source, unread }, _input, act) => {
    if (source.status === "retired") return refuse({ code: "source.retired" });
    if (unread.length === 0) return refuse({ code: "unread.empty" });
    const effects = unread.map(({ batch }) => ({
      kind: "unread_again" as const,
      from: batch,
      as: act.newId("bat"),
      sender: act.by,
      now: act.now,
    }));
    const records = unread.reduce((sum, { count }) => sum + count, 0);
    // What comes of it is told by the entries of the new batches.
    return accept({ facts: [], effects, output: { batches: effects.map((each) => each.as), records } });
  },
});
