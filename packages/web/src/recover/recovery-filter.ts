import type { GateId } from "@jumpkit/core";
import type { Matrix, MatrixRow } from "./recovery-queries.ts";
import { hasEnded, isBack, isSettled } from "./recovery-rows.ts";

/** What of the matrix is shown, and which gate is open beside it, as the address says. */
export type RecoverySearch = {
  readonly text?: string | undefined;
  readonly open?: "yes" | undefined;
  readonly gate?: GateId | undefined;
  readonly phase?: string | undefined;
  /** The gate whose proof stands in the panel. */
  readonly proof?: GateId | undefined;
  /** The host at the other end of the rows that are marked: what the panel does, it does for all of them. */
  readonly from?: string | undefined;
  /** What the panel opens with. */
  readonly act?: "waive" | undefined;
};

/** What an address asks for; what it does not understand is left out. */
export function recoverySearchFrom(search: Record<string, unknown>): RecoverySearch {
  return {
    text: textOf(search["text"]),
    open: search["open"] === "yes" ? "yes" : undefined,
    gate: gateOf(search["gate"]),
    phase: textOf(search["phase"]),
    proof: gateOf(search["proof"]),
    from: textOf(search["from"]),
    act: search["act"] === "waive" ? "waive" : undefined,
  };
}

/** The rows that fit, by words of the name, what is still open and phase; in the order of the phases and names. */
export function rowsShown(matrix: Matrix, search: RecoverySearch): readonly MatrixRow[] {
  const text = (search.text ?? "").trim().toLowerCase();
  const gateAt = matrix.gates.findIndex(({ id }) => id === search.gate);
  const shown = matrix.items.filter((row) => {
    if (text !== "" && !row.name.toLowerCase().includes(text)) return false;
    if (search.phase !== undefined && phaseKey(row) !== search.phase) return false;
    const cell = row.cells[gateAt];
    if (cell !== undefined && isSettled(cell)) return false;
    return search.open === undefined || row.missing.length > 0;
  });
  return shown.sort((a, b) => placeOf(a) - placeOf(b) || NAMES.compare(a.name, b.name));
}

/** `lab-2` before `lab-10`. */
const NAMES = new Intl.Collator("en", { numeric: true });

function placeOf({ phase }: MatrixRow): number {
  return phase?.order ?? 100;
}

/** The phase of a row as addresses name it; `none` for a host that is in no phase. */
export function phaseKey({ phase }: MatrixRow): string {
  return phase === null ? "none" : String(phase.order);
}

/** A phase with how far it has come. */
export interface PhaseProgress {
  readonly key: string;
  readonly name: string;
  /** How many of its hosts are back, or have ended their way otherwise. */
  readonly back: number;
  readonly hosts: number;
  /** The latest target day of its hosts; empty when none has one. */
  readonly targetOn: string;
}

/** The phases of the plan in their order, each with how many of its hosts are back; hosts in no phase come last. */
export function phasesOf(rows: readonly MatrixRow[]): readonly PhaseProgress[] {
  const phases = new Map<string, PhaseProgress>();
  const inOrder = [...rows].sort((a, b) => placeOf(a) - placeOf(b));
  for (const row of inOrder) {
    const key = phaseKey(row);
    const before = phases.get(key) ?? {
      key,
      name: row.phase?.name ?? "In no phase",
      back: 0,
      hosts: 0,
      targetOn: "",
    };
    phases.set(key, {
      ...before,
      back: before.back + (isBack(row) || hasEnded(row) ? 1 : 0),
      hosts: before.hosts + 1,
      targetOn: [before.targetOn, row.targetOn ?? ""].sort()[1] ?? "",
    });
  }
  return [...phases.values()];
}

/** The word as it stands: the router loads this file first, and must not wait for the rules to know their gates. */
function gateOf(value: unknown): GateId | undefined {
  return typeof value === "string" && /^[a-z_]{1,40}$/.test(value) ? (value as GateId) : undefined;
}

function textOf(value: unknown): string | undefined {
  const isText = typeof value === "string" || typeof value === "number";
  return isText && value !== "" ? String(value) : undefined;
}
