import {
  type AtHand,
  accept,
  adaptGates,
  BackupId,
  beginGate,
  claimGate,
  confirmGate,
  forEachHost,
  GateId,
  type GatePlan,
  IncidentId,
  Instant,
  judgePoint,
  mustBeOpen,
  OwnProof,
  PersonId,
  type Proof,
  pointText,
  proveGate,
  proveIntegrity,
  type RecoveringHost,
  type RecoveryFact,
  RecoveryId,
  RecoveryReason,
  type RecoveryRefusal,
  type RestorePointRefusal,
  type Result,
  refuse,
  SaidOfProof,
  waiveGate,
  withdrawGate,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { type Act, operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import { hostsAtHand } from "./loading.ts";
import { earliest } from "./restore-point.ts";

/** How many hosts one request may name, and how many of them one output of a check may speak for. */
const HOSTS_MAX = 300;
const OUTPUTS_MAX = 20;

const Done = z.object({ incident: IncidentId });
const onGates = { phase: "recover", thing: "incident", visibleBy: "incident.read", output: Done } as const;
const work = { ...onGates, action: "host.recover" } as const;
/** The point of the register that data came from; asked for by the gate `data_restored` and by no other. */
const RestorePoint = z
  .strictObject({ backup: BackupId, takenAt: Instant })
  .nullable()
  .default(null)
  .describe("For data_restored: the restore point, of a registered backup. Then names need not be said.");

const Cells = {
  incident: IncidentId,
  hosts: z.array(RecoveryId).min(1).max(HOSTS_MAX),
  gate: GateId,
};

export const gateBegin = operation({
  name: "gate.begin",
  ...work,
  summary: "Say that you work on a gate of these hosts now",
  input: z.strictObject(Cells),
  load: (input, records) => hostsAtHand(records, input.incident, input.hosts),
  decide: (at, { gate }, act) =>
    told(at, act, (each) => beginGate(each, stampOf(undefined, act), gate, act.by.id)),
});

export const gateProve = operation({
  name: "gate.prove",
  ...work,
  summary: "Prove a gate of these hosts by what a check printed or by an item of evidence",
  input: z.strictObject({
    ...Cells,
    ...SaidOfProof.shape,
    restorePoint: RestorePoint,
    proof: OwnProof,
    happened,
  }),
  load: async (input, records) => {
    const at = await hostsAtHand(records, input.incident, input.hosts);
    const item = await itemOf(records, input.proof);
    const named = at && (await namedBy(records, input));
    const copy = item && input.gate === "integrity" ? await records.masterCopies.ofItem(item.id) : undefined;
    return at && named && item !== undefined ? { ...at, item, named, copy } : undefined;
  },
  decide: (at, { gate, note, proof: shown, happened: said }, act) => {
    if (!at.named.ok) return at.named;
    const names = at.named.value;
    if (shown.kind === "check_output" && at.hosts.length > OUTPUTS_MAX) {
      return refuse({ code: "gate.too_many_outputs", limit: OUTPUTS_MAX });
    }
    if (shown.kind === "evidence_item" && at.item?.incident !== at.incident.id) {
      return refuse({ code: "gate.foreign_evidence" });
    }
    const proof: Proof =
      shown.kind === "check_output"
        ? { ...shown, sha256: act.sha256(shown.text) }
        : { ...shown, number: at.item?.number ?? 0 };
    const { copy } = at;
    if (copy !== undefined && proof.kind === "evidence_item") {
      return told(at, act, (each) => proveIntegrity(each, stampOf(said, act), { names, note }, proof, copy));
    }
    return told(at, act, (each) => proveGate(each, stampOf(said, act), gate, { names, note }, proof));
  },
});

export const gateClaim = operation({
  name: "gate.claim",
  ...work,
  summary: "Say that a gate of these hosts is met, and ask a colleague to look for themselves",
  input: z.strictObject({
    ...Cells,
    ...SaidOfProof.shape,
    restorePoint: RestorePoint,
    asked: PersonId,
    happened,
  }),
  load: async (input, records) => {
    const at = await hostsAtHand(records, input.incident, input.hosts);
    const asked = await records.person(input.asked);
    const named = at && (await namedBy(records, input));
    return at && named && asked?.status === "active"
      ? { ...at, named, asked: { id: asked.id, name: asked.name } }
      : undefined;
  },
  decide: (at, { gate, note, happened: said }, act) => {
    if (!at.named.ok) return at.named;
    const names = at.named.value;
    return told(at, act, (each) =>
      claimGate(each, stampOf(said, act), gate, { names, note }, act.by.id, at.asked),
    );
  },
});

export const gateConfirm = operation({
  name: "gate.confirm",
  ...work,
  summary: "Confirm, as the one who was asked, that you looked for yourself and a gate is met",
  input: z.strictObject({ ...Cells, happened }),
  load: (input, records) => hostsAtHand(records, input.incident, input.hosts),
  decide: (at, { gate, happened: said }, act) => {
    const by = { id: act.by.id, name: act.by.name };
    return told(at, act, (each) => confirmGate(each, stampOf(said, act), gate, by));
  },
});

export const gateWaive = operation({
  name: "gate.waive",
  ...onGates,
  action: "gate.waive",
  summary: "Let hosts pass a gate unproved until a date, and say why",
  input: z.strictObject({ ...Cells, reason: RecoveryReason, until: Instant }),
  load: (input, records) => hostsAtHand(records, input.incident, input.hosts),
  decide: (at, { gate, reason, until }, act) =>
    told(at, act, (each) => waiveGate(each, stampOf(undefined, act), gate, reason, until)),
});

export const gateWithdraw = operation({
  name: "gate.withdraw",
  ...work,
  summary: "Open a gate again: its proof turned out wrong, or nobody works on it any more",
  input: z.strictObject({ ...Cells, reason: RecoveryReason }),
  load: (input, records) => hostsAtHand(records, input.incident, input.hosts),
  decide: (at, { gate, reason }, act) =>
    told(at, act, (each) => withdrawGate(each, stampOf(undefined, act), gate, reason)),
});

const Adapting = z.strictObject({
  incident: IncidentId,
  host: RecoveryId.nullable().default(null).describe("one host; every host of the incident when null"),
  gates: z.array(GateId).min(1).max(GateId.options.length),
  reason: RecoveryReason,
});

export const gateLeaveOut = operation({
  name: "gate.leave_out",
  ...onGates,
  action: "gate.waive",
  summary: "Leave gates out for one host or for every host of the incident, and say why they do not apply",
  input: Adapting,
  load: (input, records) => adaptable(records, input),
  decide: (at, { gates, reason }, act) => adapting(at, act, false, gates, reason),
});

export const gateRequire = operation({
  name: "gate.require",
  ...work,
  summary: "Ask for gates that were left out after all",
  input: Adapting,
  load: (input, records) => adaptable(records, input),
  decide: (at, { gates, reason }, act) => adapting(at, act, true, gates, reason),
});

type HostsAtHand = NonNullable<Awaited<ReturnType<typeof hostsAtHand>>>;

function told(
  { incident, shut, hosts, plan }: HostsAtHand,
  act: Act,
  decide: (at: AtHand) => Result<RecoveryFact, RecoveryRefusal>,
) {
  if (shut !== undefined) return refuse(shut);
  const outcome = forEachHost(hosts, (host) => decide({ host, plan, now: act.now }));
  return outcome.ok ? accept({ facts: outcome.value, output: { incident: incident.id } }) : outcome;
}

async function adaptable(
  records: Records,
  input: { readonly incident: IncidentId; readonly host: RecoveryId | null },
) {
  const at = await hostsAtHand(records, input.incident, input.host === null ? [] : [input.host]);
  return at && { ...at, host: at.hosts[0] ?? null };
}

function adapting(
  at: HostsAtHand & { readonly host: RecoveringHost | null; readonly plan: GatePlan | undefined },
  act: Act,
  required: boolean,
  gates: readonly GateId[],
  reason: string,
) {
  const shut = mustBeOpen(at.incident);
  if (shut !== undefined) return refuse(shut);
  const stamp = stampOf(undefined, act);
  const outcome = adaptGates(at.incident.id, at.plan, at.host, stamp, required, gates, reason);
  return outcome.ok ? accept({ facts: outcome.value, output: { incident: at.incident.id } }) : outcome;
}

/** The item of evidence that a proof names; `null` for another kind of proof, `undefined` for no item. */
async function itemOf(records: Records, proof: OwnProof) {
  return proof.kind === "evidence_item" ? records.item(proof.item) : null;
}

/**
 * What a proof names: for restored data the point of the register with its verdict, for every other gate what was
 * said. Why no data may come from the point is a refusal; `undefined` when there is no such backup.
 */
async function namedBy(
  records: Records,
  said: {
    readonly incident: IncidentId;
    readonly gate: GateId;
    readonly names: string;
    readonly note: string;
    readonly restorePoint: z.output<typeof RestorePoint>;
  },
): Promise<Result<string, RestorePointRefusal> | undefined> {
  if (said.gate !== "data_restored") return accept(said.names);
  if (said.restorePoint === null) return accept("");
  const { backup: id, takenAt } = said.restorePoint;
  const backup = await records.returning.backup(id);
  if (backup === undefined) return undefined;
  const { at } = await earliest(records.returning, said.incident);
  const judged = judgePoint(backup, at, { takenAt, reason: said.note });
  return judged.ok ? accept(pointText(backup.name, takenAt, judged.value)) : judged;
}
