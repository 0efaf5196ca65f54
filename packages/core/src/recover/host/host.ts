import * as z from "zod";
import { AssetId, type IncidentId, RecoveryId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant } from "../../kernel/time.ts";
import { GateId } from "../../prepare/playbook/gate.ts";
import { Named, Proof } from "./proof.ts";

/**
 * The steps by which the cause is removed from one host.
 *
 * @source NIST SP 800-61r2 table 3-5, 6.1 and 6.2
 */
export const ERADICATION_STEPS = ["vulnerability", "malware", "persistence"] as const;
export const EradicationStep = z.enum(ERADICATION_STEPS);
export type EradicationStep = z.infer<typeof EradicationStep>;

/** The words of each step. */
export const ERADICATION_TEXTS: Readonly<
  Record<EradicationStep, { readonly title: string; readonly needs: string }>
> = {
  vulnerability: {
    title: "Vulnerability mitigated",
    needs: "Every way by which the host was entered is closed, on the host or before it.",
  },
  malware: {
    title: "Malware removed",
    needs: "Malware, inappropriate material and the intruder's tools are off the host.",
  },
  persistence: {
    title: "Persistence removed",
    needs: "Accounts, keys, tasks and services by which somebody could come back are gone.",
  },
};

/** Where a host hangs on the network again. */
export const CONNECTIONS = ["none", "inside", "outside"] as const;
export type Connection = (typeof CONNECTIONS)[number];

/** A phase of a plan that runs over weeks or months: its place in the order, and its name. */
export const RecoveryPhase = z.strictObject({ order: z.int().min(1).max(99), name: line(80) });
export type RecoveryPhase = z.infer<typeof RecoveryPhase>;

/** When and in which phase a host is to come back. */
export const HostPlan = z.strictObject({
  phase: RecoveryPhase.nullable().default(null),
  targetOn: z.iso.date().nullable().default(null),
});
export type HostPlan = z.infer<typeof HostPlan>;

/** Why something is done that leaves the straight way; the record needs it. */
export const RecoveryReason = prose(2000).refine((text) => text.trim() !== "", {
  error: "is empty; the record needs the reason",
});

const HOST = { host: RecoveryId, name: z.string() };
const GATE = { ...HOST, gate: GateId };
/** `host` is `null` where it is said for every host of the incident. */
const ADAPTED = { host: RecoveryId.nullable(), name: z.string(), gate: GateId, reason: RecoveryReason };

/** How a gate stood when its host went back on the network. */
export const SettledGate = z.object({
  gate: GateId,
  by: z.enum(["proven", "waived", "left_out"]),
  until: Instant.nullable(),
});
export type SettledGate = z.infer<typeof SettledGate>;

/**
 * The entries about hosts on their way back.
 *
 * That a host was imaged, rebuilt and verified is said by the proof of that gate and by nothing else.
 */
export const RECOVERY_ENTRIES = {
  "recovery.host_affected": z.object({
    ...HOST,
    asset: AssetId.nullable(),
    reason: RecoveryReason,
    ...HostPlan.shape,
  }),
  "recovery.planned": z.object({ ...HOST, ...HostPlan.shape }),
  "recovery.eradicated": z.object({
    ...HOST,
    step: EradicationStep,
    found: z.enum(["removed", "nothing"]),
    how: RecoveryReason,
  }),
  /** The host is affected (again): what was done to it so far no longer counts. */
  "recovery.returned": z.object({ ...HOST, reason: RecoveryReason }),
  "recovery.reconnected": z.object({
    ...HOST,
    where: z.enum(["inside", "outside"]),
    gates: z.array(SettledGate),
    note: z.string(),
  }),
  "recovery.watched": z.object({ ...HOST, found: z.enum(["nothing", "something"]), how: RecoveryReason }),
  "recovery.released": z.object({ ...HOST, where: z.enum(["inside", "outside"]), note: z.string() }),
  "recovery.kept_off": z.object({ ...HOST, reason: RecoveryReason }),
  "recovery.found_clean": z.object({ ...HOST, reason: RecoveryReason }),
  "gate.begun": z.object(GATE),
  "gate.claimed": z.object({ ...GATE, asked: Named, names: z.string(), note: z.string() }),
  "gate.proven": z.object({ ...GATE, names: z.string(), note: z.string(), proof: Proof }),
  "gate.waived": z.object({ ...GATE, reason: RecoveryReason, until: Instant }),
  "gate.withdrawn": z.object({ ...GATE, reason: RecoveryReason }),
  "gate.left_out": z.object(ADAPTED),
  "gate.required": z.object(ADAPTED),
};
export type RecoveryEntries = typeof RECOVERY_ENTRIES;

interface Told {
  readonly by: Named;
  readonly at: string;
  /** Place of its entry in the incident's log. */
  readonly seq: number;
}

/** How it stands with one gate of one host; a gate without a cell is open and nobody works on it. */
export type Cell =
  | (Told & { readonly state: "working" })
  | (Told & { readonly state: "asked"; readonly asked: Named; readonly names: string; readonly note: string })
  | (Told & {
      readonly state: "proven";
      readonly kind: Proof["kind"] | "withheld";
      readonly what: string;
      readonly names: string;
      readonly note: string;
    })
  | (Told & { readonly state: "waived"; readonly reason: string; readonly until: string });
export type Cells = Readonly<Partial<Record<GateId, Cell>>>;

/** Whether a gate was said to be needed, or to be left out, and why. */
export interface Adaptation extends Told {
  readonly required: boolean;
  readonly reason: string;
}
export type Adaptations = Readonly<Partial<Record<GateId, Adaptation>>>;

/** What was said of the gates of every host of an incident. */
export interface GatePlan {
  readonly incident: IncidentId;
  readonly adapted: Adaptations;
}

/** How a host's way ended. */
export interface RecoveryEnd extends Told {
  readonly how: "released" | "kept_off" | "found_clean";
  readonly reason: string;
}

/** A host of an incident on its way back, as the log says it is. */
export interface RecoveringHost {
  readonly id: RecoveryId;
  readonly incident: IncidentId;
  readonly name: string;
  readonly asset: AssetId | null;
  readonly reason: string;
  readonly phase: RecoveryPhase | null;
  readonly targetOn: string | null;
  /** How often it was found affected, counted from 1. */
  readonly round: number;
  readonly eradicated: Readonly<
    Partial<Record<EradicationStep, Told & { readonly found: string; readonly how: string }>>
  >;
  readonly cells: Cells;
  readonly adapted: Adaptations;
  readonly connected: Connection;
  readonly reconnected: Told | null;
  readonly watched: (Told & { readonly how: string }) | null;
  readonly end: RecoveryEnd | null;
  readonly affectedAt: string;
}
