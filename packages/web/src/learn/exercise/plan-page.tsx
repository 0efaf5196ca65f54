import "../../contain/containment-page.css";
import "./exercise.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { exerciseIdOf } from "../../api/ids.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { WallClockField } from "../../prepare/duty/wall-clock-field.tsx";
import { useDraft } from "../../shell/draft.ts";
import { Load } from "../../shell/load.tsx";
import { Form } from "../../ui/form.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { exerciseQuery, scenariosQuery } from "./exercise-queries.ts";
import { InjectFields } from "./inject-fields.tsx";
import { PartFields } from "./part-fields.tsx";
import { draftFrom, draftOf, type PlanDraft, planFrom } from "./plan-draft.ts";

/** Plans an exercise, with a scenario of the library or from nothing. */
export function PlanPage() {
  const { scenario: key } = useSearch({ from: "/in/exercises/plan" });
  const me = useNowAnswer().person.id;
  const answer = useQuery(scenariosQuery);
  return (
    <>
      <PageHead
        title="Plan an exercise"
        under="Everything can be changed until it begins. The players see none of this before."
      />
      <Load answer={answer} label="the scenario" rows={10}>
        {({ items }) => {
          const scenario = items.find((each) => each.key === key);
          return (
            <div className="exercise-plan">
              <NewPlan key={key ?? "own"} name={key ?? "own"} empty={draftFrom(scenario, me)} />
            </div>
          );
        }}
      </Load>
    </>
  );
}

function NewPlan({ name, empty }: { readonly name: string; readonly empty: PlanDraft }) {
  const navigate = useNavigate();
  const { zone } = useNowAnswer().person;
  const [draft, setDraft, discard] = useDraft(`exercise.${name}`, empty);
  const plan = useChange("exercise.plan", undefined, async ({ exercise }) => {
    discard();
    await navigate({ to: "/exercises/$exercise", params: { exercise } });
  });
  const whole = planFrom(draft, zone);
  return (
    <Form
      verb="Plan it"
      ready={whole !== undefined}
      pending={plan.isPending}
      fault={plan.error}
      says={whole === undefined ? "It needs a title, a situation, a date, an objective and an inject." : null}
      onSubmit={() => whole && plan.mutate(whole)}
    >
      <PlanFields draft={draft} onChange={setDraft} />
    </Form>
  );
}

/** Plans an exercise anew that has not begun. */
export function ChangePlanPage() {
  const { exercise: id } = useParams({ from: "/in/exercises/$exercise/change" });
  const answer = useQuery(exerciseQuery(id));
  return (
    <>
      <PageHead title="Plan it anew" />
      <Load answer={answer} label="the exercise" rows={10}>
        {(exercise) => (
          <div className="exercise-plan">
            <ChangedPlan id={id} before={draftOf(exercise)} />
          </div>
        )}
      </Load>
    </>
  );
}

function ChangedPlan({ id, before }: { readonly id: string; readonly before: PlanDraft }) {
  const navigate = useNavigate();
  const { zone } = useNowAnswer().person;
  const [draft, setDraft] = useState(before);
  const back = () => navigate({ to: "/exercises/$exercise", params: { exercise: id } });
  const change = useChange("exercise.change", "exercise", back);
  const whole = planFrom(draft, zone);
  return (
    <Form
      verb="Keep it so"
      ready={whole !== undefined}
      pending={change.isPending}
      fault={change.error}
      onCancel={() => void back()}
      onSubmit={() => whole && change.mutate({ exercise: exerciseIdOf(id), ...whole })}
    >
      <PlanFields draft={draft} onChange={setDraft} />
    </Form>
  );
}

function PlanFields({
  draft,
  onChange,
}: {
  readonly draft: PlanDraft;
  readonly onChange: (draft: PlanDraft) => void;
}) {
  const field = (name: "title" | "situation" | "objectives" | "questions" | "minutes" | "factor") => ({
    value: draft[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <div className="plan-fields">
      <TextField label="Title" {...field("title")} />
      <TextArea
        label="Opening situation"
        description="What the players read when it begins"
        minRows={3}
        {...field("situation")}
      />
      <div className="plan-numbers">
        <WallClockField
          label="Date and time"
          description="On your own clock"
          value={draft.plannedFor}
          onChange={(plannedFor) => onChange({ ...draft, plannedFor })}
        />
        <TextField
          label="Minutes"
          description="On the exercise's clock"
          type="number"
          min={5}
          max={1440}
          {...field("minutes")}
        />
        <TextField
          label="Clock"
          description="Times as fast as ours"
          type="number"
          min={1}
          max={60}
          {...field("factor")}
        />
      </div>
      <TextArea label="Objectives" description="One a line" minRows={3} {...field("objectives")} />
      <InjectFields injects={draft.injects} onChange={(injects) => onChange({ ...draft, injects })} />
      <TextArea
        label="Questions on the way"
        description="One a line; those of every exercise stand in the facilitator's guide besides"
        minRows={2}
        {...field("questions")}
      />
      <PartFields people={draft.people} onChange={(people) => onChange({ ...draft, people })} />
    </div>
  );
}
