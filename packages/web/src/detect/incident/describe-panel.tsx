import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { Incident } from "../../api/contract.ts";
import { incidentQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { ONGOING, ORIGINS, TLPS, VECTORS } from "./words.ts";

/** What is known better by now: title, whether it goes on, how it got in, where from, and the marking. */
export function DescribePanel() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident/log/describe" });
  const navigate = useNavigate();
  const answer = useQuery(incidentQuery(id));
  const close = () => void navigate({ to: "/incidents/$incident", params: { incident: id } });
  useKey("escape", close);
  return (
    <Load answer={answer} label="the incident">
      {(incident) => (
        <Panel title="What is known" onClose={close}>
          <Description key={incident.changedSeq} incident={incident} onDone={close} />
        </Panel>
      )}
    </Load>
  );
}

function Description({ incident, onDone }: { readonly incident: Incident; readonly onDone: () => void }) {
  const { title, ongoing, vector, origin, tlp } = incident;
  const known = { title, ongoing, vector, origin, tlp };
  const [draft, setDraft, discard] = useDraft(`describe.${incident.id}.${incident.changedSeq}`, known);
  const describe = useChange("incident.describe", "incident", () => {
    discard();
    onDone();
  });
  const same = JSON.stringify(draft) === JSON.stringify(known);
  const nameless = draft.title.trim() === "";
  return (
    <form
      className="panel-body-form fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (!same && !nameless) {
          describe.mutate({ incident: incident.id, seen: incident.changedSeq, ...draft });
        }
      }}
    >
      <TextField
        label="Title"
        value={draft.title}
        onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
      />
      <ChoiceField
        label="Is it still going on?"
        choices={ONGOING}
        value={draft.ongoing}
        onChange={(next) => setDraft({ ...draft, ongoing: next })}
      />
      <SelectField
        label="How it got in"
        data={VECTORS.map(({ value, label }) => ({ value, label }))}
        value={draft.vector}
        allowDeselect={false}
        onChange={(next) =>
          setDraft({ ...draft, vector: VECTORS.find(({ value }) => value === next)?.value ?? "unknown" })
        }
      />
      <ChoiceField
        label="Where it comes from"
        choices={ORIGINS}
        value={draft.origin}
        onChange={(next) => setDraft({ ...draft, origin: next })}
      />
      <ChoiceField
        label="Marking"
        column
        choices={TLPS}
        value={draft.tlp}
        onChange={(next) => setDraft({ ...draft, tlp: next })}
      />
      <RefusalNotice fault={describe.error} />
      <Verbs>
        <Button type="submit" weight="primary" disabled={same || nameless || describe.isPending}>
          Record the change
        </Button>
      </Verbs>
    </form>
  );
}
