import "../../ui/filter.css";
import "./incidents-page.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { SearchField } from "../../shell/search-field.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import type { IncidentFilter } from "./incident-filter.ts";
import { IncidentList } from "./incident-list.tsx";
import { incidentPagesQuery } from "./incidents-query.ts";

const STATUSES = [
  [undefined, "All"],
  ["open", "Open"],
  ["closed", "Closed"],
  ["dismissed", "Dismissed"],
] as const;

const PRIORITIES = [
  [undefined, "Any priority"],
  ["critical", <PriorityMark key="c" priority="critical" />],
  ["high", <PriorityMark key="h" priority="high" />],
  ["medium", <PriorityMark key="m" priority="medium" />],
  ["low", <PriorityMark key="l" priority="low" />],
  ["unrated", <PriorityMark key="u" priority="unrated" />],
] as const;

/** Every incident one may see, newest change first; the filters are in the address. */
export function IncidentsPage() {
  const filter = useSearch({ from: "/in/incidents" });
  const navigate = useNavigate();
  const answer = useInfiniteQuery(incidentPagesQuery(filter));
  const incidents = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = useListKeys(incidents.length, (at) => {
    const incident = incidents[at];
    if (incident) void navigate({ to: "/incidents/$incident", params: { incident: incident.id } });
  });
  return (
    <>
      <PageHead title="Incidents">
        <Link to="/declare" className={buttonLooks({ weight: "primary" })}>
          Declare an incident
        </Link>
      </PageHead>
      <div className="incident-filters">
        <div className="search">
          <SearchField
            label="Words of the code or title"
            text={filter.text}
            onLook={(text) => void navigate({ to: "/incidents", search: { ...filter, text }, replace: true })}
          />
        </div>
        <Filter name="status" label="Status" filter={filter} choices={STATUSES} />
        <Filter name="priority" label="Priority" filter={filter} choices={PRIORITIES} />
      </div>
      <div className="incidents-list">
        <Load answer={answer} label="incidents" rows={10}>
          {() =>
            incidents.length === 0 ? (
              <NoIncidents filter={filter} />
            ) : (
              <IncidentList incidents={incidents} chosen={chosen} />
            )
          }
        </Load>
      </div>
      <MoreRows answer={answer} />
    </>
  );
}

function Filter({
  name,
  label,
  filter,
  choices,
}: {
  readonly name: "status" | "priority";
  readonly label: string;
  readonly filter: IncidentFilter;
  readonly choices: ReadonlyArray<readonly [string | undefined, ReactNode]>;
}) {
  return (
    <nav className="filter-row" aria-label={label}>
      {choices.map(([value, word]) => (
        <Link
          key={value ?? "any"}
          to="/incidents"
          search={{ ...filter, [name]: value }}
          className={filter[name] === value ? "filter-link active" : "filter-link"}
          aria-current={filter[name] === value ? "true" : undefined}
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}

function NoIncidents({ filter }: { readonly filter: IncidentFilter }) {
  const filtered = Object.values(filter).some((value) => value !== undefined);
  if (filtered) {
    return (
      <EmptyState
        title="No incident fits these filters"
        verb={
          <Link to="/incidents" className={buttonLooks({})}>
            Show all incidents
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No incident yet"
      verb={
        <Link to="/declare" className={buttonLooks({})}>
          Declare an incident
        </Link>
      }
    >
      An incident starts with what somebody sees. Log, evidence and isolation are open from that moment on.
    </EmptyState>
  );
}
