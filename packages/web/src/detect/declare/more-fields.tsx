import { useQuery } from "@tanstack/react-query";
import type { Incident, Person } from "../../api/contract.ts";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ORIGINS, TLPS, VECTORS } from "../incident/words.ts";

/** What may be said when declaring and is mostly said later. An empty `lead` leaves it open. */
export type More = {
  readonly reportedBy: string;
  readonly lead: Person["id"] | "";
  readonly vector: Incident["vector"];
  readonly origin: Incident["origin"];
  readonly tlp: Incident["tlp"];
  readonly policyClause: string;
};

export const EMPTY_MORE: More = {
  reportedBy: "",
  lead: "",
  vector: "unknown",
  origin: "unknown",
  tlp: "TLP:AMBER",
  policyClause: "",
};

/** The optional fields, folded away. */
export function MoreFields({
  value,
  onChange,
  withLead,
}: {
  readonly value: More;
  readonly onChange: (value: More) => void;
  readonly withLead: boolean;
}) {
  const me = useNowAnswer().person;
  const { data: people } = useQuery(peopleQuery);
  const leads = (people ?? []).filter((person) => person.status === "active");
  return (
    <details className="declare-more">
      <summary>More, if you know it: who told you, lead, vector, marking</summary>
      <div className="fields">
        <div className="fields pair">
          <TextField
            label="Who told you"
            placeholder={me.name}
            value={value.reportedBy}
            onChange={(event) => onChange({ ...value, reportedBy: event.currentTarget.value })}
          />
          {withLead ? (
            <SelectField
              label="Lead"
              placeholder="Nobody yet"
              clearable
              data={leads.map((person) => ({ value: person.id, label: person.name }))}
              value={value.lead === "" ? null : value.lead}
              onChange={(lead) => onChange({ ...value, lead: leads.find(({ id }) => id === lead)?.id ?? "" })}
            />
          ) : null}
          <SelectField
            label="How it got in"
            data={VECTORS.map(({ value: vector, label }) => ({ value: vector, label }))}
            value={value.vector}
            allowDeselect={false}
            onChange={(vector) =>
              onChange({
                ...value,
                vector: VECTORS.find((each) => each.value === vector)?.value ?? "unknown",
              })
            }
          />
          <TextField
            label="Policy clause violated"
            description="Where there is one"
            value={value.policyClause}
            onChange={(event) => onChange({ ...value, policyClause: event.currentTarget.value })}
          />
        </div>
        <ChoiceField
          label="Where it comes from"
          choices={ORIGINS}
          value={value.origin}
          onChange={(origin) => onChange({ ...value, origin })}
        />
        <ChoiceField
          label="Marking"
          column
          choices={TLPS}
          value={value.tlp}
          onChange={(tlp) => onChange({ ...value, tlp })}
        />
      </div>
    </details>
  );
}
