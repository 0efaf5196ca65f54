import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Approval } from "../../api/contract.ts";
import { peopleQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { nameList } from "../people/whom-to-ask.ts";
import { approvalQuery } from "./approval-queries.ts";
import { isOpenRequest, STANDING_WORDS } from "./approval-words.ts";
import { VoiceConsent } from "./voice-consent.tsx";

/** What becomes of a request, as it happens: who can consent, who did, and the act itself once it may be done. */
export function Asked({
  id,
  onDo,
  onAgain,
}: {
  readonly id: string;
  readonly onDo: (approval: string) => void;
  readonly onAgain: () => void;
}) {
  const { data: approval, error } = useQuery(approvalQuery(id));
  if (error) return <RefusalNotice fault={error} />;
  if (approval === undefined) return null;
  if (approval.status === "requested") return <Waiting approval={approval} />;
  if (approval.status === "approved") {
    return (
      <Notice
        tone="ok"
        title={`${namesOf(approval)} consented`}
        verb={
          <Button weight="primary" onClick={() => onDo(approval.id)}>
            Do it now
          </Button>
        }
      >
        <Conditions approval={approval} />
        To be used until <Moment at={approval.expiresAt} />, once.
      </Notice>
    );
  }
  return (
    <Notice
      tone="warn"
      title={`${STANDING_WORDS[approval.status]}${approval.status === "refused" ? ` by ${approval.ended?.by}` : ""}`}
      verb={<Button onClick={onAgain}>Ask again</Button>}
    >
      {approval.ended?.reason}
    </Notice>
  );
}

function Waiting({ approval }: { readonly approval: Approval }) {
  const { data: people } = useQuery(peopleQuery);
  const withdraw = useChange("approval.withdraw", "approval");
  const others = (people ?? []).filter((person) => person.id !== approval.asker);
  return (
    <>
      <Notice
        tone="info"
        title={`Waiting for ${nameList(approval.approvers, others)}`}
        verb={
          <Button
            disabled={withdraw.isPending}
            onClick={() => withdraw.mutate({ approval: approval.id, reason: "" })}
          >
            Take it back
          </Button>
        }
      >
        {approval.persons === 2 ? <p>{approval.consents.length} of two people have consented. </p> : null}
        Until <Moment at={approval.expiresAt} />. They see it on their Now page, and on a phone at{" "}
        <a href={`/approve/${approval.id}`}>this address</a>.
      </Notice>
      <RefusalNotice fault={withdraw.error} />
      <VoiceConsent approval={approval} />
    </>
  );
}

/** What those who consented asked for in return. */
export function Conditions({ approval }: { readonly approval: Approval }) {
  const conditions = approval.consents.filter((consent) => consent.condition !== "");
  if (conditions.length === 0) return null;
  return (
    <ul className="approval-conditions">
      {conditions.map((consent) => (
        <li key={consent.person}>
          <b>Under this condition:</b> {consent.condition} <span className="meta">({consent.name})</span>
        </li>
      ))}
    </ul>
  );
}

/** Everybody who consented, by name. */
export function namesOf({ consents }: Approval): string {
  return consents.map((consent) => consent.name).join(" and ");
}

/** A request of this person's on Now: where it stands, in one line. */
export function AskedRow({ approval }: { readonly approval: Approval }) {
  return (
    <li className={isOpenRequest(approval) ? "" : "quiet"}>
      <Link to="/approvals/$approval" params={{ approval: approval.id }}>
        {approval.title}
      </Link>{" "}
      {approval.thing} <span className="meta">· {STANDING_WORDS[approval.status]}</span>
    </li>
  );
}
