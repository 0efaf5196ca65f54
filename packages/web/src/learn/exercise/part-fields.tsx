import { useQuery } from "@tanstack/react-query";
import { peopleQuery } from "../../api/queries.ts";
import { personChoices } from "../../prepare/people/person-choices.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { PARTS } from "./exercise-words.tsx";
import type { PartDraft } from "./plan-draft.ts";

/** Who takes part, each in one role. */
export function PartFields({
  people,
  onChange,
}: {
  readonly people: readonly PartDraft[];
  readonly onChange: (people: readonly PartDraft[]) => void;
}) {
  const { data: known = [] } = useQuery(peopleQuery);
  const change = (at: number, said: Partial<PartDraft>) =>
    onChange(people.map((each, place) => (place === at ? { ...each, ...said } : each)));
  return (
    <section aria-label="Who takes part" className="plan-list">
      <h2>Who takes part</h2>
      {people.map(({ person, role }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name while it is written
        <div key={at} className="plan-part">
          <SelectField
            label="Person"
            data={personChoices(known)}
            value={person === "" ? null : person}
            onChange={(chosen) => change(at, { person: chosen ?? "" })}
          />
          <SelectField
            label="Part"
            allowDeselect={false}
            data={[...PARTS]}
            value={role}
            onChange={(chosen) => {
              const part = PARTS.find(({ value }) => value === chosen);
              if (part) change(at, { role: part.value });
            }}
          />
          {people.length > 1 ? (
            <Button weight="plain" onClick={() => onChange(people.filter((_, place) => place !== at))}>
              Leave out
            </Button>
          ) : null}
        </div>
      ))}
      <Button onClick={() => onChange([...people, { person: "", role: "player" }])}>Add somebody</Button>
    </section>
  );
}
