import type { Incident } from "../../api/contract.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";

/** Turns a report into a declared incident. It can be undone by closing, so it asks nothing. */
export function DeclareButton({ incident }: { readonly incident: Incident }) {
  const declare = useChange("incident.declare", "incident");
  return (
    <>
      <Button
        weight="primary"
        disabled={declare.isPending}
        onClick={() => declare.mutate({ incident: incident.id, lead: incident.lead })}
      >
        Declare it
      </Button>
      <RefusalNotice fault={declare.error} />
    </>
  );
}
