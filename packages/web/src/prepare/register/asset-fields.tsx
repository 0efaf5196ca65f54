import { useQuery } from "@tanstack/react-query";
import type { OperationInput } from "../../api/contract.ts";
import { peopleQuery } from "../../api/queries.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type Asset, constituentsQuery, segmentsQuery } from "./register-queries.ts";
import { CRITICALITY_WORDS, KIND_WORDS, linesOf } from "./words.ts";

/** What the form of an asset holds while it is typed. */
export type AssetFields = {
  readonly kind: Asset["kind"];
  readonly name: string;
  readonly otherNames: string;
  readonly addresses: string;
  readonly segment: string | null;
  readonly constituent: string | null;
  readonly ownerText: string;
  readonly ownerPerson: string | null;
  readonly criticality: Asset["criticality"];
  readonly production: boolean;
  readonly purpose: string;
  readonly dependents: string;
  readonly notes: string;
};

export const EMPTY_ASSET: AssetFields = {
  kind: "host",
  name: "",
  otherNames: "",
  addresses: "",
  segment: null,
  constituent: null,
  ownerText: "",
  ownerPerson: null,
  criticality: "medium",
  production: false,
  purpose: "",
  dependents: "",
  notes: "",
};

/** The form of what is known of an asset. */
export function fieldsOf(asset: Asset): AssetFields {
  return {
    ...asset,
    otherNames: asset.otherNames.join("\n"),
    addresses: asset.addresses.join("\n"),
    ownerText: asset.owner.text,
    ownerPerson: asset.owner.person,
  };
}

/** What the operation is told of the form. */
export function inputOf(
  fields: AssetFields,
  contact: Asset["owner"]["contact"],
): OperationInput<"asset.add"> {
  const { kind, name, segment, constituent, criticality, production, purpose, dependents, notes } = fields;
  return {
    kind,
    name,
    otherNames: linesOf(fields.otherNames),
    addresses: linesOf(fields.addresses),
    segment,
    constituent,
    owner: { text: fields.ownerText, person: fields.ownerPerson, contact },
    criticality,
    production,
    purpose,
    dependents,
    notes,
  };
}

/** Everything that can be said of an asset; the name is all it needs. */
export function AssetFieldsForm({
  value,
  onChange,
  complaints,
}: {
  readonly value: AssetFields;
  readonly onChange: (value: AssetFields) => void;
  readonly complaints: Readonly<Record<string, string>>;
}) {
  const { data: segments } = useQuery(segmentsQuery);
  const { data: constituents } = useQuery(constituentsQuery);
  const { data: people } = useQuery(peopleQuery);
  const set = (part: Partial<AssetFields>) => onChange({ ...value, ...part });
  const about = (name: string) =>
    Object.entries(complaints).find(([path]) => path === name || path.startsWith(`${name}.`))?.[1];
  return (
    <>
      <ChoiceField
        label="Kind"
        value={value.kind}
        choices={(Object.keys(KIND_WORDS) as Asset["kind"][]).map((kind) => ({
          value: kind,
          label: KIND_WORDS[kind],
        }))}
        onChange={(kind) => set({ kind })}
      />
      <TextField
        label="Name"
        mono
        value={value.name}
        error={about("name")}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextArea
        label="Other names"
        description="One a line"
        minRows={1}
        value={value.otherNames}
        error={about("otherNames")}
        onChange={(event) => set({ otherNames: event.currentTarget.value })}
      />
      <TextArea
        label="Addresses"
        description="IPv4 and IPv6, one a line"
        minRows={1}
        value={value.addresses}
        error={about("addresses")}
        onChange={(event) => set({ addresses: event.currentTarget.value })}
      />
      <ChoiceField
        label="Criticality"
        value={value.criticality}
        choices={(Object.keys(CRITICALITY_WORDS) as Asset["criticality"][]).map((each) => ({
          value: each,
          label: CRITICALITY_WORDS[each],
        }))}
        onChange={(criticality) => set({ criticality })}
      />
      <ChoiceField
        label="In production"
        value={value.production ? "yes" : "no"}
        choices={[
          { value: "yes", label: "Yes", why: "others depend on it running" },
          { value: "no", label: "No" },
        ]}
        onChange={(answer) => set({ production: answer === "yes" })}
      />
      <TextField
        label="Owner"
        description="Who answers for it, in words"
        value={value.ownerText}
        error={about("owner")}
        onChange={(event) => set({ ownerText: event.currentTarget.value })}
      />
      <SelectField
        label="Owner here"
        placeholder="Nobody of ours"
        clearable
        data={(people ?? [])
          .filter((person) => person.status === "active")
          .map((person) => ({ value: person.id, label: `${person.name}, ${person.title}` }))}
        value={value.ownerPerson}
        onChange={(ownerPerson) => set({ ownerPerson })}
      />
      <SelectField
        label="Segment"
        placeholder="By its address"
        clearable
        data={(segments ?? []).map((each) => ({ value: each.id, label: each.name }))}
        value={value.segment}
        onChange={(segment) => set({ segment })}
      />
      <SelectField
        label="Constituent"
        placeholder="That of its segment"
        clearable
        data={(constituents ?? []).map((each) => ({ value: each.id, label: each.name }))}
        value={value.constituent}
        onChange={(constituent) => set({ constituent })}
      />
      <TextArea
        label="What it is for"
        minRows={1}
        value={value.purpose}
        onChange={(event) => set({ purpose: event.currentTarget.value })}
      />
      <TextArea
        label="What stands still without it"
        minRows={1}
        value={value.dependents}
        onChange={(event) => set({ dependents: event.currentTarget.value })}
      />
      <TextArea
        label="Notes"
        minRows={1}
        value={value.notes}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
    </>
  );
}
