import {
  accept,
  correct,
  IncidentId,
  instantOf,
  LineKind,
  LineText,
  mustBeOpen,
  note,
  prose,
  refuse,
  Tlp,
  unixMsOf,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";

const Name = z.string().min(1).max(64);
const Label = Tlp.optional().describe("The label of the line itself; that of the incident when absent");
const Written = z.object({ incident: IncidentId });

export const noteLine = operation({
  name: "log.note",
  phase: "document",
  summary: "Write a line of the handling log",
  action: "log.write",
  thing: "incident",
  visibleBy: "incident.read",
  input: z.strictObject({
    incident: IncidentId,
    text: LineText,
    happened,
    kind: LineKind.default("note"),
    mentions: z.array(Name).max(50).default([]),
    assets: z.array(Name).max(50).default([]),
    whyLate: prose(1000).default("").describe("Needed when it happened more than a day ago"),
    tlp: Label,
  }),
  output: Written,
  load: (input, records) => records.incident(input.incident),
  decide: (incident, input, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    const stamp = stampOf(input.happened, act);
    const lag = unixMsOf(act.now) - unixMsOf(instantOf(stamp));
    const { text, kind, mentions, assets, whyLate, tlp } = input;
    const said = { text, kind, mentions, assets, whyLate, ...(tlp && { tlp }) };
    const outcome = note(incident.id, stamp, lag, said);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

export const correctLine = operation({
  name: "log.correct",
  phase: "document",
  summary: "Correct a line by a new entry; the line itself stays",
  action: "log.write",
  thing: "incident",
  visibleBy: "incident.read",
  input: z.strictObject({
    incident: IncidentId,
    corrects: z.int().min(1).describe("incidentSeq of the line"),
    text: LineText,
    reason: prose(1000).default(""),
    tlp: Label,
  }),
  output: Written,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    return incident && { incident, target: await records.entryTypeAt(incident.id, input.corrects) };
  },
  decide: ({ incident, target }, { corrects, text, reason, tlp }, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    const said = { corrects, text, reason, ...(tlp && { tlp }) };
    const outcome = correct(incident.id, stampOf(undefined, act), target, said);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});
