import { queryOptions, useQuery } from "@tanstack/react-query";
import { read } from "../api/call.ts";
import type { QueryOutput } from "../api/contract.ts";
import { useMay } from "../api/queries.ts";
import { useChange } from "../api/use-change.ts";
import { teamsQuery } from "../prepare/register/register-queries.ts";
import { Button } from "../ui/button.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";
import { SelectField } from "../ui/select-field.tsx";

const grantsQuery = (incident: string) =>
  queryOptions({
    queryKey: ["incident", incident, "grants"],
    queryFn: async ({ signal }) =>
      (await read<QueryOutput<"grant.of_incident">>(`/v1/incident/${incident}/grant`, signal)).items,
  });

/** Which coordinating teams read this incident and advise on it; those in charge let them in and out. */
export function GrantsField({ incident }: { readonly incident: string }) {
  const mayShare = useMay("incident.share");
  const { data: grants } = useQuery({ ...grantsQuery(incident), enabled: mayShare });
  const { data: teams } = useQuery({ ...teamsQuery, enabled: mayShare });
  const give = useChange("grant.give", "incident");
  const end = useChange("grant.end", "grant");
  const active = (grants ?? []).filter((grant) => grant.status === "active");
  const coordinating = (teams ?? []).filter(
    (team) => team.kind === "coordinating" && !active.some((grant) => grant.team === team.id),
  );
  if (!mayShare || active.length + coordinating.length === 0) return null;
  return (
    <section className="panel-section" aria-label="Coordinating teams">
      <h3>Coordinating teams</h3>
      <ul className="fact-items">
        {active.map((grant) => (
          <li key={grant.id}>
            {grant.name} reads and advises
            <Button
              weight="plain"
              disabled={end.isPending}
              onClick={() => end.mutate({ grant: grant.id, reason: "" })}
            >
              End it now
            </Button>
          </li>
        ))}
      </ul>
      {coordinating.length > 0 ? (
        <SelectField
          label="Let in"
          placeholder="A coordinating team"
          disabled={give.isPending}
          data={coordinating.map((team) => ({ value: team.id, label: team.name }))}
          value={null}
          onChange={(team) => {
            if (team !== null) give.mutate({ incident, team });
          }}
        />
      ) : null}
      <RefusalNotice fault={give.error ?? end.error} />
    </section>
  );
}
