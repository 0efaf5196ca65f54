import {
  Alternative,
  AssetId,
  ContainmentDecision,
  careOf,
  consequencesOf,
  IncidentId,
  IsolatingAction,
  type Isolation,
  IsolationId,
  IsolationKind,
  IsolationState,
  IsolationTarget,
  isolatingAction,
  needsCare,
  PersonId,
  RunId,
  RunOutcome,
  SegmentId,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import { SpareView, sparesFor } from "./spare.ts";

const Care = z.enum(["in_time", "review_due", "forgotten", "not_needed"]);

/** An isolation as pages show it, with who has to allow it and how it is looked after. */
export const IsolationView = z
  .object({
    id: IsolationId,
    incident: IncidentId,
    target: IsolationTarget,
    state: IsolationState,
    why: z.string(),
    consequences: z.array(z.string()),
    consequence: z.string(),
    alternative: Alternative.nullable(),
    decision: ContainmentDecision.nullable(),
    undo: z.string(),
    reviewAt: z.string().nullable(),
    owner: PersonId.nullable(),
    ownerName: z.string(),
    needs: IsolatingAction.describe("the action of the policy that it falls under now"),
    care: Care.describe("whether somebody looks after it in time"),
    history: z.array(
      z.object({
        state: z.enum([...IsolationState.options, "changed", "run_asked", "run_ended"]),
        at: z.string(),
        by: z.string(),
        text: z.string(),
        rule: z.string(),
      }),
    ),
    runs: z
      .array(
        z.object({
          run: RunId,
          connector: z.string(),
          askedAt: z.string(),
          by: z.string(),
          outcome: RunOutcome.nullable().describe("null while it waits or runs"),
          endedAt: z.string().nullable(),
          text: z.string().describe("what the connector answered"),
        }),
      )
      .describe("the runs of connectors, the first asked for first"),
  })
  .meta({ id: "Isolation" });

export const listIsolationsOf = query({
  name: "isolation.of_incident",
  phase: "contain",
  summary: "What was asked to be cut off in an incident, and how it stands with each",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/isolation",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(IsolationView) }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    return { items: await views(await reading.contain.isolationsOf(incident.id), reading) };
  },
});

export const listStanding = query({
  name: "isolation.standing",
  phase: "contain",
  summary: "Everything that is cut off or allowed to be, next review first, with what is forgotten",
  action: "incident.read",
  path: "/v1/isolation",
  input: z.strictObject({}),
  output: z.object({ items: z.array(IsolationView.extend({ code: z.string(), title: z.string() })) }),
  run: async (_input, reading) => {
    const items = await views(await reading.contain.standing(), reading);
    const told = [];
    for (const item of items) {
      const incident = await reading.incident(item.incident);
      told.push({ ...item, code: incident?.code ?? "", title: incident?.title ?? "" });
    }
    return { items: told };
  },
});

export const showProspect = query({
  name: "isolation.prospect",
  phase: "contain",
  summary:
    "What cutting something off would mean: what stands still, who has to allow it, which spares there are",
  action: "asset.read",
  path: "/v1/isolation-prospect",
  input: z.strictObject({
    kind: IsolationKind.default("host"),
    name: z.string().max(253).default("").describe("May be left out where an id is given"),
    asset: AssetId.optional(),
    segment: SegmentId.optional(),
  }),
  output: z.object({
    name: z.string(),
    known: z.boolean().describe("whether the register knows it"),
    needs: IsolatingAction,
    consequences: z.array(z.string()),
    spares: z.array(SpareView),
  }),
  run: async (input, reading, viewer) => {
    const { kind, name, asset = null, segment = null } = input;
    const found = await reading.contain.target({ kind, name, asset, segment });
    if (found === undefined) return undefined;
    return {
      name: found.name,
      known: found.asset !== undefined || found.segment !== undefined,
      needs: isolatingAction(found),
      consequences: [...consequencesOf(found, found.ownerName)],
      spares: found.asset ? await sparesFor(viewer, reading, found.asset.id) : [],
    };
  },
});

async function views(isolations: readonly Isolation[], reading: Reading) {
  const active = new Set(
    (await reading.people()).filter((each) => each.status === "active").map(({ id }) => id),
  );
  const now = reading.now();
  const shown = [];
  for (const isolation of isolations) {
    const found = await reading.contain.target(isolation.target);
    const cared = isolation.owner !== null && active.has(isolation.owner);
    shown.push({
      ...isolation,
      consequences: [...isolation.consequences],
      history: [...isolation.history],
      runs: [...(isolation.runs ?? [])],
      needs: isolation.under ?? isolatingAction(found ?? { ...isolation.target, asset: undefined }),
      care: needsCare(isolation) ? careOf(isolation, cared, now) : ("not_needed" as const),
    });
  }
  return shown;
}
