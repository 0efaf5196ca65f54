import "./priority-mark.css";
import { Shape, type ShapeName } from "./shape.tsx";

/** The four steps derived from the three NIST scales, and `unrated` before anybody rated. */
export type Priority = "critical" | "high" | "medium" | "low" | "unrated";

const SIGNS: Readonly<Record<Priority, { readonly shape: ShapeName; readonly letter: string }>> = {
  critical: { shape: "triangle", letter: "C" },
  high: { shape: "diamond", letter: "H" },
  medium: { shape: "disc", letter: "M" },
  low: { shape: "ring", letter: "L" },
  unrated: { shape: "dash", letter: "" },
};

/** A priority by shape and letter, with its word unless there is no room for it. */
export function PriorityMark({
  priority,
  short = false,
}: {
  readonly priority: Priority;
  readonly short?: boolean;
}) {
  const word = `${priority.slice(0, 1).toUpperCase()}${priority.slice(1)}`;
  const { shape, letter } = SIGNS[priority];
  return (
    <span className={`priority ${priority}`} title={short ? `Priority: ${word}` : undefined}>
      <span className="priority-shape" aria-hidden="true">
        <Shape of={shape} />
        {letter}
      </span>
      {short ? <span className="unseen">Priority {word}</span> : <span>{word}</span>}
    </span>
  );
}
