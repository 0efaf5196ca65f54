import "./verbs.css";
import type { ReactNode } from "react";

/** Verbs side by side, with the words that belong to them. */
export function Verbs({ children }: { readonly children: ReactNode }) {
  return <div className="verbs">{children}</div>;
}
