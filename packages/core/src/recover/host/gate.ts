import type { IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, instantAt, instantOf, type Stamp, unixMsOf } from "../../kernel/time.ts";
import type { MasterCopy } from "../../prepare/master-copy/master-copy.ts";
import { whyNotSound } from "../../prepare/master-copy/sealed-check.ts";
import { GATES, type GateId } from "../../prepare/playbook/gate.ts";
import type { GatePlan, RecoveringHost } from "./host.ts";
import { gateState, isEradicated, isSettled, needsGate } from "./matrix.ts";
import { type Named, notNamed, type Proof, type SaidOfProof } from "./proof.ts";
import type { RecoveryRefusal } from "./refusal.ts";
import { type AtHand, ended, type RecoveryFact } from "./steps.ts";

type Decided = Result<RecoveryFact, RecoveryRefusal>;

/** The longest that a waiver may hold; after it, somebody decides anew. */
export const WAIVER_MAX_DAYS = 366;

/** The gates of several hosts are told one by one, or, when one of them is refused, not at all. */
export function forEachHost(
  hosts: readonly RecoveringHost[],
  decide: (host: RecoveringHost) => Decided,
): Result<RecoveryFact[], RecoveryRefusal> {
  const facts: RecoveryFact[] = [];
  for (const host of hosts) {
    const outcome = decide(host);
    if (!outcome.ok) return outcome;
    facts.push(outcome.value);
  }
  return accept(facts);
}

/** The entry that somebody works on a gate now; taking it over from a colleague is the same entry. */
export function beginGate(at: AtHand, happened: Stamp, gate: GateId, by: PersonId): Decided {
  const { host } = at;
  const wrong = whyNotOpen(at, gate);
  if (wrong !== undefined) return refuse(wrong);
  const cell = host.cells[gate];
  // Beginning would end the waiver that somebody with authority gave; proving replaces it.
  if (gateState(host, at.plan, gate, at.now) === "waived") {
    return refuse({ code: "gate.already_settled", host: host.name, gate });
  }
  if (cell?.state === "working" && cell.by.id === by) {
    return refuse({ code: "gate.already_working", host: host.name, gate });
  }
  return accept({ type: "gate.begun", incident: host.incident, happened, body: cellOf(host, gate) });
}

/**
 * The entry that proves a gate by what one person can show: a check's output, or an item of evidence.
 *
 * @returns  the fact; `recovery.out_of_order` when what has to come before is not done: a proof speaks of the host
 *           as it is, so nothing but the copy of the disk is proved before the cause is removed, and nothing of
 *           the system before the system is installed; `gate.not_named`; the refusals of {@link beginGate}
 */
export function proveGate(
  at: AtHand,
  happened: Stamp,
  gate: GateId,
  said: SaidOfProof,
  proof: Proof,
): Decided {
  const wrong = whyNotOpen(at, gate) ?? whyTooEarly(at, gate);
  if (wrong !== undefined) return refuse(wrong);
  const names = notNamed(gate, said);
  if (names !== undefined) return refuse({ code: "gate.not_named", gate, names });
  return accept({
    type: "gate.proven",
    incident: at.host.incident,
    happened,
    body: { ...cellOf(at.host, gate), ...said, proof },
  });
}

/**
 * The entry that proves the integrity of a host by a sealed check; `gate.not_sound` when that does not show it.
 *
 * The proof names the master copy by itself.
 */
export function proveIntegrity(
  at: AtHand,
  happened: Stamp,
  said: SaidOfProof,
  proof: Extract<Proof, { kind: "evidence_item" }>,
  copy: MasterCopy,
): Decided {
  const { name, asset, affectedAt } = at.host;
  const host = { name, asset, since: instantOf({ at: affectedAt }) };
  const why = whyNotSound(copy, proof.item, host, at.now);
  if (why !== undefined) return refuse({ code: "gate.not_sound", host: name, why });
  const names = `${copy.name}, version ${copy.version}`;
  return proveGate(at, happened, "integrity", { ...said, names }, proof);
}

/** The entry by which somebody says that a gate is met and asks a colleague to look; never oneself. */
export function claimGate(
  at: AtHand,
  happened: Stamp,
  gate: GateId,
  said: SaidOfProof,
  by: PersonId,
  asked: Named,
): Decided {
  const wrong = whyNotOpen(at, gate) ?? whyTooEarly(at, gate);
  if (wrong !== undefined) return refuse(wrong);
  if (asked.id === by) return refuse({ code: "gate.own_word" });
  const names = notNamed(gate, said);
  if (names !== undefined) return refuse({ code: "gate.not_named", gate, names });
  return accept({
    type: "gate.claimed",
    incident: at.host.incident,
    happened,
    body: { ...cellOf(at.host, gate), asked, ...said },
  });
}

