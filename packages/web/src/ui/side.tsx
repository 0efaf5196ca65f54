import "./side.css";
import type { ReactNode } from "react";

/** A list, and at its right the panel that is open, if any. */
export function Side({ panel, children }: { readonly panel: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={panel ? "side open" : "side"}>
      <div>{children}</div>
      {panel ? <div className="side-panel">{panel}</div> : null}
    </div>
  );
}
