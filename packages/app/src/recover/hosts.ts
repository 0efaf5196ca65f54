import {
  AssetId,
  accept,
  affectedInScope,
  clearInScope,
  EradicationStep,
  endIsolationsOf,
  eradicate,
  findClean,
  HostPlan,
  IncidentId,
  keepOff,
  line,
  mustBeOpen,
  planHost,
  prose,
  type RecoveryFact,
  RecoveryId,
  RecoveryReason,
  type RecoveryRefusal,
  type Result,
  reconnect,
  refuse,
  releaseHost,
  returnToAnalysis,
  takeOver,
  watchHost,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { hostAtHand, mayWaive } from "./loading.ts";

/** How many hosts one request may name. */
const HOSTS_MAX = 300;
const Done = z.object({ incident: IncidentId });
const onHost = { phase: "recover", thing: "host", visibleBy: "incident.read", output: Done } as const;
const work = { ...onHost, action: "host.recover" } as const;

export const recoveryTakeOver = operation({
  name: "recovery.take_over",
  phase: "recover",
  action: "host.recover",
  thing: "incident",
  visibleBy: "incident.read",
  summary: "Put affected hosts on their way back, and into the scope where they are not in it yet",
  input: z.strictObject({
    incident: IncidentId,
    hosts: z
      .array(z.strictObject({ name: line(253), asset: AssetId.nullable().default(null) }))
      .min(1)
      .max(HOSTS_MAX),
    reason: RecoveryReason,
    ...HostPlan.shape,
    happened,
  }),
  output: Done.extend({ hosts: z.array(RecoveryId).describe("the hosts that are on their way since now") }),
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    const assets = input.hosts.flatMap(({ asset }) => asset ?? []);
    if (incident === undefined || !(await records.register.allKnown(assets))) return undefined;
    return {
      incident,
      known: await records.recovery.of(incident.id),
      inScope: await records.scope.of(incident.id),
      found: input.hosts.map((host) => ({ ...host, id: act.newId("rec"), element: act.newId("scp") })),
    };
  },
  decide: ({ incident, known, inScope, found }, input, act) => {
    const shut = mustBeOpen(incident);
    if (shut !== undefined) return refuse(shut);
    const { reason, phase, targetOn } = input;
    const said = { reason, phase, targetOn };
    const outcome = takeOver(incident.id, stampOf(input.happened, act), known, inScope, found, said);
    if (!outcome.ok) return outcome;
    const hosts = outcome.value.flatMap((fact) =>
      fact.type === "recovery.host_affected" ? [fact.body.host] : [],
    );
    return accept({ facts: outcome.value, output: { incident: incident.id, hosts } });
  },
});

export const recoveryPlan = operation({
  name: "recovery.plan",
  ...work,
  summary: "Say in which phase and by which day a host is to come back",
  input: z.strictObject({ host: RecoveryId, ...HostPlan.shape }),
  load: (input, records) => hostAtHand(records, input.host),
  decide: ({ host, incident, shut }, { phase, targetOn }, act) =>
    shut === undefined
      ? single(incident.id, planHost(host, stampOf(undefined, act), { phase, targetOn }))
      : refuse(shut),
});

export const recoveryEradicate = operation({
  name: "recovery.eradicate",
  ...work,
  summary: "Record a step of eradication on a host: the hole closed, malware or a way back in removed",
  input: z.strictObject({
    host: RecoveryId,
    step: EradicationStep,
    found: z.enum(["removed", "nothing"]).default("removed"),
    how: RecoveryReason,
    happened,
  }),
  load: (input, records) => hostAtHand(records, input.host),
  decide: ({ host, incident, shut, plan }, { step, found, how, happened: said }, act) =>
    shut === undefined
      ? single(incident.id, eradicate({ host, plan, now: act.now }, stampOf(said, act), { step, found, how }))
      : refuse(shut),
});

export const recoveryReturn = operation({
  name: "recovery.return",
  ...work,
  summary: "Take a host back to analysis: it is affected, again or still, and off the network",
  input: z.strictObject({ host: RecoveryId, reason: RecoveryReason, happened }),
  load: (input, records) => hostAtHand(records, input.host),
  decide: ({ host, incident, shut, inScope }, { reason, happened: said }, act) => {
    if (shut !== undefined) return refuse(shut);
    const stamp = stampOf(said, act);
    return several(
      incident.id,
      returnToAnalysis(host, stamp, reason),
      affectedInScope(host, stamp, inScope, reason),
    );
  },
});

