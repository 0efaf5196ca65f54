import type { Instant } from "../../kernel/time.ts";
import { GATE_TEXTS, GATES, type GateId } from "../../prepare/playbook/gate.ts";
import {
  type Adaptation,
  type Cell,
  ERADICATION_STEPS,
  ERADICATION_TEXTS,
  type EradicationStep,
  type GatePlan,
  type RecoveringHost,
} from "./host.ts";

/** How a gate stands at a moment. A waiver whose end has come is `open` again. */
export type GateState = "open" | "working" | "asked" | "proven" | "waived" | "left_out";

/** Something that stands between a host and the network, and what it needs. */
export interface Missing {
  readonly what: GateId | EradicationStep;
  readonly title: string;
  readonly needs: string;
  readonly state: "open" | "working" | "asked" | "waiver_ended";
}

/** Where a host stands on its way. */
export const STAGES = [
  "affected",
  "imaged",
  "eradicated",
  "rebuilt",
  "verified",
  "gates_passed",
  "reconnected_inside",
  "reconnected_outside",
  "watched",
  "released",
  "kept_off",
  "found_clean",
] as const;
export type Stage = (typeof STAGES)[number];

type Gated = Pick<RecoveringHost, "cells" | "adapted">;

/** What was said last about whether this host needs a gate; `undefined` where nobody said anything: it does. */
export function adaptationOf(host: Gated, plan: GatePlan | undefined, gate: GateId): Adaptation | undefined {
  return host.adapted[gate] ?? plan?.adapted[gate];
}

/** Whether this host needs a gate. Every host needs every gate until somebody with authority left one out. */
export function needsGate(host: Gated, plan: GatePlan | undefined, gate: GateId): boolean {
  return adaptationOf(host, plan, gate)?.required ?? true;
}

/** How a gate of a host stands at `now`. */
export function gateState(host: Gated, plan: GatePlan | undefined, gate: GateId, now: Instant): GateState {
  if (!needsGate(host, plan, gate)) return "left_out";
  const cell = host.cells[gate];
  return cell === undefined || hasEnded(cell, now) ? "open" : cell.state;
}

/** Whether nothing is left to do about a gate at `now`. */
export function isSettled(host: Gated, plan: GatePlan | undefined, gate: GateId, now: Instant): boolean {
  const state = gateState(host, plan, gate, now);
  return state === "proven" || state === "waived" || state === "left_out";
}

/** Whether every step of eradication was done in the present round. */
export function isEradicated(host: Pick<RecoveringHost, "eradicated">): boolean {
  return ERADICATION_STEPS.every((step) => host.eradicated[step] !== undefined);
}

/**
 * Everything that stands between a host and the network at `now`, in the order in which it would be done.
 *
 * Empty is the one thing that lets a host back: steps of eradication are never waived or left out.
 */
export function missingOf(host: RecoveringHost, plan: GatePlan | undefined, now: Instant): Missing[] {
  const gate = (id: GateId): Missing[] => {
    const state = gateState(host, plan, id, now);
    if (state === "proven" || state === "waived" || state === "left_out") return [];
    const { title, needs } = GATE_TEXTS[id];
    const ended = state === "open" && host.cells[id] !== undefined;
    return [{ what: id, title, needs, state: ended ? "waiver_ended" : state }];
  };
  const steps = ERADICATION_STEPS.filter((step) => host.eradicated[step] === undefined);
  return [
    ...gate("imaged"),
    ...steps.map((what) => ({ what, ...ERADICATION_TEXTS[what], state: "open" as const })),
    ...GATES.filter((id) => id !== "imaged").flatMap(gate),
  ];
}

/**
 * Where a host stands at `now`, as far as it has come without a gap.
 *
 * @source DESIGN: affected → imaged → eradicated → rebuilt → verified → gates passed → reconnected inside →
 *         (if wanted) reconnected outside → watched → released
 */
export function stageOf(host: RecoveringHost, plan: GatePlan | undefined, now: Instant): Stage {
  if (host.end !== null) return host.end.how;
  if (host.connected !== "none") {
    if (host.watched !== null) return "watched";
    return host.connected === "inside" ? "reconnected_inside" : "reconnected_outside";
  }
  if (!isSettled(host, plan, "imaged", now)) return "affected";
  if (!isEradicated(host)) return needsGate(host, plan, "imaged") ? "imaged" : "affected";
  if (missingOf(host, plan, now).length === 0) return "gates_passed";
  if (!isSettled(host, plan, "rebuilt", now)) return "eradicated";
  const verified = isSettled(host, plan, "integrity", now) && needsGate(host, plan, "integrity");
  if (verified) return "verified";
  return needsGate(host, plan, "rebuilt") ? "rebuilt" : "eradicated";
}

function hasEnded(cell: Cell, now: Instant): boolean {
  return cell.state === "waived" && cell.until <= now;
}
