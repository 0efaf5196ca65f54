import "./policy-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { PolicyAnswer } from "../../api/contract.ts";
import { policyQuery, useNowAnswer } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Shape } from "../../ui/shape.tsx";
import { Acknowledgements } from "./acknowledgements.tsx";
import { Acknowledge, Adopt } from "./adopt.tsx";
import { ClausePanel } from "./clause-panel.tsx";
import { PolicyTable } from "./policy-table.tsx";

/** Who may do what, as managers signed it: the table, the clause behind each cell, and who has read it. */
export function PolicyPage() {
  const answer = useQuery(policyQuery);
  return (
    <Load answer={answer} label="the policy" rows={16}>
      {(policy) => <Policy policy={policy} />}
    </Load>
  );
}

function Policy({ policy: { inForce, shipped, actions } }: { readonly policy: PolicyAnswer }) {
  const { clause } = useSearch({ from: "/in/policy" });
  const manages = useNowAnswer().may.some(
    (each) => each.action === "policy.manage" && each.effect === "permitted",
  );
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/policy", search: {} });
  useKey("escape", leave);
  const document = inForce?.document ?? shipped;
  const row = document.rows.find(({ action }) => action === clause);
  const action = actions.find(({ id }) => id === clause);
  return (
    <div className="policy">
      <div>
        <PageHead title={document.title} under={<Standing inForce={inForce} />}>
          {inForce === null ? null : <PolicyLinks version={inForce.version} manages={manages} />}
        </PageHead>
        <div className="policy-call">
          {inForce === null ? <Adopt document={shipped} /> : <Acknowledge policy={inForce} />}
        </div>
        <div className="policy-key" aria-hidden="true">
          <span>
            <Shape of="check" /> permitted
          </span>
          <span>
            <Shape of="half" /> with the consent of M manager, L lead, H handler, C custodian
          </span>
          <span>
            <Shape of="cross" /> forbidden
          </span>
        </div>
        <PolicyTable document={document} actions={actions} chosen={clause} />
      </div>
      <div className={row ? "policy-side chosen" : "policy-side"}>
        {row && action ? (
          <ClausePanel row={row} action={action} version={inForce?.version} onClose={leave} />
        ) : (
          <Acknowledgements policy={inForce} />
        )}
      </div>
    </div>
  );
}

function PolicyLinks({ version, manages }: { readonly version: number; readonly manages: boolean }) {
  return (
    <nav className="policy-links" aria-label="The policy">
      <Link to="/policy/versions/$version" params={{ version: String(version) }}>
        Read and print it whole
      </Link>
      <Link to="/policy/versions">All versions</Link>
      {manages ? <Link to="/policy/draft">Write the next version</Link> : null}
    </nav>
  );
}

function Standing({ inForce }: { readonly inForce: PolicyAnswer["inForce"] }) {
  if (inForce === null)
    return "The policy that ships, made from what the source documents recommend. Not in force.";
  return (
    <>
      Version {inForce.version}, in force since <Moment at={inForce.adoptedAt} />, adopted by{" "}
      {inForce.adoptedBy}
    </>
  );
}
