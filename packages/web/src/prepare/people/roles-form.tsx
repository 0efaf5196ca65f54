import { useState } from "react";
import type { Person } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { RolesField } from "./roles-field.tsx";

/** Gives a person other parts. */
export function RolesForm({ person }: { readonly person: Person }) {
  const [roles, setRoles] = useState<readonly Person["roles"][number][]>(person.roles);
  const assign = useChange("person.assign", "person");
  const changed = roles.length !== person.roles.length || roles.some((role) => !person.roles.includes(role));
  return (
    <section className="panel-section" aria-label="Roles">
      <RolesField roles={roles} onChange={setRoles} />
      <RefusalNotice fault={assign.error} />
      {changed ? (
        <div>
          <Button
            disabled={assign.isPending}
            onClick={() => assign.mutate({ person: person.id, seen: person.changedSeq, roles: [...roles] })}
          >
            Give these roles
          </Button>
        </div>
      ) : null}
    </section>
  );
}
