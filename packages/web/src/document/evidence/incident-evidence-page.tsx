import "./incident-evidence-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatch, useNavigate, useParams } from "@tanstack/react-router";
import { itemsOfIncidentQuery } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ItemRow } from "./item-row.tsx";

/** The evidence of one incident: the items at the left, the chosen one or the form at the right. */
export function IncidentEvidencePage() {
  const { incident } = useParams({ from: "/in/incidents/$incident/evidence" });
  const navigate = useNavigate();
  const answer = useQuery(itemsOfIncidentQuery(incident));
  const items = answer.data ?? [];
  const resting = useMatch({ from: "/in/incidents/$incident/evidence/", shouldThrow: false }) !== undefined;
  useListKeys(items.length, (at) => {
    const item = items[at];
    if (item)
      void navigate({ to: "/incidents/$incident/evidence/$item", params: { incident, item: item.id } });
  });
  return (
    <div className={resting ? "evidence-desk" : "evidence-desk open"}>
      <section className="evidence-items" aria-label="Evidence items">
        <div className="evidence-items-head">
          <h2>Evidence</h2>
          <Link
            to="/incidents/$incident/evidence/take"
            params={{ incident }}
            className={buttonLooks({ weight: resting ? "primary" : "quiet" })}
          >
            Take
          </Link>
        </div>
        <Load answer={answer} label="evidence">
          {() =>
            items.length === 0 ? (
              <EmptyState title="No evidence yet">
                Take the most volatile first: memory, network state, running processes, disk, logs.
              </EmptyState>
            ) : (
              <nav aria-label="Items">
                {items.map((item) => (
                  <ItemRow key={item.id} item={item} />
                ))}
              </nav>
            )
          }
        </Load>
      </section>
      <div className="evidence-desk-centre">
        <Outlet />
      </div>
    </div>
  );
}
