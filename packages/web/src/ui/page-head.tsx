import "./page-head.css";
import type { ReactNode } from "react";
import { usePageTitle } from "./page-title.ts";

/** The page's name, one line under it, and its verbs at the right. Names the browser's tab too. */
export function PageHead({
  title,
  under,
  children,
}: {
  readonly title: string;
  readonly under?: ReactNode;
  readonly children?: ReactNode;
}) {
  usePageTitle(title);
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {under ? <p className="quiet">{under}</p> : null}
      </div>
      {children ? <div className="page-head-verbs">{children}</div> : null}
    </div>
  );
}
