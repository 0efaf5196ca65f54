import { intervalText } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { incidentIdOf, personIdOf } from "../../api/ids.ts";
import { peopleQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import type { Watch } from "../contain-queries.ts";

const INTERVALS = [15, 60, 240, 720, 1440];

/** Plans anew how an incident is watched. */
export function PlanForm({
  incident,
  watch,
  onDone,
}: {
  readonly incident: string;
  readonly watch: Watch;
  readonly onDone: () => void;
}) {
  const { data: people } = useQuery(peopleQuery);
  const [plan, setPlan] = useState({
    what: watch.what,
    every: String(watch.everyMinutes),
    who: watch.who as string | null,
  });
  const save = useChange("watch.plan", "incident", onDone);
  const intervals = [...new Set([...INTERVALS, watch.everyMinutes])].sort((a, b) => a - b);
  return (
    <Form
      verb="Watch so"
      ready={plan.what.trim() !== ""}
      pending={save.isPending}
      fault={save.error}
      onCancel={onDone}
      onSubmit={() =>
        save.mutate({
          incident: incidentIdOf(incident),
          what: plan.what,
          everyMinutes: Number(plan.every),
          who: plan.who === null ? null : personIdOf(plan.who),
        })
      }
    >
      <TextArea
        label="What is watched"
        minRows={3}
        value={plan.what}
        onChange={(event) => setPlan({ ...plan, what: event.currentTarget.value })}
      />
      <ChoiceField
        label="How often somebody looks"
        value={plan.every}
        choices={intervals.map((minutes) => ({ value: String(minutes), label: intervalText(minutes) }))}
        onChange={(every) => setPlan({ ...plan, every })}
      />
      <SelectField
        label="Who looks"
        placeholder="Whoever leads"
        clearable
        data={(people ?? [])
          .filter((person) => person.status === "active")
          .map((person) => ({ value: person.id, label: person.name }))}
        value={plan.who}
        onChange={(who) => setPlan({ ...plan, who })}
      />
    </Form>
  );
}
