import {
  accept,
  dropImprovement,
  finishImprovement,
  type ImprovementFact,
  ImprovementId,
  ImprovementTarget,
  IncidentId,
  isLate,
  line,
  moveImprovement,
  PersonId,
  proposeImprovement,
  prose,
  type Result,
  withOffset,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { several } from "../list.ts";
import { type Act, operation } from "../operation.ts";
import type { Records, Viewer } from "../ports.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import type { Refusal } from "../refusals.ts";

const Done = z.object({ incident: IncidentId, improvement: ImprovementId });
const LEARN = { phase: "learn", action: "log.write", visibleBy: "incident.read" } as const;
const OF_ONE = { ...LEARN, thing: "improvement" } as const;
const Owned = {
  owner: PersonId.describe("The one person who sees to it"),
  dueOn: z.iso.date().describe("The last day on which it is in time"),
};
const Words = prose(5000).refine((text) => text.trim() !== "", { error: "is empty; the record needs it" });

export const improvementPropose = operation({
  name: "improvement.propose",
  ...LEARN,
  summary: "Make a lesson of an incident something that one person does by a day",
  input: z.strictObject({
    incident: IncidentId,
    what: line(500),
    target: ImprovementTarget.default("other"),
    amends: prose(300).default("").describe("Which policy, playbook, contact or master copy"),
    ...Owned,
  }),
  output: Done,
  load: async (input, records, act) => {
    const owner = await activePerson(records, input.owner);
    const incident = owner && (await records.incident(input.incident));
    return incident && { incident, owner, id: act.newId("imp") };
  },
  decide: ({ incident, owner, id }, { incident: _, ...said }, act) =>
    single(
      proposeImprovement(incident, stampOf(undefined, act), today(act), {
        improvement: id,
        ...said,
        ownerName: owner.name,
      }),
    ),
});

export const improvementMove = operation({
  name: "improvement.move",
  ...OF_ONE,
  summary: "Give an improvement to somebody else or to another day, and say why",
  input: z.strictObject({ improvement: ImprovementId, ...Owned, reason: Words.max(2000) }),
  output: Done,
  load: async (input, records) => {
    const owner = await activePerson(records, input.owner);
    const improvement = owner && (await records.learning.improvement(input.improvement));
    return improvement && { improvement, owner };
  },
  decide: ({ improvement, owner }, { improvement: _, ...said }, act) =>
    single(
      moveImprovement(improvement, stampOf(undefined, act), today(act), { ...said, ownerName: owner.name }),
    ),
});

export const improvementFinish = operation({
  name: "improvement.finish",
  ...OF_ONE,
  summary: "Say that an improvement is done, and how",
  input: z.strictObject({ improvement: ImprovementId, how: Words, happened }),
  output: Done,
  load: (input, records) => records.learning.improvement(input.improvement),
  decide: (improvement, { how, happened: said }, act) =>
    single(finishImprovement(improvement, stampOf(said, act), how)),
});

export const improvementDrop = operation({
  name: "improvement.drop",
  ...OF_ONE,
  summary: "Say that nobody will do an improvement, and why",
  input: z.strictObject({ improvement: ImprovementId, reason: Words }),
  output: Done,
  load: (input, records) => records.learning.improvement(input.improvement),
  decide: (improvement, { reason }, act) =>
    single(dropImprovement(improvement, stampOf(undefined, act), reason)),
});

export const ImprovementView = z
  .object({
    id: ImprovementId,
    incident: IncidentId,
    code: z.string(),
    what: z.string(),
    target: ImprovementTarget,
    amends: z.string(),
    owner: PersonId.nullable(),
    ownerName: z.string(),
    dueOn: z.string().nullable(),
    state: z.enum(["open", "done", "dropped"]),
    outcome: z.string().describe("how it was done, or why it was dropped"),
    endedAt: z.string().nullable(),
    late: z.boolean().describe("whether it should have been done before today, on your own clocks"),
  })
  .meta({ id: "Improvement" });

export const improvementsOfIncident = query({
  name: "improvement.of_incident",
  phase: "learn",
  summary: "What an incident gave rise to improve, and what became of it",
  action: "incident.read",
  path: "/v1/incident/{incident}/improvement",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(ImprovementView) }),
  run: async (input, reading, viewer) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const day = dayOf(reading, viewer);
    const all = await reading.learning.improvementsOf(incident.id);
    return { items: all.map((each) => ({ ...each, code: incident.code, late: isLate(each, day) })) };
  },
});

export const listImprovements = query({
  name: "improvement.list",
  phase: "learn",
  summary: "Improvements of all incidents by the day they are due",
  action: "incident.read",
  path: "/v1/improvement",
  input: z.strictObject({ state: several(z.enum(["open", "done", "dropped"])) }),
  output: z.object({ items: z.array(ImprovementView) }),
  run: async ({ state }, reading, viewer) => {
    const day = dayOf(reading, viewer);
    const rows = await reading.learning.improvements(state.length === 0 ? ["open"] : state);
    return {
      items: rows.map(({ improvement, code }) => ({
        ...improvement,
        code,
        late: isLate(improvement, day),
      })),
    };
  },
});

/** The day it is on the clocks of whoever acts or looks. */
function today(act: Act): string {
  return withOffset(act.now, act.by.zone).slice(0, 10);
}

function dayOf(reading: Reading, viewer: Viewer): string {
  return withOffset(reading.now(), viewer.zone).slice(0, 10);
}

async function activePerson(records: Records, id: PersonId) {
  const person = await records.person(id);
  return person?.status === "active" ? person : undefined;
}

function single(outcome: Result<ImprovementFact, Refusal>) {
  if (!outcome.ok) return outcome;
  const { incident, body } = outcome.value;
  return accept({
    facts: [outcome.value],
    output: { incident: incident as IncidentId, improvement: body.improvement },
  });
}
