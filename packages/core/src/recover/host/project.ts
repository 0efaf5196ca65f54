import type { Entry } from "../../document/log/entry.ts";
import type { PersonId, RecoveryId } from "../../kernel/id.ts";
import { GATES, type GateId } from "../../prepare/playbook/gate.ts";
import type { Cell, Cells, GatePlan, RecoveringHost, RecoveryEntries } from "./host.ts";
import { type Named, proofText } from "./proof.ts";

type RecoveryEntry = Entry<RecoveryEntries>;
type EntryOf<Type extends keyof RecoveryEntries> = Extract<RecoveryEntry, { readonly type: Type }>;

const UNKNOWN: Named = { id: "psn_00000000000000000000000000" as PersonId, name: "(withheld)" };
const WITHHELD = "(withheld)";

/** The host that an entry is about; `null` when it is about every host of the incident, or no longer says. */
export function hostOf(entry: RecoveryEntry): RecoveryId | null {
  return entry.body.host ?? null;
}

/** The host after one more entry about it. */
export function projectHost(
  before: RecoveringHost | undefined,
  entry: RecoveryEntry,
): RecoveringHost | undefined {
  if (entry.type === "recovery.host_affected") return affected(entry) ?? before;
  return before && { ...before, ...changes(before, entry) };
}

/** What is said of every host's gates after one more `gate.left_out` or `gate.required`. */
export function projectGatePlan(before: GatePlan | undefined, entry: RecoveryEntry): GatePlan | undefined {
  if (entry.incident === null) return before;
  const plan = before ?? { incident: entry.incident, adapted: {} };
  if (entry.type !== "gate.left_out" && entry.type !== "gate.required") return before;
  return { ...plan, adapted: adapted(plan.adapted, entry) };
}

/**
 * The cells that are left when a gate is opened again or done anew.
 *
 * What was proved of a system says nothing of the one that is installed after it: when `rebuilt` changes,
 * every later proof falls, and only waivers, which speak of the gate and not of the host, stay.
 */
export function withoutProofsAfter(cells: Cells, gate: GateId): Cells {
  if (gate !== "rebuilt") return cells;
  return keep(cells, (each, cell) => each === "imaged" || each === "rebuilt" || cell.state === "waived");
}

function keep(cells: Cells, kept: (gate: GateId, cell: Cell) => boolean): Cells {
  return Object.fromEntries(
    GATES.flatMap((gate) => {
      const cell = cells[gate];
      return cell !== undefined && kept(gate, cell) ? [[gate, cell]] : [];
    }),
  );
}

function affected(entry: EntryOf<"recovery.host_affected">): RecoveringHost | undefined {
  const { host, name, asset, reason, phase, targetOn } = entry.body;
  if (host === undefined || entry.incident === null) return undefined;
  return {
    id: host,
    incident: entry.incident,
    name: name ?? WITHHELD,
    asset: asset ?? null,
    reason: reason ?? WITHHELD,
    phase: phase ?? null,
    targetOn: targetOn ?? null,
    round: 1,
    eradicated: {},
    cells: {},
    adapted: {},
    connected: "none",
    reconnected: null,
    watched: null,
    end: null,
    affectedAt: entry.happenedAt,
  };
}

function changes(
  before: RecoveringHost,
  entry: Exclude<RecoveryEntry, { type: "recovery.host_affected" }>,
): Partial<RecoveringHost> {
  const told = toldBy(entry);
  switch (entry.type) {
    case "recovery.planned":
      return { phase: entry.body.phase ?? null, targetOn: entry.body.targetOn ?? null };
    case "recovery.eradicated": {
      const { step, found = "removed", how = WITHHELD } = entry.body;
      return step === undefined
        ? {}
        : { eradicated: { ...before.eradicated, [step]: { ...told, found, how } } };
    }
    case "recovery.returned":
      return returned(before, entry);
    case "recovery.reconnected":
      return { connected: entry.body.where ?? "inside", reconnected: told, watched: null };
    case "recovery.watched":
      return {
        watched: entry.body.found === "nothing" ? { ...told, how: entry.body.how ?? WITHHELD } : null,
      };
    case "recovery.released":
      return { end: { ...told, how: "released", reason: entry.body.note ?? "" } };
    case "recovery.kept_off":
      return { end: { ...told, how: "kept_off", reason: entry.body.reason ?? WITHHELD } };
    case "recovery.found_clean":
      return { end: { ...told, how: "found_clean", reason: entry.body.reason ?? WITHHELD } };
    case "gate.left_out":
    case "gate.required":
      return { adapted: adapted(before.adapted, entry) };
    default:
      return { cells: cellsAfter(before.cells, entry) };
  }
}

/**
 * A host that is affected again starts anew. A copy of its disk stays good while the host never left our hands;
 * once it was back on the network, what there is to copy is another state.
 */
function returned(before: RecoveringHost, entry: EntryOf<"recovery.returned">): Partial<RecoveringHost> {
  const untouched = before.reconnected === null && before.end?.how !== "found_clean";
  return {
    round: before.round + 1,
    reason: entry.body.reason ?? WITHHELD,
    eradicated: {},
    cells: untouched ? keep(before.cells, (gate, { state }) => gate === "imaged" && state === "proven") : {},
    connected: "none",
    reconnected: null,
    watched: null,
    end: null,
  };
}

type CellEntry = EntryOf<"gate.begun" | "gate.claimed" | "gate.proven" | "gate.waived" | "gate.withdrawn">;

function cellsAfter(before: Cells, entry: CellEntry): Cells {
  const { gate } = entry.body;
  if (gate === undefined) return before;
  const cell = cellAfter(entry);
  if (cell?.state === "proven" || cell === undefined) {
    const { [gate]: _, ...others } = withoutProofsAfter(before, gate);
    return cell === undefined ? others : { ...others, [gate]: cell };
  }
  return { ...before, [gate]: cell };
}

function cellAfter(entry: CellEntry): Cell | undefined {
  const told = toldBy(entry);
  switch (entry.type) {
    case "gate.begun":
      return { ...told, state: "working" };
    case "gate.claimed": {
      const { asked = UNKNOWN, names = WITHHELD, note = WITHHELD } = entry.body;
      return { ...told, state: "asked", asked, names, note };
    }
    case "gate.proven": {
      const { proof, names = WITHHELD, note = WITHHELD } = entry.body;
      return {
        ...told,
        state: "proven",
        kind: proof?.kind ?? "withheld",
        what: proofText(proof),
        names,
        note,
      };
    }
    case "gate.waived": {
      // A waiver whose end the record no longer shows has ended.
      const { reason = WITHHELD, until = entry.recordedAt } = entry.body;
      return { ...told, state: "waived", reason, until };
    }
    case "gate.withdrawn":
      return undefined;
  }
}

function adapted(
  before: GatePlan["adapted"],
  entry: EntryOf<"gate.left_out" | "gate.required">,
): GatePlan["adapted"] {
  const { gate, reason = WITHHELD } = entry.body;
  if (gate === undefined) return before;
  return { ...before, [gate]: { ...toldBy(entry), required: entry.type === "gate.required", reason } };
}

function toldBy(entry: RecoveryEntry) {
  const { actor } = entry;
  return {
    by: actor === undefined ? UNKNOWN : { id: actor.id, name: actor.name },
    at: entry.recordedAt,
    seq: entry.incidentSeq ?? 0,
  };
}
