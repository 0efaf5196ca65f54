import type { ReactNode } from "react";
import { asRefusal } from "../api/refusal.ts";
import { Notice } from "./notice.tsx";

/** A refusal where it happened: what, and the next step. Nothing while there is none. */
export function RefusalNotice({
  fault,
  verb,
  children,
}: {
  readonly fault: unknown;
  readonly verb?: ReactNode;
  readonly children?: ReactNode;
}) {
  if (fault === null || fault === undefined) return null;
  const refusal = asRefusal(fault);
  return (
    <Notice tone="warn" title={refusal.message} {...(verb ? { verb } : {})}>
      {refusal.next}
      <WhoMay refusal={refusal} />
      {children}
    </Notice>
  );
}

/** The roles that may do what was refused, and the clause that says so. */
function WhoMay({ refusal: { details } }: { readonly refusal: ReturnType<typeof asRefusal> }) {
  const roles = details["whoMay"] ?? details["approvers"];
  if (!Array.isArray(roles)) return null;
  return (
    <p>
      {roles.length === 0 ? "No role may do this." : `Roles that may: ${roles.join(", ")}.`}
      {typeof details["clause"] === "string" ? <span className="quiet"> “{details["clause"]}”</span> : null}
    </p>
  );
}
