import { useQuery } from "@tanstack/react-query";
import type { Incident } from "../../api/contract.ts";
import { peopleQuery, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { SelectField } from "../../ui/select-field.tsx";

/** Who leads, and the way to name somebody else. */
export function LeadField({ incident }: { readonly incident: Incident }) {
  const me = useNowAnswer().person;
  const { data: people } = useQuery(peopleQuery);
  const name = useChange("incident.lead", "incident");
  const leads = (people ?? []).filter((person) => person.status === "active" || person.id === incident.lead);
  return (
    <>
      <SelectField
        label="Lead"
        placeholder="Nobody leads yet"
        allowDeselect={false}
        disabled={name.isPending}
        data={leads.map((person) => ({ value: person.id, label: `${person.name}, ${person.title}` }))}
        value={incident.lead}
        onChange={(id) => {
          const lead = leads.find((person) => person.id === id);
          if (lead && lead.id !== incident.lead) name.mutate({ incident: incident.id, lead: lead.id });
        }}
      />
      {incident.lead === null ? (
        <div>
          <Button
            disabled={name.isPending}
            onClick={() => name.mutate({ incident: incident.id, lead: me.id })}
          >
            Take the lead
          </Button>
        </div>
      ) : null}
      <RefusalNotice fault={name.error} />
    </>
  );
}