/**
 * The entry by which the person who was asked confirms that they looked: the gate is proven.
 *
 * @returns  the fact; `gate.nothing_asked`, `gate.not_asked` for anybody else, `gate.own_word` for who claimed it
 */
export function confirmGate(at: AtHand, happened: Stamp, gate: GateId, by: Named): Decided {
  const { host } = at;
  if (host.end !== null) return refuse(ended(host));
  const cell = host.cells[gate];
  if (cell?.state !== "asked" || !needsGate(host, at.plan, gate)) {
    return refuse({ code: "gate.nothing_asked", host: host.name, gate });
  }
  if (cell.by.id === by.id) return refuse({ code: "gate.own_word" });
  if (cell.asked.id !== by.id) return refuse({ code: "gate.not_asked", asked: cell.asked.name });
  const early = whyTooEarly(at, gate);
  if (early !== undefined) return refuse(early);
  const proof: Proof = { kind: "second_person", claimed: cell.by, confirmed: by };
  const { names, note } = cell;
  return accept({
    type: "gate.proven",
    incident: host.incident,
    happened,
    body: { ...cellOf(host, gate), names, note, proof },
  });
}

/** The entry that lets a host pass a gate unproved until a date; `gate.waiver_too_long` beyond a year. */
export function waiveGate(
  at: AtHand,
  happened: Stamp,
  gate: GateId,
  reason: string,
  until: Instant,
): Decided {
  const { host, now } = at;
  if (host.end !== null) return refuse(ended(host));
  if (!needsGate(host, at.plan, gate)) return refuse({ code: "gate.not_needed", host: host.name, gate });
  if (host.cells[gate]?.state === "proven") {
    return refuse({ code: "gate.already_settled", host: host.name, gate });
  }
  const latest = instantAt(unixMsOf(now) + WAIVER_MAX_DAYS * 86_400_000);
  if (until <= now || until > latest) return refuse({ code: "gate.waiver_too_long", latest });
  return accept({
    type: "gate.waived",
    incident: host.incident,
    happened,
    body: { ...cellOf(host, gate), reason, until },
  });
}

/** The entry that opens a gate again: a proof turned out wrong, or a word was not kept. */
export function withdrawGate(at: AtHand, happened: Stamp, gate: GateId, reason: string): Decided {
  const { host } = at;
  if (host.end !== null) return refuse(ended(host));
  if (host.cells[gate] === undefined) return refuse({ code: "gate.nothing_there", host: host.name, gate });
  return accept({
    type: "gate.withdrawn",
    incident: host.incident,
    happened,
    body: { ...cellOf(host, gate), reason },
  });
}

/**
 * The entries by which gates are left out, or needed after all, for one host or for every host of the incident.
 *
 * @param host  `null` for every host of the incident
 * @source      NIST SP 800-61r2 §3.3.1: strategies vary with the kind of incident
 */
export function adaptGates(
  incident: IncidentId,
  plan: GatePlan | undefined,
  host: RecoveringHost | null,
  happened: Stamp,
  required: boolean,
  gates: readonly GateId[],
  reason: string,
): Result<RecoveryFact[], RecoveryRefusal> {
  if (host !== null && host.end !== null) return refuse(ended(host));
  const facts: RecoveryFact[] = [];
  for (const gate of GATES.filter((each) => gates.includes(each))) {
    const before =
      host === null ? plan?.adapted[gate]?.required : (host.adapted[gate] ?? plan?.adapted[gate])?.required;
    if ((before ?? true) === required) return refuse({ code: "gate.unchanged", gate });
    facts.push({
      type: required ? "gate.required" : "gate.left_out",
      incident,
      happened,
      body: { host: host?.id ?? null, name: host?.name ?? "", gate, reason },
    });
  }
  return accept(facts);
}

function whyNotOpen({ host, plan, now }: AtHand, gate: GateId): RecoveryRefusal | undefined {
  if (host.end !== null) return ended(host);
  const state = gateState(host, plan, gate, now);
  if (state === "left_out") return { code: "gate.not_needed", host: host.name, gate };
  if (state === "proven") return { code: "gate.already_settled", host: host.name, gate };
  return undefined;
}

function whyTooEarly({ host, plan, now }: AtHand, gate: GateId): RecoveryRefusal | undefined {
  if (gate === "imaged") return undefined;
  const first = [
    ...(isEradicated(host) ? [] : ["eradicated"]),
    ...(gate === "rebuilt" || isSettled(host, plan, "rebuilt", now) ? [] : ["rebuilt"]),
  ];
  return first.length === 0 ? undefined : { code: "recovery.out_of_order", host: host.name, first };
}

function cellOf(
  host: RecoveringHost,
  gate: GateId,
): { host: RecoveringHost["id"]; name: string; gate: GateId } {
  return { host: host.id, name: host.name, gate };
}
