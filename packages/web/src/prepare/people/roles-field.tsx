import type { Role } from "../../api/contract.ts";
import { ChoicesField } from "../../ui/choice-field.tsx";
import { ROLE_MEANING, ROLE_ORDER, ROLE_WORDS } from "./role-words.ts";

const CHOICES = ROLE_ORDER.map((role) => ({ value: role, label: ROLE_WORDS[role], why: ROLE_MEANING[role] }));

/** The parts a person has; none for a member of a coordinating team from outside. */
export function RolesField({
  roles,
  onChange,
}: {
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}) {
  return (
    <ChoicesField
      label="Roles"
      hint="What each may do is for the policy to say. Without any, somebody sees only the incidents that their coordinating team is let into"
      column
      choices={CHOICES}
      values={roles}
      onChange={onChange}
    />
  );
}
