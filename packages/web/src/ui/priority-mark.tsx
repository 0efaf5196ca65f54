import "./priority-mark.css";

/** The four steps derived from the three NIST scales, and `unrated` before anybody rated. */
export type Priority = "critical" | "high" | "medium" | "low" | "unrated";

const SHAPES: Readonly<Record<Priority, string>> = {
  critical: "▲ C",
  high: "◆ H",
  medium: "● M",
  low: "○ L",
  unrated: "–",
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
  return (
    <span className={`priority ${priority}`} title={short ? `Priority: ${word}` : undefined}>
      <span className="priority-shape" aria-hidden="true">
        {SHAPES[priority]}
      </span>
      {short ? <span className="unseen">Priority {word}</span> : <span>{word}</span>}
    </span>
  );
}
