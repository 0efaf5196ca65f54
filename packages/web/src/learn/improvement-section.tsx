import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { incidentIdOf, personIdOf } from "../api/ids.ts";
import { peopleQuery } from "../api/queries.ts";
import { useChange } from "../api/use-change.ts";
import { personChoices } from "../prepare/people/person-choices.ts";
import { useDraft } from "../shell/draft.ts";
import { Load } from "../shell/load.tsx";
import { Button } from "../ui/button.tsx";
import { Form } from "../ui/form.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ImprovementList } from "./improvement-list.tsx";
import { improvementsOfQuery } from "./learn-queries.ts";
import { TARGETS } from "./target.ts";

/** What the incident gave rise to improve, and the way to say more. */
export function ImprovementSection({ incident }: { readonly incident: string }) {
  const answer = useQuery(improvementsOfQuery(incident));
  const [adding, setAdding] = useState(false);
  return (
    <section aria-label="Improvements">
      <div className="containment-head">
        <h2>Improvements</h2>
        {adding ? null : <Button onClick={() => setAdding(true)}>Propose an improvement</Button>}
      </div>
      {adding ? <ProposeForm incident={incident} onDone={() => setAdding(false)} /> : null}
      <Load answer={answer} label="the improvements" rows={3}>
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">
              None yet. A lesson becomes an improvement when one person owns it and a day is set.
            </p>
          ) : (
            <ImprovementList items={items} />
          )
        }
      </Load>
    </section>
  );
}

const EMPTY = {
  what: "",
  target: "other" as (typeof TARGETS)[number]["value"],
  amends: "",
  owner: "",
  dueOn: "",
};

function ProposeForm({ incident, onDone }: { readonly incident: string; readonly onDone: () => void }) {
  const { data: people = [] } = useQuery(peopleQuery);
  const [draft, setDraft, discard] = useDraft(`improvement.${incident}`, EMPTY);
  const propose = useChange("improvement.propose", undefined, () => {
    discard();
    onDone();
  });
  return (
    <Form
      verb="Propose it"
      ready={draft.what.trim() !== "" && draft.owner !== "" && draft.dueOn !== ""}
      pending={propose.isPending}
      fault={propose.error}
      onCancel={onDone}
      onSubmit={() =>
        propose.mutate({ ...draft, incident: incidentIdOf(incident), owner: personIdOf(draft.owner) })
      }
    >
      <TextField
        label="What is to be better"
        value={draft.what}
        onChange={(event) => setDraft({ ...draft, what: event.currentTarget.value })}
      />
      <SelectField
        label="It amends"
        allowDeselect={false}
        data={[...TARGETS]}
        value={draft.target}
        onChange={(target) => {
          const known = TARGETS.find(({ value }) => value === target);
          if (known) setDraft({ ...draft, target: known.value });
        }}
      />
      <TextField
        label="Which one"
        description="Such as the clause of the policy or the name of the playbook; may stay empty"
        value={draft.amends}
        onChange={(event) => setDraft({ ...draft, amends: event.currentTarget.value })}
      />
      <SelectField
        label="Owner"
        data={personChoices(people)}
        value={draft.owner === "" ? null : draft.owner}
        onChange={(owner) => setDraft({ ...draft, owner: owner ?? "" })}
      />
      <TextField
        label="Due on"
        type="date"
        value={draft.dueOn}
        onChange={(event) => setDraft({ ...draft, dueOn: event.currentTarget.value })}
      />
    </Form>
  );
}
