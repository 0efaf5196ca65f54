import { TLP_LABELS, type Tlp } from "@jumpkit/core";
import type { OperationInput } from "../../api/contract.ts";
import { ChoiceField, ChoicesField } from "../../ui/choice-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { linesOf } from "../register/words.ts";
import type { Contact } from "./contact-queries.ts";
import { CONTACT_ROLE_WORDS, type ContactRole } from "./contact-words.ts";

/** What the form of a contact holds while it is typed. */
export type ContactFields = {
  readonly name: string;
  readonly organisation: string;
  readonly roles: readonly ContactRole[];
  readonly phone: string;
  readonly secondChannel: string;
  readonly email: string;
  readonly pgpFingerprint: string;
  readonly pgpKey: string;
  readonly homeZone: string;
  readonly days: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly languages: string;
  readonly answersFor: string;
  readonly escalation: string;
  readonly validUntil: string | null;
  readonly notes: string;
  readonly mayReceive: Tlp | null;
  readonly businessImpact: boolean | null;
};

export const EMPTY_CONTACT: ContactFields = {
  name: "",
  organisation: "",
  roles: [],
  phone: "",
  secondChannel: "",
  email: "",
  pgpFingerprint: "",
  pgpKey: "",
  homeZone: "",
  days: [],
  from: "08:00",
  until: "18:00",
  languages: "",
  answersFor: "",
  escalation: "",
  validUntil: null,
  notes: "",
  mayReceive: null,
  businessImpact: null,
};

/** The form of what is known of a contact. */
export function fieldsOf(contact: Contact): ContactFields {
  return {
    ...contact,
    homeZone: contact.homeZone ?? "",
    days: (contact.hours?.days ?? []).map(String),
    from: contact.hours?.from ?? "08:00",
    until: contact.hours?.until ?? "18:00",
    languages: contact.languages.join(", "),
    answersFor: contact.answersFor.join("\n"),
    escalation: contact.escalation === 0 ? "" : String(contact.escalation),
  };
}

/** What the operation is told of the form. */
export function inputOf(fields: ContactFields): OperationInput<"contact.add"> {
  const { days, from, until, homeZone, languages, answersFor, escalation, roles, ...rest } = fields;
  return {
    name: rest.name,
    organisation: rest.organisation,
    roles: [...roles],
    phone: rest.phone,
    secondChannel: rest.secondChannel,
    email: rest.email,
    pgpFingerprint: rest.pgpFingerprint,
    pgpKey: rest.pgpKey,
    homeZone: homeZone.trim() === "" ? null : homeZone.trim(),
    hours: days.length === 0 ? null : { days: days.map(Number), from, until },
    languages: linesOf(languages),
    answersFor: linesOf(answersFor),
    escalation: escalation.trim() === "" ? 0 : Number(escalation),
    validUntil: rest.validUntil,
    notes: rest.notes,
    mayReceive: rest.mayReceive,
    businessImpact: rest.businessImpact,
  };
}

const DAY_CHOICES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((label, at) => ({
  value: String(at + 1),
  label,
}));

const LABELS = TLP_LABELS.map((value) => ({ value, label: value }));

const BUSINESS = [
  { value: "by_part", label: "As their part says", means: null },
  { value: "may", label: "They may hear it", means: true },
  { value: "may_not", label: "They may not", means: false },
] as const;

/** Everything that can be said of a contact; the name is all it needs. */
export function ContactFieldsForm({
  value,
  onChange,
  complaints,
}: {
  readonly value: ContactFields;
  readonly onChange: (value: ContactFields) => void;
  readonly complaints: Readonly<Record<string, string>>;
}) {
  const about = (name: string) =>
    Object.entries(complaints).find(([path]) => path === name || path.startsWith(`${name}.`))?.[1];
  const text = (
    name:
      | "name"
      | "organisation"
      | "phone"
      | "secondChannel"
      | "email"
      | "pgpFingerprint"
      | "homeZone"
      | "languages"
      | "escalation",
    label: string,
    description?: string,
  ) => (
    <TextField
      label={label}
      {...(description ? { description } : {})}
      value={value[name]}
      error={about(name)}
      onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {text("name", "Name")}
      {text("organisation", "Organisation")}
      <ChoicesField
        label="Called as"
        values={value.roles}
        choices={(Object.keys(CONTACT_ROLE_WORDS) as ContactRole[]).map((role) => ({
          value: role,
          label: CONTACT_ROLE_WORDS[role],
        }))}
        onChange={(roles) => onChange({ ...value, roles })}
      />
      {text("phone", "Phone")}
      {text("secondChannel", "Second channel", "For when phone and mail are not to be trusted")}
      {text("email", "Mail")}
      {text("homeZone", "Zone there", "Such as Europe/Berlin")}
      <ChoicesField
        label="Answers on"
        hint="Leave empty when nobody knows"
        values={value.days}
        choices={DAY_CHOICES}
        wrong={about("hours")}
        onChange={(days) => onChange({ ...value, days })}
      />
      {value.days.length > 0 ? (
        <div className="contact-hours">
          <TextField
            label="From"
            mono
            value={value.from}
            onChange={(event) => onChange({ ...value, from: event.currentTarget.value })}
          />
          <TextField
            label="Until"
            mono
            description="24:00 is midnight"
            value={value.until}
            onChange={(event) => onChange({ ...value, until: event.currentTarget.value })}
          />
        </div>
      ) : null}
      {text("languages", "Languages", "Separated by commas")}
      <TextArea
        label="Answers for"
        description="Ranges, domains and AS numbers, one a line"
        minRows={1}
        value={value.answersFor}
        error={about("answersFor")}
        onChange={(event) => onChange({ ...value, answersFor: event.currentTarget.value })}
      />
      {text("escalation", "Order of escalation", "1 is called first; empty is in no order")}
      <ChoiceField
        label="May be sent up to"
        hint="Otherwise what they are called as says it"
        value={value.mayReceive ?? "by_part"}
        choices={[{ value: "by_part", label: "As their part says" }, ...LABELS]}
        onChange={(label) => onChange({ ...value, mayReceive: label === "by_part" ? null : label })}
      />
      <ChoiceField
        label="What it does to the business"
        value={BUSINESS.find(({ means }) => means === value.businessImpact)?.value}
        choices={BUSINESS}
        onChange={(said) =>
          onChange({
            ...value,
            businessImpact: BUSINESS.find((each) => each.value === said)?.means ?? null,
          })
        }
      />
      {text("pgpFingerprint", "PGP fingerprint")}
      <TextArea
        label="PGP key"
        minRows={1}
        maxRows={6}
        value={value.pgpKey}
        error={about("pgpKey")}
        onChange={(event) => onChange({ ...value, pgpKey: event.currentTarget.value })}
      />
      <TextArea
        label="Notes"
        minRows={1}
        value={value.notes}
        onChange={(event) => onChange({ ...value, notes: event.currentTarget.value })}
      />
    </>
  );
}
