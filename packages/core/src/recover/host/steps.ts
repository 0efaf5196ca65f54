import type { Fact } from "../../document/log/entry.ts";
import type { IncidentId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Instant, Stamp } from "../../kernel/time.ts";
import type { Role } from "../../prepare/people/person.ts";
import { GATES } from "../../prepare/playbook/gate.ts";
import type { GatePlan, HostPlan, RecoveringHost, RecoveryEntries } from "./host.ts";
import { gateState, isSettled, missingOf } from "./matrix.ts";
import type { RecoveryRefusal } from "./refusal.ts";

export type RecoveryFact = Fact<RecoveryEntries>;
type Body<Type extends keyof RecoveryEntries> = Extract<RecoveryFact, { type: Type }>["body"];
type Decided = Result<RecoveryFact, RecoveryRefusal>;

/** A host with what its gates need, at the moment of deciding. */
export interface AtHand {
  readonly host: RecoveringHost;
  readonly plan: GatePlan | undefined;
  readonly now: Instant;
}

/** The entry that a host's phase and target date change. */
export function planHost(host: RecoveringHost, happened: Stamp, plan: HostPlan): Decided {
  if (host.end !== null) return refuse(ended(host));
  return told(host, happened, { type: "recovery.planned", body: { ...plan } });
}

/**
 * The entry that one step of eradication is done on a host, or that there was nothing to remove.
 *
 * @returns  the fact; `recovery.out_of_order` while nobody has copied the disk, for every step destroys traces;
 *           `recovery.already_eradicated`; `recovery.already_connected`; `recovery.ended`
 * @source   NIST SP 800-61r2 table 3-5, 6.1, 6.2; §3.3.2: snapshots are taken before handlers change the system
 */
export function eradicate(
  { host, plan, now }: AtHand,
  happened: Stamp,
  said: Omit<Body<"recovery.eradicated">, "host" | "name">,
): Decided {
  if (host.end !== null) return refuse(ended(host));
  if (host.connected !== "none") return refuse({ code: "recovery.already_connected", where: host.connected });
  if (host.eradicated[said.step] !== undefined) {
    return refuse({ code: "recovery.already_eradicated", step: said.step });
  }
  if (!isSettled(host, plan, "imaged", now)) {
    return refuse({ code: "recovery.out_of_order", host: host.name, first: ["imaged"] });
  }
  return told(host, happened, { type: "recovery.eradicated", body: said });
}

/**
 * The entry that takes a host back to analysis: it is affected, again or still, and off the network.
 *
 * What was eradicated and proved before no longer counts; a copy of the disk does while the host was never back
 * on the network. A host whose way had ended is on its way again.
 *
 * @source NIST SP 800-61r2 table 3-5, 6.3
 */
export function returnToAnalysis(host: RecoveringHost, happened: Stamp, reason: string): Decided {
  return told(host, happened, { type: "recovery.returned", body: { reason } });
}

/**
 * The entry that a host is back on the network, with how each of its gates was settled.
 *
 * The law of this product: there is no such entry while a gate is open.
 *
 * @param mayWaive  the roles that may waive a gate, for whoever reads the refusal
 * @returns  the fact; `recovery.gates_open` with everything that is missing and what it needs;
 *           `recovery.inside_first`, `recovery.already_connected`, `recovery.ended`
 * @source   CERT/CC: reconnect to the infrastructure and, if desired, to the Internet
 */
export function reconnect(
  { host, plan, now }: AtHand,
  happened: Stamp,
  where: "inside" | "outside",
  note: string,
  mayWaive: readonly Role[],
): Decided {
  if (host.end !== null) return refuse(ended(host));
  const { connected } = host;
  if (connected === where || (connected === "outside" && where === "inside")) {
    return refuse({ code: "recovery.already_connected", where: connected });
  }
  const missing = missingOf(host, plan, now);
  if (missing.length > 0) return refuse({ code: "recovery.gates_open", missing, mayWaive });
  if (where === "outside" && connected === "none") return refuse({ code: "recovery.inside_first" });
  return told(host, happened, {
    type: "recovery.reconnected",
    body: { where, gates: settledGates({ host, plan, now }), note },
  });
}

