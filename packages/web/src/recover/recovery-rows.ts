import type { HostCell, MatrixRow } from "./recovery-queries.ts";

/** Whether nothing is left to do about a cell. */
export function isSettled(cell: { readonly state: HostCell["state"] }): boolean {
  return cell.state === "proven" || cell.state === "waived" || cell.state === "left_out";
}

/** Whether the way of a host has an end: it is back for good, stays off, or was not affected. */
export function hasEnded({ stage }: Pick<MatrixRow, "stage">): boolean {
  return stage === "released" || stage === "kept_off" || stage === "found_clean";
}

/** Whether a host is on the network again. */
export function isBack({ connected }: Pick<MatrixRow, "connected">): boolean {
  return connected !== "none";
}
