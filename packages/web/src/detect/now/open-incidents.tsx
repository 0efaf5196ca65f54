import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IncidentRow } from "../../api/contract.ts";
import { Load } from "../../shell/load.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { IncidentList } from "../incident/incident-list.tsx";
import { incidentsQuery } from "../incident/incidents-query.ts";

/** Unrated ones come after high: somebody has to look, but a known fire comes first. */
const ORDER = ["critical", "high", "unrated", "medium", "low"];

/** The incidents that are open, worst first. */
export function OpenIncidents({ readable }: { readonly readable: boolean }) {
  const answer = useQuery({ ...incidentsQuery({ status: "open" }), enabled: readable });
  if (!readable) return null;
  return (
    <section aria-label="Open incidents">
      <div className="now-head">
        <h2>Open incidents</h2>
        <Link to="/incidents">All incidents</Link>
      </div>
      <div className="now-incidents">
        <Load answer={answer} label="open incidents">
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="Nothing is open">
                An incident starts with what somebody sees. Nobody has to be sure.
              </EmptyState>
            ) : (
              <IncidentList incidents={worstFirst(items)} />
            )
          }
        </Load>
      </div>
    </section>
  );
}

function worstFirst(incidents: readonly IncidentRow[]): readonly IncidentRow[] {
  const place = ({ priority }: IncidentRow): number => ORDER.indexOf(priority ?? "unrated");
  return [...incidents].sort((a, b) => place(a) - place(b));
}
