import "./account-frame.css";
import type { ReactNode } from "react";
import { usePageTitle } from "../../ui/page-title.ts";

/** A page before sign-in: one question in the middle. */
export function AccountFrame({
  title,
  under,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly under?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <main className="account-frame">
      <div className={wide ? "account-card wide" : "account-card"}>
        <p className="account-brand">
          <img src="/jumpkit.svg" alt="" width={32} height={32} /> Jumpkit
        </p>
        <div>
          <h1>{title}</h1>
          {under ? <p className="quiet">{under}</p> : null}
        </div>
        {children}
      </div>
    </main>
  );
}
