import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Load } from "../../shell/load.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { IncidentList } from "../incident/incident-list.tsx";
import { incidentsQuery } from "../incident/incidents-query.ts";

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
              <EmptyState title="Nothing is open" shell={'jumpkit declare "what you see"'}>
                An incident starts with what somebody sees. Nobody has to be sure.
              </EmptyState>
            ) : (
              <IncidentList incidents={items} />
            )
          }
        </Load>
      </div>
    </section>
  );
}
