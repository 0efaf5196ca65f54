import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { Panel } from "../../ui/panel.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { type Isolation, isolationsQuery } from "../contain-queries.ts";
import { ConnectorRuns } from "./connector-runs.tsx";
import { InstructionCard } from "./instruction-card.tsx";
import { IsolationSteps } from "./isolation-steps.tsx";
import { CareTag, IsolationTag } from "./state-tag.tsx";
import { ALTERNATIVES, CRITERIA, DURATIONS, labelOf, NEEDS, STATES } from "./words.ts";

/** One isolation: where it stands, the next step, the card for whoever does it, and everything that happened. */
export function IsolationPanel() {
  const { incident, isolation: id } = useParams({
    from: "/in/incidents/$incident/containment/$isolation",
  });
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/incidents/$incident/containment", params: { incident } });
  useKey("escape", leave);
  const answer = useQuery(isolationsQuery(incident));
  return (
    <Load answer={answer} label="the isolation">
      {(items) => {
        const isolation = items.find((each) => each.id === id);
        return (
          <Panel title={isolation?.target.name ?? "No such isolation"} onClose={leave}>
            {isolation ? <About isolation={isolation} /> : <p>It is none of this incident's.</p>}
          </Panel>
        );
      }}
    </Load>
  );
}

function About({ isolation }: { readonly isolation: Isolation }) {
  const toDo = isolation.state === "approved" || isolation.state === "done";
  return (
    <>
      <Verbs>
        <IsolationTag state={isolation.state} />
        <CareTag care={isolation.care} />
        <Link
          to="/work-order/$incident/$isolation"
          params={{ incident: isolation.incident, isolation: isolation.id }}
        >
          Work order
        </Link>
      </Verbs>
      <ConnectorRuns runs={isolation.runs} />
      <IsolationSteps key={isolation.state} isolation={isolation} />
      {toDo ? <InstructionCard target={isolation.target} /> : null}
      <IsolationFacts isolation={isolation} />
      <section className="panel-section" aria-label="What happened">
        <h3>What happened</h3>
        <ol className="step-list">
          {isolation.history.map((step) => (
            <li key={`${step.at} ${step.state}`}>
              <span className="meta mono">{utcText(step.at)}</span>
              <span>
                {STATES[step.state].word} by {step.by}
                {step.text ? `: ${step.text}` : ""}
                {step.rule ? <span className="meta"> {step.rule}</span> : null}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

/** What was written down with the request. */
export function IsolationFacts({ isolation }: { readonly isolation: Isolation }) {
  const { target, alternative, decision, care } = isolation;
  const weighed = CRITERIA.flatMap(({ key, label, choices }) => {
    const said = labelOf(choices, decision?.[key]);
    return said === "" ? [] : [`${label}: ${said.toLowerCase()}`];
  });
  return (
    <Facts
      of={[
        ["Falls under", NEEDS[isolation.needs]],
        ["Why", isolation.why],
        ["Addresses", target.addresses.join(", ")],
        ["Stands still", [...isolation.consequences, isolation.consequence].filter(Boolean).join(" ")],
        [
          "Instead of it",
          [labelOf(ALTERNATIVES, alternative?.considered), alternative?.text].filter(Boolean).join(". "),
        ],
        ["Meant for", labelOf(DURATIONS, decision?.duration)],
        ["Weighed", weighed.join("; ")],
        ["Undone by", isolation.undo],
        ["Owner", isolation.ownerName],
        [
          "Look again by",
          care === "not_needed" || isolation.reviewAt === null ? (
            ""
          ) : (
            <Moment key="r" at={isolation.reviewAt} />
          ),
        ],
      ]}
    />
  );
}
