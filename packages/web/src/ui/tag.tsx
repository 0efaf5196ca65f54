import "./tag.css";

/** A state as a word with a shape before it, so that it survives the loss of its colour. */
export function Tag({
  tone = "plain",
  shape,
  children,
}: {
  readonly tone?: "ok" | "warn" | "critical" | "plain";
  readonly shape?: string;
  readonly children: string;
}) {
  return (
    <span className={`tag ${tone}`}>
      {shape ? <span aria-hidden="true">{shape}</span> : null}
      {children}
    </span>
  );
}
