import type { Person } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { Invitation } from "./invitation.tsx";

/** Ends or renews a person's access, and makes a new invitation for who lost theirs. */
export function AccessForm({ person }: { readonly person: Person }) {
  const invite = useChange("person.invite", "person");
  const end = useChange("person.deactivate", "person");
  const renew = useChange("person.reactivate", "person");
  const active = person.status === "active";
  return (
    <section className="panel-section" aria-label="Access">
      <h3>Access</h3>
      <p className="quiet">
        Signs in as <code>{person.signInName}</code>. What they did stays on record, whatever becomes of their
        access.
      </p>
      <Verbs>
        {active ? (
          <>
            <Button disabled={invite.isPending} onClick={() => invite.mutate({ person: person.id })}>
              Make a new invitation
            </Button>
            <Button disabled={end.isPending} onClick={() => end.mutate({ person: person.id })}>
              End access
            </Button>
          </>
        ) : (
          <Button disabled={renew.isPending} onClick={() => renew.mutate({ person: person.id })}>
            Renew access
          </Button>
        )}
      </Verbs>
      <RefusalNotice fault={invite.error ?? end.error ?? renew.error} />
      {invite.data ? <Invitation path={invite.data.invitation} expiresAt={invite.data.expiresAt} /> : null}
    </section>
  );
}