/** The entry that a host was watched after its return; `recovery.not_reconnected`, `recovery.ended`. */
export function watchHost(
  host: RecoveringHost,
  happened: Stamp,
  found: "nothing" | "something",
  how: string,
): Decided {
  if (host.end !== null) return refuse(ended(host));
  if (host.connected === "none") return refuse({ code: "recovery.not_reconnected" });
  return told(host, happened, { type: "recovery.watched", body: { found, how } });
}

/**
 * The entry that a host is back for good, inside alone or outside too.
 *
 * @returns  the fact; `recovery.not_reconnected`, `recovery.not_watched`; `recovery.gates_open` when a waiver
 *           has ended since its return, for a waiver puts a proof off and does not replace it for ever
 */
export function releaseHost(
  { host, plan, now }: AtHand,
  happened: Stamp,
  note: string,
  mayWaive: readonly Role[],
): Decided {
  if (host.end !== null) return refuse(ended(host));
  if (host.connected === "none") return refuse({ code: "recovery.not_reconnected" });
  if (host.watched === null) return refuse({ code: "recovery.not_watched" });
  const missing = missingOf(host, plan, now);
  if (missing.length > 0) return refuse({ code: "recovery.gates_open", missing, mayWaive });
  return told(host, happened, { type: "recovery.released", body: { where: host.connected, note } });
}

/** The entry that a host does not come back; `recovery.already_connected` while it is on the network. */
export function keepOff(host: RecoveringHost, happened: Stamp, reason: string): Decided {
  if (host.end !== null) return refuse(ended(host));
  if (host.connected !== "none") return refuse({ code: "recovery.already_connected", where: host.connected });
  return told(host, happened, { type: "recovery.kept_off", body: { reason } });
}

/**
 * The entry that a host was not affected after all.
 *
 * @returns  the fact; `recovery.already_treated` once anything was removed from it or it has been affected twice:
 *           then it comes back through its gates
 */
export function findClean(host: RecoveringHost, happened: Stamp, reason: string): Decided {
  if (host.end !== null) return refuse(ended(host));
  const removed = Object.values(host.eradicated).some(({ found }) => found === "removed");
  if (removed || host.round > 1 || host.connected !== "none")
    return refuse({ code: "recovery.already_treated" });
  return told(host, happened, { type: "recovery.found_clean", body: { reason } });
}

/** What keeps an incident from being closed or dismissed: every host whose way has no end yet. */
export function hostMatters(
  hosts: readonly RecoveringHost[],
): { kind: "host"; what: string; host: string }[] {
  return hosts
    .filter((host) => host.end === null)
    .map(({ id, name, connected }) => ({
      kind: "host" as const,
      what:
        connected === "none"
          ? `${name} is affected: it is neither back nor said to stay off`
          : `${name} is back on the network and not released yet`,
      host: id,
    }));
}

/** The refusal that a host's way has ended. */
export function ended({ name, end }: RecoveringHost): RecoveryRefusal {
  return { code: "recovery.ended", host: name, how: end?.how ?? "released" };
}

function settledGates({ host, plan, now }: AtHand): Body<"recovery.reconnected">["gates"] {
  return GATES.map((gate) => {
    const state = gateState(host, plan, gate, now);
    const cell = host.cells[gate];
    const until = state === "waived" && cell?.state === "waived" ? (cell.until as Instant) : null;
    return { gate, by: state === "waived" || state === "left_out" ? state : "proven", until };
  });
}

type Saying = {
  [Type in keyof RecoveryEntries]: { readonly type: Type; readonly body: Omit<Body<Type>, "host" | "name"> };
}[keyof RecoveryEntries];

function told(host: RecoveringHost, happened: Stamp, { type, body }: Saying): Decided {
  const incident: IncidentId = host.incident;
  const fact = { type, incident, happened, body: { host: host.id, name: host.name, ...body } };
  return accept(fact as RecoveryFact);
}
