import "./incident-page.css";
import { useQuery } from "@tanstack/react-query";
import {
  Link,
  Outlet,
  useLocation,
  useMatch,
  useNavigate,
  useParams,
  useSearch,
} from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { useLookingAt } from "../../api/presence.ts";
import { incidentQuery, itemsOfIncidentQuery, useNowAnswer } from "../../api/queries.ts";
import { AdviceDock } from "../../coordinate/advice-dock.tsx";
import { LogLine } from "../../document/log/log-line.tsx";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Onlookers } from "../../shell/onlookers.tsx";
import { PrintMarking } from "../../shell/print-marking.tsx";
import { usePageTitle } from "../../ui/page-title.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { useIncidentActions } from "./incident-actions.ts";

const PastPage = lazy(async () => ({ default: (await import("../../learn/travel/past-page.tsx")).PastPage }));

/** One incident as it stands, or, where the address names a moment, as it stood. */
export function IncidentPage() {
  const { incident } = useParams({ from: "/in/incidents/$incident" });
  const { at } = useSearch({ from: "/in/incidents/$incident" });
  if (at === undefined) return <IncidentNow id={incident} />;
  return (
    <Suspense fallback={<SkeletonRows count={12} label="how the incident stood" />}>
      <PastPage key={incident} id={incident} at={at} />
    </Suspense>
  );
}

/** Its views above, the log line docked below through all of them. */
function IncidentNow({ id }: { readonly id: string }) {
  const navigate = useNavigate();
  const answer = useQuery(incidentQuery(id));
  const { data: items } = useQuery(itemsOfIncidentQuery(id));
  usePageTitle(
    answer.data
      ? `${answer.data.exercise === null ? "" : "EXERCISE "}${answer.data.code} ${answer.data.title}`
      : "Incident",
  );
  const view = useView();
  // Whom the policy lets read no incident and who sees this one was let in to advise.
  const guest = useNowAnswer().may.every(
    (row) => row.action !== "incident.read" || row.effect !== "permitted",
  );
  useIncidentActions(id);
  useLookingAt(id);
  useKey(
    "i",
    () => void navigate({ to: "/incidents/$incident/containment/request", params: { incident: id } }),
  );
  useKey(
    "t",
    () => void navigate({ to: "/incidents/$incident", params: { incident: id }, search: { at: "latest" } }),
  );
  useKey("e", () => void navigate({ to: "/incidents/$incident/evidence/take", params: { incident: id } }));
  return (
    <>
      <h1 className="unseen on-paper">
        {answer.data ? `${answer.data.code} ${answer.data.title}` : "Incident"}
      </h1>
      <Load answer={answer} label="the incident" rows={12}>
        {(incident) => (
          <div className="incident">
            <PrintMarking
              tlp={incident.tlp}
              title={`${incident.exercise === null ? "" : "EXERCISE "}${incident.code} ${incident.title}`}
            />
            <nav className="incident-bar" aria-label="Views of this incident">
              <Tab to="/incidents/$incident" id={id} active={view === "log"}>
                Log <span className="count">{incident.entryCount}</span>
              </Tab>
              <Tab to="/incidents/$incident/facts" id={id} active={view === "facts"} phoneOnly>
                Facts
              </Tab>
              <Tab to="/incidents/$incident/evidence" id={id} active={view === "evidence"}>
                Evidence <span className="count">{items?.length ?? "–"}</span>
              </Tab>
              <Tab to="/incidents/$incident/observables" id={id} active={view === "observables"}>
                Observables
              </Tab>
              <Tab to="/incidents/$incident/containment" id={id} active={view === "containment"}>
                Containment
              </Tab>
              <Tab to="/incidents/$incident/recovery" id={id} active={view === "recovery"}>
                Recovery
              </Tab>
              <Tab to="/incidents/$incident/checklists" id={id} active={view === "checklists"}>
                Checklists
              </Tab>
              <Tab to="/incidents/$incident/notify" id={id} active={view === "notify"}>
                Notify
              </Tab>
              <Tab to="/incidents/$incident/lessons" id={id} active={view === "lessons"}>
                Lessons
              </Tab>
              <Tab to="/incidents/$incident/cost" id={id} active={view === "cost"}>
                Cost
              </Tab>
              <Tab to="/incidents/$incident/report" id={id} active={view === "report"}>
                Report
              </Tab>
              <Link
                to="/incidents/$incident"
                params={{ incident: id }}
                search={{ at: "latest" }}
                className="incident-tab incident-past"
                activeProps={{}}
              >
                As it stood
              </Link>
              <span className="incident-onlookers">
                <Onlookers thing={id} />
              </span>
            </nav>
            <div className="incident-body">
              <Outlet />
            </div>
            {guest ? <AdviceDock key={id} incident={incident} /> : <LogLine key={id} incident={incident} />}
          </div>
        )}
      </Load>
    </>
  );
}

type View =
  | "log"
  | "facts"
  | "evidence"
  | "observables"
  | "containment"
  | "recovery"
  | "checklists"
  | "notify"
  | "lessons"
  | "cost"
  | "report";

/** Which of the views is on screen; every panel beside the log counts as the log. */
function useView(): View {
  const observables = useMatch({ from: "/in/incidents/$incident/observables", shouldThrow: false });
  const evidence = useMatch({ from: "/in/incidents/$incident/evidence", shouldThrow: false });
  const facts = useMatch({ from: "/in/incidents/$incident/log/facts", shouldThrow: false });
  const containment = useMatch({ from: "/in/incidents/$incident/containment", shouldThrow: false });
  const recovery = useMatch({ from: "/in/incidents/$incident/recovery", shouldThrow: false });
  const restoring = useMatch({ from: "/in/incidents/$incident/credentials", shouldThrow: false });
  const notifying = useLocation({
    select: ({ pathname }) => /\/incidents\/[^/]+\/notify(?:\/|$)/.test(pathname),
  });
  const lessons = useMatch({ from: "/in/incidents/$incident/lessons", shouldThrow: false });
  const followup = useMatch({ from: "/in/incidents/$incident/report", shouldThrow: false });
  const cost = useMatch({ from: "/in/incidents/$incident/cost", shouldThrow: false });
  const checklists = useMatch({ from: "/in/incidents/$incident/checklists", shouldThrow: false });
  if (lessons !== undefined) return "lessons";
  if (cost !== undefined) return "cost";
  if (followup !== undefined) return "report";
  if (notifying) return "notify";
  if (containment !== undefined) return "containment";
  if (restoring !== undefined) return "recovery";
  if (checklists !== undefined) return "checklists";
  if (recovery !== undefined) return "recovery";
  if (evidence !== undefined) return "evidence";
  if (observables !== undefined) return "observables";
  return facts === undefined ? "log" : "facts";
}

function Tab({
  to,
  id,
  active,
  phoneOnly = false,
  children,
}: {
  readonly to:
    | "/incidents/$incident"
    | "/incidents/$incident/facts"
    | "/incidents/$incident/evidence"
    | "/incidents/$incident/observables"
    | "/incidents/$incident/recovery"
    | "/incidents/$incident/checklists"
    | "/incidents/$incident/containment"
    | "/incidents/$incident/notify"
    | "/incidents/$incident/lessons"
    | "/incidents/$incident/cost"
    | "/incidents/$incident/report";
  readonly id: string;
  readonly active: boolean;
  readonly phoneOnly?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Link
      to={to}
      params={{ incident: id }}
      className={["incident-tab", phoneOnly ? "phone-only" : "", active ? "active" : ""].join(" ")}
      aria-current={active ? "page" : undefined}
      activeProps={{}}
    >
      {children}
    </Link>
  );
}
