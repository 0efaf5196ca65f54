import "./panel.css";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { X } from "./icons.ts";

/** The region at the right: what exactly. `onClose` is absent where it always stands. */
export function Panel({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {onClose ? <IconButton label="Close the panel" icon={X} onClick={onClose} /> : null}
      </div>
      <div className="panel-body">{children}</div>
    </section>
  );
}
