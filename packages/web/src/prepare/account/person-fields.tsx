import { TextField } from "../../ui/text-field.tsx";
import { ZoneField } from "./zone-field.tsx";

/** What the record has to show of everybody who handles evidence, and how to reach them. */
export type PersonFields = {
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  readonly zone: string;
  readonly email: string;
};

/** Name, title, phone, zone and mail of a person. */
export function PersonFieldsForm({
  value,
  onChange,
  complaints,
  nameFixed = false,
}: {
  readonly value: PersonFields;
  readonly onChange: (value: PersonFields) => void;
  readonly complaints: Readonly<Record<string, string>>;
  readonly nameFixed?: boolean;
}) {
  const set = (field: keyof PersonFields, text: string) => onChange({ ...value, [field]: text });
  return (
    <>
      <TextField
        label="Name"
        autoComplete="name"
        required
        withAsterisk={false}
        readOnly={nameFixed}
        value={value.name}
        error={complaints["name"]}
        onChange={(event) => set("name", event.currentTarget.value)}
      />
      <div className="fields pair">
        <TextField
          label="Title"
          description="As the custody form shows it"
          autoComplete="organization-title"
          required
          withAsterisk={false}
          value={value.title}
          error={complaints["title"]}
          onChange={(event) => set("title", event.currentTarget.value)}
        />
        <TextField
          label="Phone"
          description="Answered during an incident"
          type="tel"
          autoComplete="tel"
          required
          withAsterisk={false}
          value={value.phone}
          error={complaints["phone"]}
          onChange={(event) => set("phone", event.currentTarget.value)}
        />
        <ZoneField value={value.zone} onChange={(zone) => set("zone", zone)} wrong={complaints["zone"]} />
        <TextField
          label="Mail (optional)"
          type="email"
          autoComplete="email"
          value={value.email}
          error={complaints["email"]}
          onChange={(event) => set("email", event.currentTarget.value)}
        />
      </div>
    </>
  );
}

/** Empty fields, in the zone of this machine. */
export function emptyPerson(): PersonFields {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return { name: "", title: "", phone: "", zone, email: "" };
}
