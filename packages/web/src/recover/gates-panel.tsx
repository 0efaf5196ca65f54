import "./host-panel.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/use-change.ts";
import { checklistsQuery } from "../detect/checklist/checklist-queries.ts";
import { useWhyNot } from "../shell/authority-actions.ts";
import { useKey } from "../shell/keyboard.ts";
import { Load } from "../shell/load.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";
import { Tag } from "../ui/tag.tsx";
import { ReasonForm } from "./reason-form.tsx";
import { type MatrixGate, matrixQuery } from "./recovery-queries.ts";

/** The gates that every host of this incident needs; leaving one out takes authority and a reason. */
export function GatesPanel() {
  const { incident } = useParams({ from: "/in/incidents/$incident/recovery/gates" });
  const navigate = useNavigate();
  const answer = useQuery(matrixQuery(incident));
  const whyNot = useWhyNot()("gate.waive");
  const leave = () => void navigate({ to: "/incidents/$incident/recovery", params: { incident } });
  useKey("escape", leave);
  return (
    <Load answer={answer} label="the gates">
      {({ gates }) => (
        <Panel title="Gates of this incident" onClose={leave}>
          <p className="quiet">
            Every host needs every gate. Leave out what the vector or the kind of host makes pointless, and
            say why.
            {whyNot === undefined ? "" : ` ${whyNot}.`}
          </p>
          <ByPlaybook incident={incident} gates={gates} />
          <ul className="gates-of-incident">
            {gates.map((gate) => (
              <GateRow key={gate.id} incident={incident} gate={gate} />
            ))}
          </ul>
        </Panel>
      )}
    </Load>
  );
}

/** Leaves out, with the playbook as the reason, the gates that no checklist of this incident asks for. */
function ByPlaybook({
  incident,
  gates,
}: {
  readonly incident: string;
  readonly gates: readonly MatrixGate[];
}) {
  const { data } = useQuery(checklistsQuery(incident));
  const leaveOut = useChange("gate.leave_out", "incident");
  const lists = (data?.items ?? []).filter(({ steps }) => steps.some(({ gate }) => gate !== null));
  const asked = new Set(lists.flatMap(({ steps }) => steps.flatMap(({ gate }) => gate ?? [])));
  const others = gates.filter(({ id, required }) => required && !asked.has(id));
  if (lists.length === 0 || others.length === 0) return null;
  const names = lists.map(({ title, version }) => `“${title}”, version ${version}`).join(", ");
  return (
    <div className="by-playbook">
      <p>
        {names} asks for other gates than these: {others.map(({ title }) => title.toLowerCase()).join(", ")}.
      </p>
      <RefusalNotice fault={leaveOut.error} />
      <Button
        disabled={leaveOut.isPending}
        onClick={() =>
          leaveOut.mutate({
            incident,
            gates: others.map(({ id }) => id),
            reason: `The playbook ${names} does not ask for it`,
          })
        }
      >
        {others.length === 1 ? "Leave this one out" : `Leave these ${others.length} out`}
      </Button>
    </div>
  );
}

function GateRow({ incident, gate }: { readonly incident: string; readonly gate: MatrixGate }) {
  const [asking, setAsking] = useState(false);
  const done = () => setAsking(false);
  const leaveOut = useChange("gate.leave_out", "incident", done);
  const require = useChange("gate.require", "incident", done);
  const change = gate.required ? leaveOut : require;
  return (
    <li>
      <div className="step-head">
        <span>{gate.title}</span>
        {gate.required ? null : (
          <Tag shape="dash" tone="warn">
            Left out
          </Tag>
        )}
        {asking ? null : (
          <Button weight="plain" onClick={() => setAsking(true)}>
            {gate.required ? "Leave out" : "Ask for it"}
          </Button>
        )}
      </div>
      <p className="meta">{gate.reason === "" ? gate.needs : gate.reason}</p>
      {asking ? (
        <ReasonForm
          verb={
            gate.required ? `Leave ${gate.title.toLowerCase()} out` : `Ask for ${gate.title.toLowerCase()}`
          }
          label={gate.required ? "Why does it not apply here?" : "Why is it needed after all?"}
          draft={`gate.${incident}.${gate.id}`}
          pending={change.isPending}
          fault={change.error}
          onCancel={done}
          onSubmit={(reason) => change.mutate({ incident, gates: [gate.id], reason })}
        />
      ) : null}
    </li>
  );
}
