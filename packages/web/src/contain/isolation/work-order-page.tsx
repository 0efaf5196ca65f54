import "../../document/evidence/custody-page.css";
import "../containment-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Incident } from "../../api/contract.ts";
import { incidentQuery, useNowAnswer } from "../../api/queries.ts";
import { Load } from "../../shell/load.tsx";
import { useNow } from "../../shell/now.ts";
import { PrintMarking } from "../../shell/print-marking.tsx";
import { Button } from "../../ui/button.tsx";
import { Printer } from "../../ui/icons.ts";
import { utcText } from "../../ui/moment-text.ts";
import { usePageTitle } from "../../ui/page-title.ts";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { type Isolation, isolationsQuery } from "../contain-queries.ts";
import { CardSteps } from "./instruction-card.tsx";
import { IsolationFacts } from "./isolation-panel.tsx";
import { STATES } from "./words.ts";

/** The work order for the network team, as it is printed: what, by whose authority, step by step. */
export function WorkOrderPage() {
  const { incident: code, isolation: id } = useParams({ from: "/in/work-order/$incident/$isolation" });
  const incident = useQuery(incidentQuery(code));
  const answer = useQuery(isolationsQuery(code));
  return (
    <Load answer={incident} label="the incident">
      {(about) => (
        <Load answer={answer} label="the work order">
          {(items) => {
            const isolation = items.find((each) => each.id === id);
            if (isolation === undefined) return <p className="quiet">There is no such work order.</p>;
            return <Sheet incident={about} isolation={isolation} />;
          }}
        </Load>
      )}
    </Load>
  );
}

function Sheet({ incident, isolation }: { readonly incident: Incident; readonly isolation: Isolation }) {
  const { organisation, person } = useNowAnswer();
  const title = `Work order, ${incident.code}: ${isolation.target.name}`;
  usePageTitle(title);
  const at = new Date(useNow()).toISOString();
  const approval = isolation.history.findLast((step) => step.state === "approved");
  return (
    <div className="custody-page">
      <PrintMarking tlp={incident.tlp} title={title} />
      <div className="custody-bar no-print">
        <Link
          to="/incidents/$incident/containment/$isolation"
          params={{ incident: incident.id, isolation: isolation.id }}
        >
          Back to the isolation
        </Link>
        <Button weight="primary" icon={Printer} onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <article className="custody-sheet">
        <div className="custody-top">
          <div>
            <p className="meta">{organisation}</p>
            <h1>
              Cut off: {isolation.target.name} ({isolation.target.kind})
            </h1>
            <p>
              {incident.code} · {STATES[isolation.state].word}
            </p>
          </div>
          <TlpLabel label={incident.tlp} />
        </div>
        <p>
          {approval
            ? `Authorised by ${approval.by}, ${utcText(approval.at)}, under ${approval.rule}.${approval.text ? ` Condition: ${approval.text}` : ""}`
            : "Not authorised yet: nothing of this may be done."}
        </p>
        <IsolationFacts isolation={isolation} />
        <h2>How to do it</h2>
        <CardSteps target={isolation.target} />
        <p>Done at ____________________ by ____________________ How it was made sure ____________________</p>
        <p className="meta">
          Printed by {person.name}, {person.title}, {utcText(at)}. {isolation.id}
        </p>
      </article>
    </div>
  );
}
