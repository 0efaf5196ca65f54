import "./tag.css";
import { Shape, type ShapeName } from "./shape.tsx";

/** A state as a word with a shape before it, so that it survives the loss of its colour. */
export function Tag({
  tone = "plain",
  shape,
  children,
}: {
  readonly tone?: "ok" | "warn" | "critical" | "plain";
  readonly shape?: ShapeName;
  readonly children: string;
}) {
  return (
    <span className={`tag ${tone}`}>
      {shape ? <Shape of={shape} /> : null}
      {children}
    </span>
  );
}
