import {
  AccountKind,
  AssetId,
  accept,
  dropReset,
  IncidentId,
  line,
  planReset,
  prose,
  type ResetFact,
  ResetId,
  type Result,
  recordReset,
  suggestAccounts,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import { query } from "../query.ts";
import type { Refusal } from "../refusals.ts";

const RECOVER = { phase: "recover", action: "host.recover" } as const;
const OF_ONE = { ...RECOVER, thing: "reset", visibleBy: "incident.read" } as const;
const Done = z.object({ incident: IncidentId, reset: ResetId });

export const resetPlan = operation({
  name: "reset.plan",
  ...RECOVER,
  visibleBy: ["incident.read", "asset.read"],
  summary: "List an account of an affected host that needs a new password; never the password itself",
  input: z.strictObject({
    incident: IncidentId,
    account: line(200),
    host: line(253).describe("The host or service that it opens"),
    asset: AssetId.nullable().default(null).describe("The account in the register, where it is known there"),
    kind: AccountKind.default("person"),
  }),
  output: Done,
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    if (incident === undefined || !(await records.register.allKnown([input.asset]))) return undefined;
    return { incident, id: act.newId("rst"), listed: await records.returning.resetsOf(incident.id) };
  },
  decide: ({ incident, id, listed }, { incident: _, ...said }, act) =>
    single(id, incident.id, planReset(incident, stampOf(undefined, act), listed, { reset: id, ...said })),
});

export const resetRecord = operation({
  name: "reset.record",
  ...OF_ONE,
  summary: "Write down that an account has a new password, and how that was told; never the password itself",
  input: z.strictObject({
    reset: ResetId,
    told: prose(1000).default("").describe("How the person was told, such as by phone"),
    sessionsEnded: z.boolean().default(false).describe("whether sessions, tokens and keys were ended too"),
    happened,
  }),
  output: Done,
  load: (input, records) => one(records, input.reset),
  decide: ({ incident, reset }, { told, sessionsEnded, happened: said }, act) =>
    single(reset.id, incident.id, recordReset(incident, reset, stampOf(said, act), { told, sessionsEnded })),
});

export const resetDrop = operation({
  name: "reset.drop",
  ...OF_ONE,
  summary: "Say that an account needs no new password, and why",
  input: z.strictObject({
    reset: ResetId,
    reason: prose(1000).refine((text) => text.trim() !== "", { error: "is empty; the record needs it" }),
  }),
  output: Done,
  load: (input, records) => one(records, input.reset),
  decide: ({ incident, reset }, { reason }, act) =>
    single(reset.id, incident.id, dropReset(incident, reset, stampOf(undefined, act), reason)),
});

const ResetView = z
  .object({
    id: ResetId,
    account: z.string(),
    host: z.string(),
    asset: AssetId.nullable(),
    kind: AccountKind,
    state: z.enum(["planned", "done", "dropped"]),
    done: z
      .object({ at: z.string(), by: z.string(), told: z.string(), sessionsEnded: z.boolean() })
      .nullable(),
    reason: z.string(),
  })
  .meta({ id: "PasswordReset" });

export const listResets = query({
  name: "reset.of_incident",
  phase: "recover",
  summary: "Accounts of affected hosts that need new passwords, and who set them when",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/reset",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(ResetView) }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    return incident && { items: [...(await reading.returning.resetsOf(incident.id))] };
  },
});

async function one(records: Records, id: ResetId) {
  const reset = await records.returning.reset(id);
  const incident = reset && (await records.incident(reset.incident));
  return reset && incident && { reset, incident };
}

function single(reset: ResetId, incident: IncidentId, outcome: Result<ResetFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { incident, reset } }) : outcome;
}

/** How many accounts of the register are looked through, and how many are suggested. */
const LOOKED_THROUGH = 500;
const SUGGESTED_MAX = 100;

export const suggestResets = query({
  name: "reset.suggested",
  phase: "recover",
  summary: "Accounts of the register that name a host on its way back and are not listed for it yet",
  action: "incident.read",
  path: "/v1/incident/{incident}/reset-suggestion",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({
    items: z.array(z.object({ asset: AssetId, account: z.string(), host: z.string() })),
  }),
  run: async (input, reading, viewer) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    // The register is for those who may look things up there; nobody else is told of its accounts.
    const { allowed } = await reading.permission(viewer, "asset.read");
    if (!allowed) return { items: [] };
    const hosts = (await reading.recovery.hosts(incident.id)).filter((host) => host.end === null);
    const { items } = await reading.register.assets({
      ...{ text: "", retired: false, after: "", limit: LOOKED_THROUGH },
      ...{ kind: ["account"], criticality: [], segment: undefined, constituent: undefined },
    });
    const listed = await reading.returning.resetsOf(incident.id);
    return { items: suggestAccounts(hosts, items, listed).slice(0, SUGGESTED_MAX) };
  },
});
