import {
  AssetId,
  adaptationOf,
  type Cell,
  CONNECTIONS,
  ERADICATION_STEPS,
  ERADICATION_TEXTS,
  GATE_TEXTS,
  GATES,
  GateId,
  type GatePlan,
  gateState,
  IncidentId,
  type Instant,
  missingOf,
  needsGate,
  PersonId,
  type RecoveringHost,
  RecoveryId,
  RecoveryPhase,
  Role,
  STAGES,
  stageOf,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";

const GateStateView = z.enum(["open", "working", "asked", "proven", "waived", "left_out"]);
const NamedView = z.object({ id: PersonId, name: z.string() });
const Told = { by: NamedView, at: z.string(), seq: z.int().describe("place of its entry in the log") };

const GateView = z.object({
  id: GateId,
  title: z.string(),
  needs: z.string(),
  names: z.string().nullable().describe("what every proof of it has to name"),
  required: z.boolean(),
  reason: z.string().describe("why it is left out, or needed after all; empty where nobody said anything"),
});

const Row = {
  id: RecoveryId,
  name: z.string(),
  asset: AssetId.nullable(),
  phase: RecoveryPhase.nullable(),
  targetOn: z.string().nullable(),
  round: z.int(),
  stage: z.enum(STAGES),
  connected: z.enum(CONNECTIONS),
  missing: z.array(z.string()).describe("what stands between it and the network, in words"),
};

const HostRow = z
  .object({
    ...Row,
    steps: z.array(z.boolean()).describe("the steps of eradication, in their order: done or not"),
    cells: z
      .array(
        z.object({
          state: GateStateView,
          by: z.string().describe("who works, was asked, proved or waived; empty where nobody did"),
          until: z.string().describe("when a waiver ends, or ended; empty for everything else"),
        }),
      )
      .describe("in the order of the gates"),
  })
  .meta({ id: "RecoveryRow" });

export const showMatrix = query({
  name: "recovery.matrix",
  phase: "recover",
  summary: "The hosts of an incident on their way back, each with all of its gates",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/recovery",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({
    gates: z.array(GateView),
    mayWaive: z.array(Role).describe("the roles that may waive a gate"),
    items: z.array(HostRow),
  }),
  run: async (input, reading, viewer) => {
    if ((await reading.incident(input.incident)) === undefined) return undefined;
    const plan = await reading.recovery.plan(input.incident);
    const hosts = await reading.recovery.hosts(input.incident);
    const { whoMay } = await reading.permission(viewer, "gate.waive");
    const now = reading.now();
    return {
      gates: gatesOf({ cells: {}, adapted: {} }, plan),
      mayWaive: [...whoMay],
      items: hosts.map((host) => rowOf(host, plan, now)),
    };
  },
});

const CellView = z.object({
  gate: GateView,
  state: GateStateView,
  ended: z.boolean().describe("whether a waiver of it has ended"),
  told: z
    .object({
      ...Told,
      what: z.string().describe("the proof in one line, or the reason of a waiver"),
      names: z.string(),
      note: z.string(),
      until: z.string().nullable(),
      asked: NamedView.nullable(),
    })
    .nullable(),
});

export const showRecoveringHost = query({
  name: "recovery.host",
  phase: "recover",
  summary: "One host on its way back: its steps, gates and proofs, and what is missing",
  action: "incident.read",
  shared: true,
  path: "/v1/recovery/{host}",
  input: z.strictObject({ host: RecoveryId }),
  output: z
    .object({
      ...Row,
      incident: IncidentId,
      reason: z.string(),
      affectedAt: z.string(),
      mayWaive: z.array(Role),
      steps: z.array(
        z.object({
          step: z.enum(ERADICATION_STEPS),
          title: z.string(),
          needs: z.string(),
          told: z.object({ ...Told, found: z.string(), how: z.string() }).nullable(),
        }),
      ),
      cells: z.array(CellView),
      reconnected: z.object(Told).nullable(),
      watched: z.object({ ...Told, how: z.string() }).nullable(),
      end: z
        .object({ ...Told, how: z.enum(["released", "kept_off", "found_clean"]), reason: z.string() })
        .nullable(),
    })
    .meta({ id: "RecoveringHost" }),
  run: async (input, reading, viewer) => {
    const host = await reading.recovery.host(input.host);
    if (host === undefined) return undefined;
    const plan = await reading.recovery.plan(host.incident);
    const { whoMay } = await reading.permission(viewer, "gate.waive");
    const now = reading.now();
    return {
      ...placeOf(host, plan, now),
      incident: host.incident,
      reason: host.reason,
      affectedAt: host.affectedAt,
      mayWaive: [...whoMay],
      steps: ERADICATION_STEPS.map((step) => ({
        step,
        ...ERADICATION_TEXTS[step],
        told: host.eradicated[step] ?? null,
      })),
      cells: gatesOf(host, plan).map((gate) => cellOf(host, plan, gate, now)),
      reconnected: host.reconnected,
      watched: host.watched,
      end: host.end,
    };
  },
});

function gatesOf(host: Pick<RecoveringHost, "cells" | "adapted">, plan: GatePlan | undefined) {
  return GATES.map((id) => ({
    id,
    ...GATE_TEXTS[id],
    required: needsGate(host, plan, id),
    reason: adaptationOf(host, plan, id)?.reason ?? "",
  }));
}

function placeOf(host: RecoveringHost, plan: GatePlan | undefined, now: Instant) {
  const { id, name, asset, phase, targetOn, round, connected, end } = host;
  const missing = end === null ? missingOf(host, plan, now).map(({ title }) => title) : [];
  return { id, name, asset, phase, targetOn, round, connected, missing, stage: stageOf(host, plan, now) };
}

function rowOf(host: RecoveringHost, plan: GatePlan | undefined, now: Instant) {
  return {
    ...placeOf(host, plan, now),
    steps: ERADICATION_STEPS.map((step) => host.eradicated[step] !== undefined),
    cells: GATES.map((gate) => {
      const cell = host.cells[gate];
      const until = cell?.state === "waived" ? cell.until : "";
      const by = cell?.state === "asked" ? cell.asked.name : (cell?.by.name ?? "");
      return { state: gateState(host, plan, gate, now), by, until };
    }),
  };
}

function wordsOf(cell: Cell): string {
  if (cell.state === "proven") return cell.what;
  return cell.state === "waived" ? cell.reason : "";
}

function cellOf(
  host: RecoveringHost,
  plan: GatePlan | undefined,
  gate: ReturnType<typeof gatesOf>[number],
  now: Instant,
) {
  const cell = host.cells[gate.id];
  const state = gateState(host, plan, gate.id, now);
  const ended = state === "open" && cell !== undefined;
  if (cell === undefined) return { gate, state, ended, told: null };
  const { by, at, seq } = cell;
  const said = cell.state === "asked" || cell.state === "proven" ? cell : { names: "", note: "" };
  return {
    gate,
    state,
    ended,
    told: {
      ...{ by, at, seq, names: said.names, note: said.note },
      what: wordsOf(cell),
      until: cell.state === "waived" ? cell.until : null,
      asked: cell.state === "asked" ? cell.asked : null,
    },
  };
}
