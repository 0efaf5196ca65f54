import "./empty-state.css";
import type { ReactNode } from "react";

/** What belongs here in one sentence, and one button. */
export function EmptyState({
  title,
  verb,
  children,
}: {
  readonly title: string;
  readonly verb?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <h2>{title}</h2>
      {children ? <p className="quiet">{children}</p> : null}
      {verb}
    </div>
  );
}
