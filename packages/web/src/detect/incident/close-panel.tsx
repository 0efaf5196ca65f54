import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { Incident } from "../../api/contract.ts";
import { incidentQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Shape } from "../../ui/shape.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { DismissForm } from "./dismiss-form.tsx";

/** Ends an incident, or opens an ended one again: what is still open, one text, one button. */
export function ClosePanel() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident/log/close" });
  const navigate = useNavigate();
  const answer = useQuery(incidentQuery(id));
  const leave = () => void navigate({ to: "/incidents/$incident", params: { incident: id } });
  // What is closed has its whole report: it is the next thing that somebody reads.
  const report = () => void navigate({ to: "/incidents/$incident/report", params: { incident: id } });
  useKey("escape", leave);
  return (
    <Load answer={answer} label="the incident">
      {(incident) => (
        <Panel title={titleOf(incident)} onClose={leave}>
          <Ending incident={incident} onDone={leave} onClosed={report} />
        </Panel>
      )}
    </Load>
  );
}

function titleOf({ status, code }: Incident): string {
  if (status === "declared") return `Close ${code}`;
  return status === "reported" ? `Dismiss ${code}` : `Open ${code} again`;
}

function Ending({ incident, onDone, onClosed }: FormProps & { readonly onClosed: () => void }) {
  if (incident.status === "declared") return <CloseForm incident={incident} onDone={onClosed} />;
  if (incident.status === "reported") return <DismissForm incident={incident} onDone={onDone} />;
  return <ReopenForm incident={incident} onDone={onDone} />;
}

type FormProps = { readonly incident: Incident; readonly onDone: () => void };

function CloseForm({ incident, onDone }: FormProps) {
  const [draft, setDraft, discard] = useDraft(`close.${incident.id}`, { summary: "" });
  const close = useChange("incident.close", "incident", () => {
    discard();
    onDone();
  });
  return (
    <Form
      verb={`Close ${incident.code}`}
      says="Its report is shown next. It can be opened again."
      ready={draft.summary.trim() !== ""}
      pending={close.isPending}
      fault={close.error}
      onSubmit={() => close.mutate({ incident: incident.id, summary: draft.summary })}
    >
      <StillOpen incident={incident} />
      <TextArea
        label="What happened, and how does it stand now?"
        description="Two sentences that a manager can read"
        minRows={4}
        value={draft.summary}
        onChange={(event) => setDraft({ summary: event.currentTarget.value })}
      />
    </Form>
  );
}

function ReopenForm({ incident, onDone }: FormProps) {
  const [draft, setDraft, discard] = useDraft(`reopen.${incident.id}`, { reason: "" });
  const reopen = useChange("incident.reopen", "incident", () => {
    discard();
    onDone();
  });
  return (
    <Form
      verb={`Open ${incident.code} again`}
      ready={draft.reason.trim() !== ""}
      pending={reopen.isPending}
      fault={reopen.error}
      onSubmit={() => reopen.mutate({ incident: incident.id, reason: draft.reason })}
    >
      <TextArea
        label="Why?"
        minRows={3}
        value={draft.reason}
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
      />
    </Form>
  );
}

/** The questions that have to be settled first, each leading to where it is settled. */
function StillOpen({ incident }: { readonly incident: Incident }) {
  if (incident.open.length === 0) return <p className="quiet">Nothing is in the way.</p>;
  return (
    <section className="panel-section" aria-label="Still open">
      <h3>Settle these first</h3>
      <ul className="still-open">
        {incident.open.map((question) => (
          <li key={question.what}>
            <Shape of="ring" />
            <span>
              {question.what} <SettleLink incident={incident.id} question={question} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SettleLink({
  incident,
  question,
}: {
  readonly incident: string;
  readonly question: Incident["open"][number];
}) {
  if (question.evidence !== undefined) {
    return (
      <Link to="/incidents/$incident/evidence/$item" params={{ incident, item: question.evidence }}>
        Show the item
      </Link>
    );
  }
  if (question.isolation !== undefined) {
    return (
      <Link
        to="/incidents/$incident/containment/$isolation"
        params={{ incident, isolation: question.isolation }}
      >
        Show the isolation
      </Link>
    );
  }
  if (question.host !== undefined) {
    return (
      <Link to="/incidents/$incident/recovery/$host" params={{ incident, host: question.host }}>
        Show the host
      </Link>
    );
  }
  if (question.kind === "break_glass") return <Link to="/break-glass">Review it</Link>;
  if (question.kind === "review") {
    return (
      <Link to="/incidents/$incident/lessons" params={{ incident }}>
        Review the lessons
      </Link>
    );
  }
  if (question.kind === "unrated") {
    return (
      <Link to="/incidents/$incident/assessment" params={{ incident }}>
        Rate it
      </Link>
    );
  }
  return (
    <Link to="/incidents/$incident/facts" params={{ incident }}>
      Name a lead
    </Link>
  );
}
