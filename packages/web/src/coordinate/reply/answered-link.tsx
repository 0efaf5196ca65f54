import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyRow } from "./reply-queries.ts";

/** A link to what a reply answers, or to the replies while nobody knows. */
export function AnsweredLink({
  reply: { incident, notification, advisory },
  children,
}: {
  readonly reply: Pick<ReplyRow, "incident" | "notification" | "advisory">;
  readonly children: ReactNode;
}) {
  if (incident !== null && notification !== null) {
    return (
      <Link to="/incidents/$incident/notify/$notification" params={{ incident, notification }}>
        {children}
      </Link>
    );
  }
  if (advisory === null) return <Link to="/replies">{children}</Link>;
  return (
    <Link to="/advisories/$advisory" params={{ advisory }}>
      {children}
    </Link>
  );
}