export const recoveryReconnect = operation({
  name: "recovery.reconnect",
  ...onHost,
  action: "host.reconnect",
  summary: "Put a host back on the network, inside first; nothing but proven and waived gates lets it back",
  input: z.strictObject({
    host: RecoveryId,
    where: z.enum(["inside", "outside"]),
    note: prose(2000).default(""),
  }),
  load: async (input, records) => {
    const at = await hostAtHand(records, input.host);
    if (at === undefined) return undefined;
    const isolations = await records.contain.isolationsOf(at.incident.id);
    return { ...at, isolations, waivers: await mayWaive(records) };
  },
  decide: ({ host, incident, shut, plan, isolations, waivers }, { where, note }, act) => {
    if (shut !== undefined) return refuse(shut);
    // No time can be said: a host that was put back earlier, past its gates, has no such entry.
    const happened = stampOf(undefined, act);
    const back = reconnect({ host, plan, now: act.now }, happened, where, note, waivers);
    if (!back.ok) return back;
    const facts = [back.value, ...endIsolationsOf(host, isolations, happened)];
    return accept({ facts, output: { incident: incident.id } });
  },
});

export const recoveryWatch = operation({
  name: "recovery.watch",
  ...work,
  summary: "Record that a host was watched after its return, and whether anything was found",
  input: z.strictObject({
    host: RecoveryId,
    found: z.enum(["nothing", "something"]),
    how: RecoveryReason,
    happened,
  }),
  load: (input, records) => hostAtHand(records, input.host),
  decide: ({ host, incident, shut }, { found, how, happened: said }, act) =>
    shut === undefined ? single(incident.id, watchHost(host, stampOf(said, act), found, how)) : refuse(shut),
});

export const recoveryRelease = operation({
  name: "recovery.release",
  ...onHost,
  action: "host.reconnect",
  summary: "Say that a host is back for good, inside alone or outside too",
  input: z.strictObject({ host: RecoveryId, note: prose(2000).default("") }),
  load: async (input, records) => {
    const at = await hostAtHand(records, input.host);
    return at && { ...at, waivers: await mayWaive(records) };
  },
  decide: ({ host, incident, shut, plan, inScope, waivers }, { note }, act) => {
    if (shut !== undefined) return refuse(shut);
    const stamp = stampOf(undefined, act);
    const cleared = clearInScope(host, stamp, inScope, "back on the network through its gates, and watched");
    return several(incident.id, releaseHost({ host, plan, now: act.now }, stamp, note, waivers), cleared);
  },
});

export const recoveryKeepOff = operation({
  name: "recovery.keep_off",
  ...work,
  summary: "Say that a host does not come back, and why",
  input: z.strictObject({ host: RecoveryId, reason: RecoveryReason }),
  load: (input, records) => hostAtHand(records, input.host),
  decide: ({ host, incident, shut }, { reason }, act) =>
    shut === undefined ? single(incident.id, keepOff(host, stampOf(undefined, act), reason)) : refuse(shut),
});

export const recoveryFindClean = operation({
  name: "recovery.find_clean",
  ...onHost,
  action: "host.reconnect",
  summary: "Say that a host was not affected after all, before anything was removed from it",
  input: z.strictObject({ host: RecoveryId, reason: RecoveryReason }),
  load: (input, records) => hostAtHand(records, input.host),
  decide: ({ host, incident, shut, inScope }, { reason }, act) => {
    if (shut !== undefined) return refuse(shut);
    const stamp = stampOf(undefined, act);
    return several(incident.id, findClean(host, stamp, reason), clearInScope(host, stamp, inScope, reason));
  },
});

function single(incident: IncidentId, outcome: Result<RecoveryFact, RecoveryRefusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { incident } }) : outcome;
}

type ScopeFacts = ReturnType<typeof clearInScope>;

function several(incident: IncidentId, outcome: Result<RecoveryFact, RecoveryRefusal>, scope: ScopeFacts) {
  return outcome.ok ? accept({ facts: [outcome.value, ...scope], output: { incident } }) : outcome;
}
