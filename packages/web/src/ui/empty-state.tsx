import "./empty-state.css";
import type { ReactNode } from "react";

/** What belongs here in one sentence, one button, and the same from the shell. */
export function EmptyState({
  title,
  shell,
  verb,
  children,
}: {
  readonly title: string;
  readonly shell?: string;
  readonly verb?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <h2>{title}</h2>
      {children ? <p className="quiet">{children}</p> : null}
      {verb}
      {shell ? (
        <p className="meta">
          or from the shell: <code className="shell-line">{shell}</code>
        </p>
      ) : null}
    </div>
  );
}
