import {
  AssetId,
  accept,
  assignTeam,
  changeScope,
  IncidentId,
  line,
  mustBeOpen,
  narrowScope,
  prose,
  refuse,
  ScopeId,
  ScopeKind,
  ScopeReason,
  ScopeState,
  TeamId,
  widenScope,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import { query } from "../query.ts";

const rated = { phase: "detect", action: "incident.assess", visibleBy: "incident.read" } as const;
const Done = z.object({ incident: IncidentId });

export const scopeWiden = operation({
  name: "scope.widen",
  ...rated,
  thing: "incident",
  summary:
    "Take a host, account, network, site or service into the scope; its segment's team gets the incident when no team has it",
  input: z.strictObject({
    incident: IncidentId,
    kind: ScopeKind,
    name: line(253),
    asset: AssetId.nullable().default(null).describe("The asset of the register, where it is known there"),
    state: ScopeState.default("suspected"),
    reason: ScopeReason,
    happened,
  }),
  output: Done.extend({ element: ScopeId }),
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    const asset = input.asset === null ? null : await records.register.asset(input.asset);
    if (incident === undefined || asset === undefined) return undefined;
    const team = incident.team === undefined ? await teamFor(records, asset?.name ?? input.name) : undefined;
    return { incident, team, id: act.newId("scp"), inScope: await records.scope.of(incident.id) };
  },
  decide: ({ incident, team, id, inScope }, { incident: _, happened: said, ...body }, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    const stamp = stampOf(said, act);
    const widened = widenScope(incident.id, id, stamp, inScope, body);
    if (!widened.ok) return widened;
    const assigned = team && assignTeam(incident, stampOf(undefined, act), team, `${body.name} is in scope`);
    return accept({
      facts: [widened.value, ...(assigned?.ok ? [assigned.value] : [])],
      output: { incident: incident.id, element: id },
    });
  },
});

export const scopeChange = operation({
  name: "scope.change",
  ...rated,
  thing: "element",
  summary: "Say that something in scope is suspected, affected or cleared, and why",
  input: z.strictObject({ element: ScopeId, state: ScopeState, reason: ScopeReason, happened }),
  output: Done,
  load: (input, records) => elementOf(records, input.element),
  decide: ({ element, incident }, { state, reason, happened: said }, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    const outcome = changeScope(element, stampOf(said, act), state, reason);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

export const scopeNarrow = operation({
  name: "scope.narrow",
  ...rated,
  thing: "element",
  summary: "Rule something out of the scope, and say why",
  input: z.strictObject({ element: ScopeId, reason: ScopeReason, happened }),
  output: Done,
  load: (input, records) => elementOf(records, input.element),
  decide: ({ element, incident }, { reason, happened: said }, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    const outcome = narrowScope(element, stampOf(said, act), reason);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

export const incidentAssign = operation({
  name: "incident.assign",
  phase: "detect",
  action: "incident.lead",
  visibleBy: "incident.read",
  thing: "incident",
  summary: "Give an incident to a team",
  input: z.strictObject({ incident: IncidentId, team: TeamId, because: prose(500).default("") }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const team = await records.register.team(input.team);
    return incident && team?.status === "active" ? { incident, team } : undefined;
  },
  decide: ({ incident, team }, { because }, act) => {
    const outcome = assignTeam(incident, stampOf(undefined, act), team, because);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

const ScopeView = z
  .object({
    id: ScopeId,
    kind: ScopeKind,
    name: z.string(),
    asset: AssetId.nullable(),
    state: z.enum([...ScopeState.options, "ruled_out"]),
    history: z.array(
      z.object({
        at: z.string(),
        by: z.string(),
        state: z.enum([...ScopeState.options, "ruled_out"]),
        reason: z.string(),
      }),
    ),
    owner: z.string().describe("who answers for it, as the register says; empty when it does not know"),
    production: z.boolean(),
    segment: z.string(),
  })
  .meta({ id: "ScopeElement" });

export const showScope = query({
  name: "scope.of_incident",
  phase: "detect",
  summary: "What is in the scope of an incident and what was ruled out of it, with its history",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/scope",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(ScopeView), team: z.string().nullable() }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const elements = await reading.contacts.scopeOf(incident.id);
    const places = await reading.register.places(elements.map((each) => each.name));
    return {
      team: incident.team ?? null,
      items: elements.map(({ incident: _, ...element }) => {
        const place = places.get(element.name);
        return {
          ...element,
          history: [...element.history],
          owner: place?.asset?.owner ?? "",
          production: place?.asset?.production ?? false,
          segment: place?.segment?.name ?? "",
        };
      }),
    };
  },
});

/** The team that handles what arises where a name stands. */
async function teamFor(records: Records, name: string) {
  const team = (await records.register.places([name])).get(name)?.team;
  const found = team ? await records.register.team(team) : undefined;
  return found?.status === "active" ? found : undefined;
}

async function elementOf(records: Records, id: ScopeId) {
  const element = await records.scope.element(id);
  const incident = element && (await records.incident(element.incident));
  return element && incident && { element, incident };
}
