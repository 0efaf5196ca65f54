import { REVIEW_HOURS } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useEffect } from "react";
import { assetIdOf, incidentIdOf, personIdOf } from "../../api/ids.ts";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type Isolation, prospectQuery } from "../contain-queries.ts";
import { Prospect } from "./prospect.tsx";
import { ALTERNATIVES, CRITERIA, DURATIONS, KINDS, USUAL_UNDO } from "./words.ts";

type Decision = NonNullable<Isolation["decision"]>;
type Draft = {
  readonly kind: Isolation["target"]["kind"];
  readonly name: string;
  readonly asset: string;
  readonly why: string;
  readonly consequence: string;
  readonly considered: NonNullable<Isolation["alternative"]>["considered"];
  readonly undo: string;
  readonly owner: string;
  readonly duration: NonNullable<Decision["duration"]>;
  readonly decision: Partial<Decision>;
};

const EMPTY: Draft = {
  kind: "host",
  name: "",
  asset: "",
  why: "",
  consequence: "",
  considered: "none_will_do",
  undo: "",
  owner: "",
  duration: "emergency",
  decision: {},
};

/** Asks to cut something off: what, what stands still, what else was weighed, until when and how it is undone. */
export function RequestPanel() {
  const { incident } = useParams({ from: "/in/incidents/$incident/containment/request" });
  const { asset, name } = useSearch({ from: "/in/incidents/$incident/containment/request" });
  const [draft, setDraft, discard] = useDraft(`isolation.${incident}`, EMPTY);
  useEffect(() => {
    // What another page says is to be cut off goes before what was typed here earlier.
    if (name !== undefined && draft.name !== name)
      setDraft({ ...draft, kind: "host", name, asset: asset ?? "" });
  });
  const leave = useLeave(incident);
  useKey("escape", leave);
  const asked = useDeferredValue(draft.name);
  const { data: prospect } = useQuery(prospectQuery(draft.kind, asked, draft.asset || undefined));
  const { may } = useNowAnswer();
  const atOnce = may.some((row) => row.action === prospect?.needs && row.effect === "permitted");
  const done = useAsked(incident, discard);
  const complaints = done.fault ? asRefusal(done.fault).complaints : {};
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <Panel title="Cut something off" onClose={leave}>
      <Form
        verb={atOnce ? "Authorise it" : "Ask for it"}
        ready={draft.name.trim() !== "" && draft.why.trim() !== ""}
        pending={done.pending}
        fault={done.fault}
        says={atOnce ? "Nothing is done yet: the card comes next." : "Asking does nothing yet."}
        onSubmit={() => done.ask(draft, atOnce)}
      >
        <ChoiceField
          label="What"
          value={draft.kind}
          choices={KINDS}
          onChange={(kind) => set({ kind, asset: "" })}
        />
        <TextField
          label="Name or address"
          data-autofocus
          autoFocus
          mono
          value={draft.name}
          error={complaints["name"]}
          onChange={(event) => set({ name: event.currentTarget.value, asset: "" })}
        />
        {prospect && asked.trim() !== "" ? <Prospect prospect={prospect} /> : null}
        <TextArea
          label="Why"
          minRows={2}
          value={draft.why}
          onChange={(event) => set({ why: event.currentTarget.value })}
        />
        <TextField
          label="What else stands still"
          description="Beside what the register says, such as a pay run tonight"
          value={draft.consequence}
          onChange={(event) => set({ consequence: event.currentTarget.value })}
        />
        <ChoiceField
          label="Instead of it"
          value={draft.considered}
          choices={ALTERNATIVES}
          onChange={(considered) => set({ considered })}
        />
        <ChoiceField
          label="For how long"
          column
          value={draft.duration}
          choices={DURATIONS}
          onChange={(duration) => set({ duration })}
        />
        <TextArea
          label="How it is undone"
          minRows={2}
          placeholder={USUAL_UNDO[draft.kind]}
          value={draft.undo}
          onChange={(event) => set({ undo: event.currentTarget.value })}
        />
        <OwnerField value={draft.owner} onChange={(owner) => set({ owner })} />
        <Criteria value={draft.decision} onChange={(decision) => set({ decision })} />
      </Form>
    </Panel>
  );
}

/** Who answers for the isolation until it ends; oneself unless somebody else is chosen. */
function OwnerField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { person } = useNowAnswer();
  const { data: people } = useQuery(peopleQuery);
  const others = (people ?? []).filter((each) => each.status === "active" && each.id !== person.id);
  return (
    <SelectField
      label="Who answers for it"
      placeholder={`${person.name} (you)`}
      clearable
      data={others.map(({ id, name }) => ({ value: id, label: name }))}
      value={value === "" ? null : value}
      onChange={(owner) => onChange(owner ?? "")}
    />
  );
}

function Criteria({
  value,
  onChange,
}: {
  readonly value: Partial<Decision>;
  readonly onChange: (value: Partial<Decision>) => void;
}) {
  return (
    <details className="criteria">
      <summary>Weigh it on NIST's criteria</summary>
      <div>
        {CRITERIA.map(({ key, label, choices }) => (
          <ChoiceField<string>
            key={key}
            label={label}
            value={value[key] ?? undefined}
            choices={choices}
            onChange={(chosen) => onChange({ ...value, [key]: chosen })}
          />
        ))}
      </div>
    </details>
  );
}

function useLeave(incident: string) {
  const navigate = useNavigate();
  return () => void navigate({ to: "/incidents/$incident/containment", params: { incident } });
}

/** Asks, gives the authority at once where the policy lets this person, and opens the isolation. */
function useAsked(incident: string, discard: () => void) {
  const navigate = useNavigate();
  const open = (isolation: string) => {
    discard();
    void navigate({
      to: "/incidents/$incident/containment/$isolation",
      params: { incident, isolation },
    });
  };
  const authorise = useChange("isolation.authorise", "isolation");
  const request = useChange("isolation.request", undefined);
  const ask = async (draft: Draft, atOnce: boolean) => {
    const { kind, name, asset, why, consequence, considered, undo, owner, duration, decision } = draft;
    const { isolation } = await request.mutateAsync({
      incident: incidentIdOf(incident),
      ...{ kind, name, why, consequence },
      asset: asset === "" ? null : assetIdOf(asset),
      alternative: { considered },
      decision: { ...decision, duration },
      undo: undo.trim() === "" ? USUAL_UNDO[kind] : undo,
      owner: owner === "" ? null : personIdOf(owner),
      reviewAt: new Date(Date.now() + REVIEW_HOURS[duration] * 3_600_000).toISOString(),
    });
    // Whatever comes of the authority, the request stands: its own panel shows what is missing.
    if (atOnce) await authorise.mutateAsync({ isolation }).catch(() => undefined);
    open(isolation);
  };
  return {
    ask: (draft: Draft, atOnce: boolean) => void ask(draft, atOnce).catch(() => undefined),
    pending: request.isPending || authorise.isPending,
    fault: request.error,
  };
}
