import "./filter.css";

/** A small switch in a row of filters; it stays pressed while it holds. */
export function Toggle({
  on,
  onPress,
  children,
}: {
  readonly on: boolean;
  readonly onPress: () => void;
  readonly children: string;
}) {
  return (
    <button
      type="button"
      className={on ? "filter-link active" : "filter-link"}
      aria-pressed={on}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
