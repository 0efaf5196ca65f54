import type { ShapeName } from "../ui/shape.tsx";
import type { HostCell, MatrixRow, RecoveringHost } from "./recovery-queries.ts";

/** How a gate stands, with a waiver that has ended told apart from a gate that nobody touched. */
export type CellLook = HostCell["state"] | "ended";

type Look = {
  readonly word: string;
  readonly shape: ShapeName;
  readonly tone: "ok" | "warn" | "critical" | "plain";
};

/** Each state of a gate as a word and a shape, so that it survives the loss of its colour. */
export const CELL_LOOKS: Readonly<Record<CellLook, Look>> = {
  open: { word: "open", shape: "ring", tone: "plain" },
  working: { word: "working", shape: "half", tone: "plain" },
  asked: { word: "asked", shape: "dots", tone: "plain" },
  proven: { word: "proven", shape: "check", tone: "ok" },
  waived: { word: "waived", shape: "onward", tone: "warn" },
  ended: { word: "ended", shape: "triangle", tone: "critical" },
  left_out: { word: "left out", shape: "dash", tone: "plain" },
};

/** Where a host stands on its way, in words. */
export const STAGE_WORDS: Readonly<Record<MatrixRow["stage"], string>> = {
  affected: "Affected",
  imaged: "Imaged",
  eradicated: "Eradicated",
  rebuilt: "Rebuilt",
  verified: "Verified",
  gates_passed: "Gates passed",
  reconnected_inside: "Reconnected inside",
  reconnected_outside: "Reconnected outside",
  watched: "Watched",
  released: "Released",
  kept_off: "Stays off",
  found_clean: "Not affected",
};

/** The tone that a stage is shown in. */
export function stageTone(stage: MatrixRow["stage"]): Look["tone"] {
  if (stage === "affected") return "critical";
  if (stage === "released" || stage === "found_clean" || stage === "gates_passed") return "ok";
  return stage === "kept_off" ? "plain" : "warn";
}

/** How a cell of the matrix looks. */
export function lookOf(cell: MatrixRow["cells"][number]): CellLook {
  return cell.state === "open" && cell.until !== "" ? "ended" : cell.state;
}

/** What stands between a host and the network, as the tip of a locked button says it. */
export function lockedText({ missing }: Pick<RecoveringHost, "missing">): string {
  if (missing.length === 0) return "";
  const shown = missing.slice(0, 6).join(", ");
  const more = missing.length - 6;
  return `Missing: ${shown}${more > 0 ? ` and ${more} more` : ""}`;
}
