import { useNavigate } from "@tanstack/react-router";
import type { Role } from "../../api/contract.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { emptyPerson, PersonFieldsForm } from "../account/person-fields.tsx";
import { Invitation } from "./invitation.tsx";
import { RolesField } from "./roles-field.tsx";

const NO_ROLES: readonly Role[] = [];

/** Adds a person and shows, once, the link by which they sign in first. */
export function AddPersonPanel() {
  const navigate = useNavigate();
  const [draft, setDraft, discard] = useDraft("person", {
    person: emptyPerson(),
    signInName: "",
    roles: NO_ROLES,
  });
  const add = useChange("person.add", undefined, discard);
  const leave = () => void navigate({ to: "/people" });
  useKey("escape", leave);
  const complaints = add.error ? asRefusal(add.error).complaints : {};
  const { person, signInName, roles } = draft;
  if (add.data && add.variables) {
    return (
      <Panel title={`${add.variables.name} is added`} onClose={leave}>
        <Invitation path={add.data.invitation} expiresAt={add.data.expiresAt} />
      </Panel>
    );
  }
  return (
    <Panel title="Add a person" onClose={leave}>
      <Form
        verb="Add and invite"
        ready={[person.name, person.title, person.phone, signInName].every((text) => text.trim() !== "")}
        pending={add.isPending}
        fault={add.error}
        onSubmit={() => add.mutate({ ...person, signInName, roles: [...roles] })}
      >
        <PersonFieldsForm
          value={person}
          onChange={(next) => setDraft({ ...draft, person: next })}
          complaints={complaints}
        />
        <TextField
          label="Sign-in name"
          description="Small letters, digits, dots and dashes"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={signInName}
          error={complaints["signInName"]}
          onChange={(event) => setDraft({ ...draft, signInName: event.currentTarget.value.toLowerCase() })}
        />
        <RolesField roles={roles} onChange={(next) => setDraft({ ...draft, roles: next })} />
      </Form>
    </Panel>
  );
}
