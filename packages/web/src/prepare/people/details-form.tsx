import { useState } from "react";
import type { Person } from "../../api/contract.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { Form } from "../../ui/form.tsx";
import { PersonFieldsForm } from "../account/person-fields.tsx";

/** Changes what the record shows of a person from now on. */
export function DetailsForm({ person }: { readonly person: Person }) {
  const { name, title, phone, zone, email } = person;
  const [fields, setFields] = useState({ name, title, phone, zone, email });
  const save = useChange("person.change", "person");
  return (
    <Form
      verb="Save"
      pending={save.isPending}
      fault={save.error}
      onSubmit={() => save.mutate({ person: person.id, seen: person.changedSeq, ...fields })}
    >
      <PersonFieldsForm
        value={fields}
        onChange={setFields}
        complaints={save.error ? asRefusal(save.error).complaints : {}}
      />
    </Form>
  );
}
