import { type ReactNode, useContext } from "react";
import { asRefusal, type Refusal } from "../api/refusal.ts";
import { AskContext } from "./ask-context.ts";
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
  if (refusal.wish !== undefined) return <Wished refusal={refusal} />;
  return (
    <Notice tone="warn" title={refusal.message} {...(verb ? { verb } : {})}>
      {refusal.next}
      <WhoMay refusal={refusal} />
      {children}
    </Notice>
  );
}

/** What only lacks somebody's consent: the way to ask for it, where the shell provides one. */
function Wished({ refusal }: { readonly refusal: Refusal }) {
  const Ask = useContext(AskContext);
  return (
    <>
      <Notice tone="info" title={refusal.message}>
        <WhoMay refusal={refusal} />
      </Notice>
      {Ask && refusal.wish ? <Ask wish={refusal.wish} details={refusal.details} /> : null}
    </>
  );
}

/** The roles that may do what was refused, and the clause that says so. */
function WhoMay({ refusal: { details } }: { readonly refusal: Refusal }) {
  const roles = details["whoMay"] ?? details["approvers"];
  if (!Array.isArray(roles)) return null;
  return (
    <p>
      {rolesSentence(details, roles)}
      {typeof details["clause"] === "string" ? <span className="quiet"> “{details["clause"]}”</span> : null}
    </p>
  );
}

function rolesSentence(details: Refusal["details"], roles: readonly unknown[]): string {
  if (roles.length === 0) return "No role may do this.";
  if (details["whoMay"] !== undefined) return `Roles that may: ${roles.join(", ")}.`;
  const who = details["persons"] === 2 ? "Two different people have to consent" : "Consent is given by";
  return details["persons"] === 2 ? `${who}: ${roles.join(" or ")}.` : `${who} a ${roles.join(" or ")}.`;
}
