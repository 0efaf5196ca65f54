import type { Sentence, ToldBody } from "../kernel/sentence.ts";
import { GATE_TEXTS, GateId } from "../prepare/playbook/gate.ts";
import { ERADICATION_TEXTS, EradicationStep } from "./host/host.ts";

/** What the entries about hosts on their way back say. */
export const RECOVERY_SENTENCES: Readonly<Record<string, Sentence>> = {
  "recovery.host_affected": (field) => `${field("name")} is affected: ${field("reason")}`,
  "recovery.planned": (field, { phase, targetOn }) =>
    `Planned ${field("name")}${phaseText(phase)}${targetOn ? `, back by ${field("targetOn")}` : ""}`,
  "recovery.eradicated": (field, { found }) =>
    `${stepText(field("step"))} on ${field("name")}${found === "nothing" ? ", there was nothing to remove" : ""}: ${field("how")}`,
  "recovery.returned": (field) => `Took ${field("name")} back to analysis: ${field("reason")}`,
  "recovery.reconnected": (field, { gates, note }) =>
    `Put ${field("name")} back on the network, ${field("where")}${waivedText(gates)}${note ? `: ${field("note")}` : ""}`,
  "recovery.watched": (field, { found }) =>
    `Watched ${field("name")} and found ${found === "nothing" ? "nothing" : "something"}: ${field("how")}`,
  "recovery.released": (field, { note }) =>
    `${field("name")} is back for good, ${field("where")}${note ? `: ${field("note")}` : ""}`,
  "recovery.kept_off": (field) => `${field("name")} stays off the network: ${field("reason")}`,
  "recovery.found_clean": (field) => `${field("name")} was not affected after all: ${field("reason")}`,
  "gate.begun": (field) => `Works on ${gateText(field("gate"))} of ${field("name")}`,
  "gate.claimed": (field, { asked, note }) =>
    `Says that ${gateText(field("gate"))} of ${field("name")} is met and asks ${nameIn(asked)} to look${note ? `: ${field("note")}` : ""}`,
  "gate.proven": (field, { proof, names }) =>
    `Proved ${gateText(field("gate"))} of ${field("name")} by ${proofWords(proof)}${names ? `, ${field("names")}` : ""}`,
  "gate.waived": (field) =>
    `Waived ${gateText(field("gate"))} of ${field("name")} until ${field("until")}: ${field("reason")}`,
  "gate.withdrawn": (field) =>
    `Opened ${gateText(field("gate"))} of ${field("name")} again: ${field("reason")}`,
  "gate.left_out": (field, { name }) =>
    `Left ${gateText(field("gate"))} out for ${name ? field("name") : "every host"}: ${field("reason")}`,
  "gate.required": (field, { name }) =>
    `Asks for ${gateText(field("gate"))} of ${name ? field("name") : "every host"} after all: ${field("reason")}`,
};

function gateText(gate: string): string {
  const known = GateId.safeParse(gate);
  return known.success ? `“${GATE_TEXTS[known.data].title}”` : gate;
}

function stepText(step: string): string {
  const known = EradicationStep.safeParse(step);
  return known.success ? ERADICATION_TEXTS[known.data].title : step;
}

function phaseText(phase: unknown): string {
  const isPhase = typeof phase === "object" && phase !== null && "order" in phase && "name" in phase;
  return isPhase ? ` for phase ${String(phase.order)}, ${String(phase.name)}` : ", in no phase";
}

function nameIn(person: unknown): string {
  const isPerson = typeof person === "object" && person !== null && "name" in person;
  return isPerson ? String(person.name) : "(withheld)";
}

function waivedText(gates: unknown): string {
  if (!Array.isArray(gates)) return "";
  const waived = gates.flatMap(({ gate, by }) => (by === "waived" ? [gateText(String(gate))] : []));
  return waived.length === 0 ? "" : ` (waived: ${waived.join(", ")})`;
}

function proofWords(proof: ToldBody[string]): string {
  if (typeof proof !== "object" || proof === null || !("kind" in proof)) return "(withheld)";
  if ("tool" in proof) return `the output of ${String(proof.tool)}`;
  if ("number" in proof) return `evidence item ${String(proof.number)}`;
  return "confirmed" in proof ? `${nameIn(proof.confirmed)}, who looked too` : "(withheld)";
}
