import {
  AddressRole,
  accept,
  IncidentId,
  line,
  Pap,
  promoteObservable,
  prose,
  readObservable,
  refuse,
  Tlp,
  withdrawObservable,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";

const Value = line(2100).describe("the value, defanged or not");
const Done = z.object({ incident: IncidentId, value: z.string() });
const about = {
  phase: "detect",
  thing: "incident",
  visibleBy: "incident.read",
  action: "log.write",
} as const;

export const promoteAnObservable = operation({
  name: "observable.promote",
  ...about,
  summary: "Confirm a value as part of an incident, or change what is said of it",
  input: z.strictObject({
    incident: IncidentId,
    value: Value,
    role: AddressRole.default("unknown"),
    tlp: Tlp.optional().describe("the incident's marking when absent"),
    pap: Pap.default("PAP:AMBER"),
    entry: z.int().min(1).nullable().default(null).describe("incidentSeq of the entry that names it"),
    offset: z
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe("its place in that entry's text, in UTF-16 units"),
    note: prose(2000).default(""),
  }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const value = readObservable(input.value);
    return incident && { incident, before: value && (await records.triage.observable(incident.id, value)) };
  },
  decide: ({ incident, before }, { value, role, tlp, pap, entry, offset, note }, act) => {
    const said = { role, tlp: tlp ?? incident.tlp, pap, entry, offset, note };
    const outcome = promoteObservable(incident, before, stampOf(undefined, act), value, said);
    if (!outcome.ok) return refuse(outcome.refusal);
    return accept({
      facts: [outcome.value],
      output: { incident: incident.id, value: outcome.value.body.value },
    });
  },
});

export const withdrawAnObservable = operation({
  name: "observable.withdraw",
  ...about,
  summary: "Take a confirmed value back, with the reason",
  input: z.strictObject({ incident: IncidentId, value: Value, reason: line(2000) }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const value = readObservable(input.value);
    return incident && { incident, before: value && (await records.triage.observable(incident.id, value)) };
  },
  decide: ({ incident, before }, { value, reason }, act) => {
    const outcome = withdrawObservable(incident, before, stampOf(undefined, act), value, reason);
    if (!outcome.ok) return refuse(outcome.refusal);
    return accept({
      facts: [outcome.value],
      output: { incident: incident.id, value: outcome.value.body.value },
    });
  },
});
