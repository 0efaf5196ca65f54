import {
  Assessment,
  AttackVector,
  accept,
  assess,
  CutThing,
  close,
  declare,
  describe,
  dismiss,
  ExerciseId,
  exportCaseFile,
  glassMatters,
  hostMatters,
  type Incident,
  IncidentId,
  line,
  mustBeRunning,
  nameLead,
  Ongoing,
  Origin,
  openIsolations,
  PersonId,
  prose,
  refuse,
  reopen,
  report,
  reviewMatters,
  stampNow,
  Tlp,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { nextCode } from "../incident-code.ts";
import { type Act, operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import { TicketOutput, ticketFor } from "../ticket.ts";

const Done = z.object({ incident: IncidentId });
const Reason = prose(20_000).refine((text) => text.trim() !== "", {
  error: "is empty; the record needs the reason",
});
const Seen = z.int().min(0).describe("changedSeq of the incident you had in front of you");
const Cut = z
  .union([z.literal("nothing"), z.array(CutThing).min(1).max(100)])
  .describe(
    "each thing that was cut off, and whether it is connected again or kept cut; or that nothing was",
  );
const visible = { phase: "detect", thing: "incident", visibleBy: "incident.read" } as const;

const Sighting = z.strictObject({
  what: prose(20_000).refine((text) => text.trim() !== "", { error: "is empty; say what you see" }),
  ongoing: Ongoing,
  title: line(300).optional().describe("The first line of what you see, when absent"),
  happened,
  origin: Origin.default("unknown"),
  vector: AttackVector.default("unknown"),
  tlp: Tlp.default("TLP:AMBER"),
  reportedBy: line(200).optional().describe("Who told you; yourself when absent"),
  exercise: ExerciseId.optional().describe("The running exercise that it is played in; real when absent"),
});
type Sighting = z.output<typeof Sighting>;

export const reportIncident = operation({
  name: "incident.report",
  phase: "detect",
  summary: "Report a suspected incident",
  action: "incident.report",
  input: Sighting,
  output: Done.extend({ code: z.string() }),
  load: beginning,
  decide: ({ id, code, exercise }, input, act) => {
    const wrong = exercise === null ? undefined : mustBeRunning(exercise);
    if (wrong !== undefined) return refuse(wrong);
    return accept({ facts: [reported(id, code, input, act)], output: { incident: id, code } });
  },
});

export const declareAtOnce = operation({
  name: "incident.open",
  phase: "detect",
  summary: "Report and declare an incident in one step",
  action: "incident.declare",
  input: z.strictObject({
    ...Sighting.shape,
    lead: PersonId.nullable().default(null).describe("Who leads; nobody yet when null"),
    policyClause: prose(2000).default("").describe("The clause that is violated, where there is one"),
  }),
  output: Done.extend({ code: z.string() }),
  load: async (input, records, act) => {
    const lead = input.lead === null ? null : await records.person(input.lead);
    if (lead === undefined || lead?.status === "inactive") return undefined;
    return beginning(input, records, act);
  },
  decide: ({ id, code, exercise }, input, act) => {
    const wrong = exercise === null ? undefined : mustBeRunning(exercise);
    if (wrong !== undefined) return refuse(wrong);
    return accept({
      facts: [
        reported(id, code, input, act),
        {
          type: "incident.declared",
          incident: id,
          happened: stampNow(act.now, act.by.zone),
          body: { policyClause: input.policyClause, lead: input.lead },
        },
      ],
      output: { incident: id, code },
    });
  },
});

export const declareIncident = operation({
  name: "incident.declare",
  ...visible,
  summary: "Declare a reported incident",
  action: "incident.declare",
  input: z.strictObject({
    incident: IncidentId,
    lead: PersonId.nullable().default(null),
    policyClause: prose(2000).default(""),
  }),
  output: Done,
  load: async (input, records) => {
    const lead = input.lead === null ? null : await records.person(input.lead);
    if (lead === undefined || lead?.status === "inactive") return undefined;
    return records.incident(input.incident);
  },
  decide: (incident, input, act) =>
    single(incident, declare(incident, stampOf(undefined, act), input.policyClause, input.lead)),
});

export const assessIncident = operation({
  name: "incident.assess",
  ...visible,
  summary: "Rate impact and recoverability on NIST's three scales",
  action: "incident.assess",
  input: z.strictObject({
    incident: IncidentId,
    seen: Seen,
    ...Assessment.shape,
    reason: prose(2000).default(""),
  }),
  output: Done,
  load: (input, records) => records.incident(input.incident),
  decide: (incident, { incident: _, seen, reason, ...assessment }, act) =>
    single(incident, assess(incident, stampOf(undefined, act), seen, assessment, reason)),
});

export const describeIncident = operation({
  name: "incident.describe",
  ...visible,
  summary: "Change title, vector, origin, whether it goes on, and marking",
  action: "incident.assess",
  input: z.strictObject({
    incident: IncidentId,
    seen: Seen,
    title: line(300),
    vector: AttackVector,
    origin: Origin,
    ongoing: Ongoing,
    tlp: Tlp,
  }),
  output: Done,
  load: (input, records) => records.incident(input.incident),
  decide: (incident, { incident: _, seen, ...said }, act) =>
    single(incident, describe(incident, stampOf(undefined, act), seen, said)),
});

export const nameIncidentLead = operation({
  name: "incident.lead",
  ...visible,
  summary: "Name who leads",
  action: "incident.lead",
  input: z.strictObject({ incident: IncidentId, lead: PersonId }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const lead = await records.person(input.lead);
    return incident && lead?.status === "active" ? { incident, lead } : undefined;
  },
  decide: ({ incident, lead }, _input, act) =>
    single(incident, nameLead(incident, stampOf(undefined, act), lead)),
});

export const dismissIncident = operation({
  name: "incident.dismiss",
  ...visible,
  summary: "Say that it was no incident",
  action: "incident.close",
  input: z.strictObject({ incident: IncidentId, reason: Reason, cut: Cut }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    return incident && { incident, ...(await unsettled(records, incident.id)) };
  },
  decide: ({ incident, pending, matters }, { reason, cut }, act) => {
    const things = cut === "nothing" ? [] : cut;
    return single(incident, dismiss(incident, stampOf(undefined, act), pending, reason, things, matters));
  },
});

export const closeIncident = operation({
  name: "incident.close",
  ...visible,
  summary: "Close an incident whose questions are settled",
  action: "incident.close",
  input: z.strictObject({ incident: IncidentId, summary: Reason }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    if (incident === undefined) return undefined;
    const { pending, matters } = await unsettled(records, incident.id);
    const review = reviewMatters(incident, await records.learning.review(incident.id));
    return { incident, pending, matters: [...matters, ...review] };
  },
  decide: ({ incident, pending, matters }, input, act) =>
    single(incident, close(incident, stampOf(undefined, act), pending, input.summary, matters)),
});

export const reopenIncident = operation({
  name: "incident.reopen",
  ...visible,
  summary: "Open a closed or dismissed incident again",
  action: "incident.close",
  input: z.strictObject({ incident: IncidentId, reason: Reason }),
  output: Done,
  load: (input, records) => records.incident(input.incident),
  decide: (incident, input, act) => single(incident, reopen(incident, stampOf(undefined, act), input.reason)),
});

export const exportIncident = operation({
  name: "incident.export",
  ...visible,
  summary: "Hand out a case file that a stranger can verify",
  action: "incident.export",
  input: z.strictObject({ incident: IncidentId, recipient: line(300), purpose: line(1000) }),
  output: Done.extend(TicketOutput),
  load: (input, records) => records.incident(input.incident),
  decide: (incident, input, act) => {
    const { effect, output } = ticketFor(act, {
      what: "case_file",
      incident: incident.id,
      through: incident.entryCount + 1,
    });
    return accept({
      facts: [exportCaseFile(incident, stampOf(undefined, act), input.recipient, input.purpose)],
      effects: [effect],
      output: { incident: incident.id, ...output },
    });
  },
});

function reported(id: IncidentId, code: string, input: Sighting, act: Act) {
  const firstLine = input.what.trim().split("\n", 1)[0] ?? "";
  return report(id, stampOf(input.happened, act), {
    code,
    title: input.title ?? firstLine.slice(0, 300),
    description: input.what,
    ongoing: input.ongoing,
    origin: input.origin,
    vector: input.vector,
    tlp: input.tlp,
    reportedBy: input.reportedBy ?? act.by.name,
    ...(input.exercise === undefined ? {} : { exercise: input.exercise }),
  });
}

/** What a new incident is begun with; nothing when the exercise it names does not exist. */
async function beginning({ exercise: id }: Sighting, records: Records, act: Act) {
  const exercise = id === undefined ? null : await records.learning.exercise(id);
  if (exercise === undefined) return undefined;
  return { id: act.newId("inc"), exercise, code: await nextCode(records, act, exercise !== null) };
}

/** What may keep an incident from being closed or dismissed. */
async function unsettled(records: Records, incident: IncidentId) {
  const pending = await records.pendingHandOvers(incident);
  const hosts = await records.recovery.of(incident);
  const isolations = await records.contain.isolationsOf(incident);
  const glass = glassMatters(await records.breakGlass.unreviewedOf(incident));
  return { pending, matters: [...glass, ...openIsolations(isolations), ...hostMatters(hosts)] };
}

function single(incident: Incident, outcome: ReturnType<typeof close>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
}
