import "./approval.css";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { newKey, perform } from "../../api/call.ts";
import type { Approval, OperationInput, OperationName } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { startDownload } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { Digest } from "../../ui/digest.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { approvalQuery } from "./approval-queries.ts";
import { missingWords, parameterLines, STANDING_WORDS } from "./approval-words.ts";
import { Asked, Conditions, namesOf } from "./asked.tsx";

/** One request for consent: what exactly, for whom and why, and the answer of whoever is asked. */
export function ApprovalPage() {
  const { approval: id } = useParams({ from: "/in/approvals/$approval" });
  const answer = useQuery(approvalQuery(id));
  return (
    <Load answer={answer} label="the request">
      {(approval) => (
        <div className="approval">
          <PageHead
            title={approval.title}
            under={
              approval.status === "requested"
                ? `${approval.askerName} asks for consent.`
                : `${approval.askerName} asked for consent. ${STANDING_WORDS[approval.status]}.`
            }
          />
          <div className="approval-body">
            {approval.mine ? <Mine approval={approval} /> : null}
            <What approval={approval} />
            {approval.mine ? null : <Decide approval={approval} />}
            <Exactly approval={approval} />
          </div>
        </div>
      )}
    </Load>
  );
}

function What({ approval }: { readonly approval: Approval }) {
  return (
    <>
      <Facts
        of={[
          ["To what", approval.thing],
          ["Why", approval.reason],
          ["What it breaks", approval.consequence],
          ["What else could be done", approval.alternative],
          ["In", approval.incident ? <InIncident key="in" approval={approval} /> : null],
          ["Asked by", approval.askerName],
          ["Asked at", <Moment key="at" at={approval.askedAt} />],
          ["Until", <Moment key="until" at={approval.expiresAt} />],
          ["Whose consent", missingWords(approval)],
          ["Consented", namesOf(approval)],
          ["The policy says", approval.clause],
        ]}
      />
      <Conditions approval={approval} />
    </>
  );
}

/** The act with every parameter, as it was asked for and as it will be done. */
function Exactly({ approval }: { readonly approval: Approval }) {
  return (
    <section className="approval-exactly" aria-label="Exactly this">
      <h2>Exactly this, and nothing else</h2>
      <Facts
        of={[
          ["operation", <code key="o">{approval.operation}</code>],
          ...parameterLines(approval.parameters),
        ]}
      />
      <p className="meta">
        Consent is bound to these words by <Digest value={approval.sha256} label="the digest of the act" />
      </p>
    </section>
  );
}

function InIncident({ approval }: { readonly approval: Approval }) {
  if (approval.incident === null || approval.incidentCode === null) return null;
  return (
    <Link to="/incidents/$incident" params={{ incident: approval.incident }}>
      {approval.incidentCode}
    </Link>
  );
}

function Decide({ approval }: { readonly approval: Approval }) {
  const [words, setWords] = useState("");
  const approve = useChange("approval.approve", "approval");
  const refuse = useChange("approval.refuse", "approval");
  if (!approval.decidable) return null;
  const pending = approve.isPending || refuse.isPending;
  return (
    <section className="approval-decide" aria-label="Your answer">
      <TextArea
        label="A condition, or why not"
        description="Leave it empty to consent as asked; refusing needs a reason."
        minRows={2}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <RefusalNotice fault={approve.error ?? refuse.error} />
      <div className="ask-verbs">
        <Button
          weight="primary"
          disabled={pending}
          onClick={() => approve.mutate({ approval: approval.id, condition: words.trim() })}
        >
          {words.trim() === "" ? "Approve" : "Approve with this condition"}
        </Button>
        <Button
          disabled={pending || words.trim() === ""}
          onClick={() => refuse.mutate({ approval: approval.id, reason: words.trim() })}
        >
          Refuse with this reason
        </Button>
      </div>
    </section>
  );
}

/** One's own request, where it can be done with everything that was asked for, long after its form was left. */
function Mine({ approval }: { readonly approval: Approval }) {
  const act = useMutation({
    mutationFn: () => doAsked(approval),
    onSuccess: (reply) => {
      if (reply.download !== undefined) startDownload(reply.download);
    },
  });
  if (act.isSuccess || approval.status === "used")
    return <Notice tone="ok" title="Done, and on the record" />;
  return (
    <div className="ask">
      <RefusalNotice fault={act.error} />
      <Asked id={approval.id} onAgain={() => window.history.back()} onDo={() => act.mutate()} />
    </div>
  );
}

function doAsked({ id, operation, subject, parameters }: Approval): Promise<{ readonly download?: string }> {
  // The names come from the record as text; the server knows each and refuses any other.
  const name = operation as OperationName;
  const thing = (subject === "" ? undefined : subject) as keyof OperationInput<typeof name> & string;
  return perform(name, thing, (parameters ?? {}) as never, newKey(), id) as Promise<{
    readonly download?: string;
  }>;
}
