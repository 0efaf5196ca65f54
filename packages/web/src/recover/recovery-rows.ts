import type { HostCell, MatrixGate, MatrixRow } from "./recovery-queries.ts";

/** Whether nothing is left to do about a cell. */
export function isSettled(cell: { readonly state: HostCell["state"] }): boolean {
  return cell.state === "proven" || cell.state === "waived" || cell.state === "left_out";
}

/**
 * The hosts from one to another in the order shown whose gate is still open, both ends included.
 *
 * @param from  the other end; only `to` itself where it is absent or not shown
 */
export function openBetween(
  rows: readonly MatrixRow[],
  gates: readonly MatrixGate[],
  { from, to, gate }: { readonly from: string | undefined; readonly to: string; readonly gate: string },
): readonly MatrixRow[] {
  const column = gates.findIndex(({ id }) => id === gate);
  const last = rows.findIndex(({ id }) => id === to);
  const other = rows.findIndex(({ id }) => id === from);
  const first = other < 0 ? last : other;
  return rows.slice(Math.min(first, last), Math.max(first, last) + 1).filter((row) => {
    const cell = row.cells[column];
    return cell !== undefined && !isSettled(cell) && !hasEnded(row);
  });
}

/** Whether the way of a host has an end: it is back for good, stays off, or was not affected. */
export function hasEnded({ stage }: Pick<MatrixRow, "stage">): boolean {
  return stage === "released" || stage === "kept_off" || stage === "found_clean";
}

/** Whether a host is on the network again. */
export function isBack({ connected }: Pick<MatrixRow, "connected">): boolean {
  return connected !== "none";
}
