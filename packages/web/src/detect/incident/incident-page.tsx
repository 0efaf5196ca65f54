import "./incident-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { incidentQuery, itemsOfIncidentQuery } from "../../api/queries.ts";
import { LogLine } from "../../document/log/log-line.tsx";
import { type Action, useOfferedActions } from "../../shell/actions.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { PrintMarking } from "../../shell/print-marking.tsx";
import { usePageTitle } from "../../ui/page-title.ts";

/** One incident: its views above, the log line docked below through all of them. */
export function IncidentPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const navigate = useNavigate();
  const answer = useQuery(incidentQuery(id));
  const { data: items } = useQuery(itemsOfIncidentQuery(id));
  usePageTitle(answer.data ? `${answer.data.code} ${answer.data.title}` : "Incident");
  useIncidentActions(id);
  useKey("e", () => void navigate({ to: "/incidents/$incident/evidence/take", params: { incident: id } }));
  return (
    <Load answer={answer} label="the incident" rows={12}>
      {(incident) => (
        <div className="incident">
          <PrintMarking tlp={incident.tlp} title={`${incident.code} ${incident.title}`} />
          <nav className="incident-bar" aria-label="Views of this incident">
            <Tab to="/incidents/$incident" id={id} exact>
              Log <span className="count">{incident.entryCount}</span>
            </Tab>
            <Tab to="/incidents/$incident/facts" id={id} phoneOnly>
              Facts
            </Tab>
            <Tab to="/incidents/$incident/evidence" id={id}>
              Evidence <span className="count">{items?.length ?? "–"}</span>
            </Tab>
          </nav>
          <div className="incident-body">
            <Outlet />
          </div>
          <LogLine key={id} incident={incident} />
        </div>
      )}
    </Load>
  );
}

function Tab({
  to,
  id,
  exact = false,
  phoneOnly = false,
  children,
}: {
  readonly to: "/incidents/$incident" | "/incidents/$incident/facts" | "/incidents/$incident/evidence";
  readonly id: string;
  readonly exact?: boolean;
  readonly phoneOnly?: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <Link
      to={to}
      params={{ incident: id }}
      className={phoneOnly ? "incident-tab phone-only" : "incident-tab"}
      activeProps={{ className: "active" }}
      activeOptions={{ exact }}
    >
      {children}
    </Link>
  );
}

function useIncidentActions(id: string): void {
  const navigate = useNavigate();
  const actions = useMemo((): readonly Action[] => {
    const go = (title: string, to: string, keys?: string, also?: string): Action => ({
      id: `incident ${to}`,
      title,
      group: "This incident",
      ...(keys ? { keys } : {}),
      ...(also ? { also } : {}),
      run: () => void navigate({ href: `/incidents/${id}${to}` }),
    });
    return [
      {
        id: "write",
        title: "Write in the handling log",
        group: "This incident",
        keys: "L",
        run: () => document.getElementById("log-line")?.focus(),
      },
      go("Take evidence", "/evidence/take", "E", "collect upload"),
      go("Rate impact and recoverability", "/assessment", undefined, "assess priority"),
      go("Show the evidence", "/evidence", undefined, "custody hand over"),
      go("Close the incident", "/close", undefined, "end dismiss reopen"),
      go("Hand out the case file", "/case-file", undefined, "export download verify"),
    ];
  }, [id, navigate]);
  useOfferedActions(actions);
}
