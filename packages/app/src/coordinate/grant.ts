import {
  accept,
  advise,
  endGrant,
  GrantId,
  giveGrant,
  IncidentId,
  LineText,
  prose,
  TeamId,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { query } from "../query.ts";

const shares = { phase: "coordinate", action: "incident.share", visibleBy: "incident.read" } as const;
const Why = prose(1000).default("");

export const grantGive = operation({
  name: "grant.give",
  ...shares,
  thing: "incident",
  summary: "Let a coordinating team read one incident and advise on it",
  input: z.strictObject({ incident: IncidentId, team: TeamId, reason: Why }),
  output: z.object({ incident: IncidentId, grant: GrantId }),
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    const team = await records.register.team(input.team);
    if (incident === undefined || team === undefined) return undefined;
    return { incident, team, active: await records.grants.activeOn(incident.id), id: act.newId("grt") };
  },
  decide: ({ incident, team, active, id }, { reason }, act) => {
    const outcome = giveGrant(incident.id, id, stampOf(undefined, act), team, active, reason);
    return outcome.ok
      ? accept({ facts: [outcome.value], output: { incident: incident.id, grant: id } })
      : outcome;
  },
});

export const grantEnd = operation({
  name: "grant.end",
  ...shares,
  thing: "grant",
  summary: "End what a coordinating team may see of an incident, at once",
  input: z.strictObject({ grant: GrantId, reason: Why }),
  output: z.object({ incident: IncidentId }),
  load: async (input, records) => {
    const found = await records.grants.grant(input.grant);
    // The incident's row before the grant's: the same order everywhere keeps writers from deadlock.
    const incident = found && (await records.incident(found.incident));
    return incident && found;
  },
  decide: (grant, { reason }, act) => {
    const outcome = endGrant(grant, stampOf(undefined, act), reason);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: grant.incident } }) : outcome;
  },
});

export const adviceGive = operation({
  name: "advice.give",
  phase: "coordinate",
  action: "own",
  thing: "incident",
  summary:
    "Advise on an incident that your coordinating team was let into; for everybody else it does not exist",
  input: z.strictObject({ incident: IncidentId, text: LineText, happened }),
  output: z.object({ incident: IncidentId }),
  load: async (input, records, act) => {
    const grant = await records.grants.heldBy(act.by.id, input.incident);
    const incident = grant && (await records.incident(grant.incident));
    return incident && grant && { incident, grant };
  },
  decide: ({ incident, grant }, { text, happened: said }, act) => {
    const outcome = advise(incident, grant, stampOf(said, act), text);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

export const listGrants = query({
  name: "grant.of_incident",
  phase: "coordinate",
  summary: "The coordinating teams that were let into an incident",
  action: "incident.read",
  path: "/v1/incident/{incident}/grant",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({
    items: z.array(
      z.object({
        id: GrantId,
        team: TeamId,
        name: z.string(),
        status: z.enum(["active", "ended"]),
      }),
    ),
  }),
  run: async (input, reading) => {
    if ((await reading.incident(input.incident)) === undefined) return undefined;
    const grants = await reading.grants.on(input.incident);
    return { items: grants.map(({ incident: _, ...grant }) => grant) };
  },
});
