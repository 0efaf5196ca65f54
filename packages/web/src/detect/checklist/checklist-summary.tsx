import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { checklistsQuery } from "./checklist-queries.ts";
import { rowsOf } from "./checklist-rows.ts";

/** How far the checklists of an incident are, and which playbook is suggested for its vector. */
export function ChecklistSummary({ incident }: { readonly incident: string }) {
  const { data } = useQuery(checklistsQuery(incident));
  if (data === undefined) return null;
  const { items, hosts, fitting } = data;
  const suggested = fitting.filter((each) => each.suggested).map(({ title }) => title);
  return (
    <section className="panel-section" aria-label="Checklists">
      <div className="panel-section-head">
        <h3>Checklists</h3>
        <Link to="/incidents/$incident/checklists" params={{ incident }}>
          {items.length === 0 ? "Start one" : "Go on"}
        </Link>
      </div>
      <ul>
        {items.map((list) => {
          const rows = rowsOf(list, hosts);
          return (
            <li key={list.id}>
              {list.title}{" "}
              <span className="meta">
                {rows.filter(({ mark }) => mark !== undefined).length} of {rows.length}
              </span>
            </li>
          );
        })}
      </ul>
      {items.length === 0 ? (
        <p className="quiet">
          {suggested.length === 0 ? "No playbook in force suits it." : `Suggested: ${suggested.join(", ")}.`}
        </p>
      ) : null}
    </section>
  );
}
