import "./scope-panel.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Incident } from "../../api/contract.ts";
import { incidentQuery, useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { GrantsField } from "../../coordinate/grants-field.tsx";
import { teamsQuery } from "../../prepare/register/register-queries.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { utcText } from "../../ui/moment-text.ts";
import { Panel } from "../../ui/panel.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type Scope, scopeQuery } from "./scope-query.ts";

type Element = Scope["items"][number];
type State = "suspected" | "affected" | "cleared";

const STATES: ReadonlyArray<{ readonly value: State; readonly label: string }> = [
  { value: "suspected", label: "Suspected" },
  { value: "affected", label: "Affected" },
  { value: "cleared", label: "Cleared" },
];
const KINDS = [
  { value: "host", label: "Host" },
  { value: "account", label: "Account" },
  { value: "network", label: "Network" },
  { value: "site", label: "Site" },
  { value: "service", label: "Service" },
] as const;
const TONES = { suspected: "warn", affected: "critical", cleared: "ok", ruled_out: "plain" } as const;
const STATE_WORDS = {
  suspected: "suspected",
  affected: "affected",
  cleared: "cleared",
  ruled_out: "ruled out",
};

/** What an incident touches: how it stands with each, why, and how that came to be; and the team that has it. */
export function ScopePanel() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident/log/scope" });
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/incidents/$incident", params: { incident: id } });
  useKey("escape", leave);
  const incident = useQuery(incidentQuery(id));
  const scope = useQuery(scopeQuery(id));
  const guest = useNowAnswer().may.every(
    (row) => row.action !== "incident.read" || row.effect !== "permitted",
  );
  return (
    <Load answer={incident} label="the incident">
      {(about) => (
        <Load answer={scope} label="the scope">
          {({ items, team }) => (
            <Panel title="Scope" onClose={leave}>
              {guest ? null : <TeamField incident={about} team={team} />}
              {items.length === 0 ? (
                <p className="quiet">Nothing is in scope yet. What may be touched, and how do you know?</p>
              ) : (
                <ul className="scope" aria-label="In scope">
                  {items.map((element) => (
                    <ElementRow key={element.id} element={element} open={isOpen(about) && !guest} />
                  ))}
                </ul>
              )}
              <GrantsField incident={id} />
              {isOpen(about) && !guest ? <WidenForm incident={id} /> : null}
            </Panel>
          )}
        </Load>
      )}
    </Load>
  );
}

function isOpen({ status }: Incident): boolean {
  return status === "reported" || status === "declared";
}

function TeamField({ incident, team }: { readonly incident: Incident; readonly team: string | null }) {
  const { data: teams } = useQuery(teamsQuery);
  const assign = useChange("incident.assign", "incident");
  if ((teams ?? []).length === 0) return null;
  return (
    <>
      <SelectField
        label="Team"
        placeholder="No team has it yet"
        allowDeselect={false}
        disabled={assign.isPending || !isOpen(incident)}
        data={(teams ?? []).map((each) => ({ value: each.id, label: each.name }))}
        value={team}
        onChange={(next) => {
          if (next !== null && next !== team) assign.mutate({ incident: incident.id, team: next });
        }}
      />
      <RefusalNotice fault={assign.error} />
    </>
  );
}

function ElementRow({ element, open }: { readonly element: Element; readonly open: boolean }) {
  const [changing, setChanging] = useState(false);
  const about = [
    element.owner && `owner ${element.owner}`,
    element.production && "production",
    element.segment,
  ].filter((word) => word);
  return (
    <li>
      <div className="scope-head">
        <span>
          <bdi className="mono">{element.name}</bdi> <span className="meta">{element.kind}</span>
        </span>
        <Tag tone={TONES[element.state]}>{STATE_WORDS[element.state]}</Tag>
      </div>
      {about.length > 0 ? <p className="meta">{about.join(" · ")}</p> : null}
      <ol className="scope-history">
        {element.history.map((step) => (
          <li key={`${step.at} ${step.state} ${step.reason}`}>
            <span className="meta mono">{utcText(step.at)}</span> {STATE_WORDS[step.state]}: {step.reason}{" "}
            <span className="meta">{step.by}</span>
          </li>
        ))}
      </ol>
      {open && element.state !== "ruled_out" && !changing ? (
        <div>
          <Button weight="plain" onClick={() => setChanging(true)}>
            Change
          </Button>
        </div>
      ) : null}
      {changing && element.state !== "ruled_out" ? (
        <ChangeForm element={element} onDone={() => setChanging(false)} />
      ) : null}
    </li>
  );
}

function ChangeForm({ element, onDone }: { readonly element: Element; readonly onDone: () => void }) {
  const [state, setState] = useState<State | "ruled_out">();
  const [reason, setReason] = useState("");
  const change = useChange("scope.change", "element", onDone);
  const narrow = useChange("scope.narrow", "element", onDone);
  return (
    <Form
      verb={state === "ruled_out" ? "Rule it out" : "Say so"}
      ready={state !== undefined && reason.trim() !== ""}
      pending={change.isPending || narrow.isPending}
      fault={change.error ?? narrow.error}
      onCancel={onDone}
      onSubmit={() => {
        if (state === "ruled_out") narrow.mutate({ element: element.id, reason });
        else if (state !== undefined) change.mutate({ element: element.id, state, reason });
      }}
    >
      <ChoiceField
        label="It is"
        value={state}
        choices={[
          ...STATES.filter((each) => each.value !== element.state),
          { value: "ruled_out" as const, label: "Out of scope" },
        ]}
        onChange={setState}
      />
      <TextArea
        label="What the review found"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}

function WidenForm({ incident }: { readonly incident: string }) {
  const [draft, setDraft, discard] = useDraft(`scope.${incident}`, {
    kind: "host" as Element["kind"],
    name: "",
    state: "suspected" as State,
    reason: "",
  });
  const widen = useChange("scope.widen", "incident", discard);
  const complaints = widen.error ? asRefusal(widen.error).complaints : {};
  return (
    <section className="panel-section" aria-label="Take into the scope">
      <h3>Take into the scope</h3>
      <Form
        verb="Take into the scope"
        ready={draft.name.trim() !== "" && draft.reason.trim() !== ""}
        pending={widen.isPending}
        fault={widen.error}
        onSubmit={() => widen.mutate({ incident, asset: null, ...draft })}
      >
        <ChoiceField
          label="What it is"
          value={draft.kind}
          choices={KINDS}
          onChange={(kind) => setDraft({ ...draft, kind })}
        />
        <TextField
          label="Name or address"
          description="As the register knows it, or in your words"
          mono
          value={draft.name}
          error={complaints["name"]}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <ChoiceField
          label="It is"
          value={draft.state}
          choices={STATES}
          onChange={(state) => setDraft({ ...draft, state })}
        />
        <TextArea
          label="Why"
          value={draft.reason}
          onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
        />
      </Form>
    </section>
  );
}
