import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Incident } from "../../api/contract.ts";
import { incidentQuery, itemsOfIncidentQuery, useNameOf } from "../../api/queries.ts";
import { StateTag } from "../../document/evidence/state-tag.tsx";
import { LineWords } from "../../document/log/line-words.tsx";
import { RecoverySummary } from "../../recover/recovery-summary.tsx";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { ChecklistSummary } from "../checklist/checklist-summary.tsx";
import { DeclareButton } from "./declare-button.tsx";
import { StatusTag } from "./incident-list.tsx";
import { LeadField } from "./lead-field.tsx";
import { FUNCTIONAL, INFORMATION, labelIn, ORIGINS, RECOVERABILITY, VECTORS } from "./words.ts";

/** An incident at a glance: how bad and why, who leads, what was seen, what was taken, what comes next. */
export function IncidentFacts({ id, onClose }: { readonly id: string; readonly onClose?: () => void }) {
  const answer = useQuery(incidentQuery(id));
  return (
    <Load answer={answer} label="the incident">
      {(incident) => (
        <Panel title={incident.title} onClose={onClose}>
          <Verbs>
            <StatusTag incident={incident} />
            <TlpLabel label={incident.tlp} />
            {incident.status === "reported" ? <DeclareButton incident={incident} /> : null}
          </Verbs>
          <Rating incident={incident} />
          <Lead incident={incident} />
          <section className="panel-section" aria-label="What was seen">
            <div className="panel-section-head">
              <h3>What was seen</h3>
              {isOpen(incident) ? (
                <Link to="/incidents/$incident/describe" params={{ incident: id }}>
                  Change
                </Link>
              ) : null}
            </div>
            <p className="prose pre">
              <LineWords text={incident.description} />
            </p>
            <Facts
              of={[
                ["Told by", incident.reportedBy],
                ["Reported", <Moment key="r" at={incident.reportedAt} />],
                ["Declared", incident.declaredAt ? <Moment key="d" at={incident.declaredAt} /> : ""],
                ["Closed", incident.closedAt ? <Moment key="c" at={incident.closedAt} /> : ""],
                ["Came in by", labelIn(VECTORS, incident.vector)],
                ["From", labelIn(ORIGINS, incident.origin)],
              ]}
            />
          </section>
          <div>
            <Link to="/incidents/$incident/scope" params={{ incident: id }}>
              Scope and team
            </Link>
          </div>
          <ChecklistSummary incident={id} />
          <RecoverySummary incident={id} />
          <Evidence id={id} />
          <Ending incident={incident} />
        </Panel>
      )}
    </Load>
  );
}

function Rating({ incident }: { readonly incident: Incident }) {
  const { rating } = incident;
  const open = isOpen(incident);
  return (
    <section className="panel-section" aria-label="Priority">
      <div className="panel-section-head">
        <h3>
          <PriorityMark priority={incident.priority ?? "unrated"} />
        </h3>
        {open ? (
          <Link
            to="/incidents/$incident/assessment"
            params={{ incident: incident.id }}
            className={buttonLooks({
              weight: rating === null && incident.status === "declared" ? "primary" : "quiet",
            })}
          >
            {rating === null ? "Rate impact" : "Rate again"}
          </Link>
        ) : null}
      </div>
      {rating === null ? (
        <p className="quiet">Three questions give the priority. Nothing is assumed.</p>
      ) : (
        <>
          <p>Because {rating.because}.</p>
          <Facts
            of={[
              ["Functional", likely(rating)],
              ["Information", rating.informationImpact.map((each) => labelIn(INFORMATION, each)).join(", ")],
              ["Recovery", labelIn(RECOVERABILITY, rating.recoverability)],
              ["Rated", <Moment key="r" at={rating.ratedAt} utcOnly />],
            ]}
          />
        </>
      )}
    </section>
  );
}

function isOpen({ status }: Incident): boolean {
  return status === "reported" || status === "declared";
}

function likely({ functionalImpact, functionalImpactLikely }: NonNullable<Incident["rating"]>): string {
  const now = labelIn(FUNCTIONAL, functionalImpact);
  if (functionalImpact === functionalImpactLikely) return now;
  return `${now} now, ${labelIn(FUNCTIONAL, functionalImpactLikely).toLowerCase()} if not contained`;
}

function Lead({ incident }: { readonly incident: Incident }) {
  const nameOf = useNameOf();
  const open = isOpen(incident);
  return (
    <section className="panel-section" aria-label="Lead">
      {open ? (
        <LeadField incident={incident} />
      ) : (
        <Facts of={[["Lead", nameOf(incident.lead) ?? (incident.lead === null ? "nobody" : "somebody")]]} />
      )}
    </section>
  );
}

function Evidence({ id }: { readonly id: string }) {
  const { data: items } = useQuery(itemsOfIncidentQuery(id));
  return (
    <section className="panel-section" aria-label="Evidence">
      <div className="panel-section-head">
        <h3>Evidence</h3>
        <Link to="/incidents/$incident/evidence/take" params={{ incident: id }}>
          Take
        </Link>
      </div>
      {items?.length === 0 ? <p className="quiet">Nothing taken yet.</p> : null}
      <ul className="fact-items">
        {items?.map((item) => (
          <li key={item.id}>
            <Link
              to="/incidents/$incident/evidence/$item"
              params={{ incident: id, item: item.id }}
              className="cut"
            >
              {item.number} · {item.identification.what}
            </Link>
            <StateTag state={item.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ending({ incident }: { readonly incident: Incident }) {
  const ended = incident.status === "closed" || incident.status === "dismissed";
  const word = incident.status === "declared" ? "Close the incident" : "Dismiss it";
  return (
    <Verbs>
      <Link to="/incidents/$incident/close" params={{ incident: incident.id }} className={buttonLooks({})}>
        {ended ? "Open it again" : word}
      </Link>
      <Link
        to="/incidents/$incident/case-file"
        params={{ incident: incident.id }}
        className={buttonLooks({})}
      >
        Hand out the case file
      </Link>
    </Verbs>
  );
}
