import "./host-panel.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/use-change.ts";
import { scopeQuery } from "../detect/scope/scope-query.ts";
import { useDraft } from "../shell/draft.ts";
import { useKey } from "../shell/keyboard.ts";
import { Button } from "../ui/button.tsx";
import { Form } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { PhaseFields, planOf } from "./phase-fields.tsx";
import { matrixQuery } from "./recovery-queries.ts";

/** Puts affected hosts on their way back: those of the scope by one press, others by name. */
export function TakeOverPanel() {
  const { incident } = useParams({ from: "/in/incidents/$incident/recovery/take-over" });
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/incidents/$incident/recovery", params: { incident } });
  useKey("escape", leave);
  return (
    <Panel title="Take affected hosts over" onClose={leave}>
      <FromScope incident={incident} onDone={leave} />
      <ByName incident={incident} onDone={leave} />
    </Panel>
  );
}

type Of = { readonly incident: string; readonly onDone: () => void };

function FromScope({ incident, onDone }: Of) {
  const { data: scope } = useQuery(scopeQuery(incident));
  const { data: matrix } = useQuery(matrixQuery(incident));
  const take = useChange("recovery.take_over", "incident", onDone);
  const known = new Set((matrix?.items ?? []).map(({ name }) => name.toLowerCase()));
  const hosts = (scope?.items ?? []).filter(
    ({ kind, state, name }) =>
      kind === "host" && (state === "affected" || state === "suspected") && !known.has(name.toLowerCase()),
  );
  if (hosts.length === 0) {
    return <p className="quiet">Every host in the scope of this incident is on its way back already.</p>;
  }
  return (
    <section className="panel-section" aria-label="From the scope">
      <h3>In the scope</h3>
      <ul className="scope-hosts">
        {hosts.map(({ id, name, state }) => (
          <li key={id}>
            <bdi className="mono">{name}</bdi> <span className="meta">{state}</span>
          </li>
        ))}
      </ul>
      <RefusalNotice fault={take.error} />
      <div>
        <Button
          weight="primary"
          disabled={take.isPending}
          onClick={() =>
            take.mutate({
              incident,
              hosts: hosts.map(({ name, asset }) => ({ name, asset })),
              reason: "In the scope of this incident",
            })
          }
        >
          {hosts.length === 1 ? "Take this host over" : `Take these ${hosts.length} hosts over`}
        </Button>
      </div>
    </section>
  );
}

function ByName({ incident, onDone }: Of) {
  const [draft, setDraft, discard] = useDraft(`take-over.${incident}`, { names: "", reason: "" });
  const [plan, setPlan] = useState({ order: "", name: "", targetOn: "" });
  const take = useChange("recovery.take_over", "incident", () => {
    discard();
    onDone();
  });
  const hosts = draft.names
    .split("\n")
    .map((name) => ({ name: name.trim() }))
    .filter(({ name }) => name !== "");
  return (
    <section className="panel-section" aria-label="By name">
      <h3>By name</h3>
      <Form
        verb="Take them over"
        ready={hosts.length > 0 && draft.reason.trim() !== ""}
        pending={take.isPending}
        fault={take.error}
        says="They go into the scope as affected."
        onSubmit={() => take.mutate({ incident, hosts, reason: draft.reason, ...planOf(plan) })}
      >
        <TextArea
          label="Names or addresses, one a line"
          minRows={3}
          value={draft.names}
          onChange={(event) => setDraft({ ...draft, names: event.currentTarget.value })}
        />
        <TextArea
          label="How do you know that they are affected?"
          minRows={2}
          value={draft.reason}
          onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
        />
        <PhaseFields value={plan} onChange={setPlan} />
      </Form>
    </section>
  );
}
