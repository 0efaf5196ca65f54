import "./progress-bar.css";

/** How much of `max` is done. */
export function ProgressBar({
  value,
  max,
  label,
}: {
  readonly value: number;
  readonly max: number;
  readonly label: string;
}) {
  return <progress className="progress-bar" value={value} max={max} aria-label={label} />;
}
