import "./containment-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatch, useNavigate, useParams } from "@tanstack/react-router";
import type { Incident } from "../api/contract.ts";
import { incidentQuery } from "../api/queries.ts";
import { useListKeys } from "../shell/list-keys.ts";
import { Load } from "../shell/load.tsx";
import { buttonLooks } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Moment } from "../ui/moment.tsx";
import { Side } from "../ui/side.tsx";
import { type Isolation, isolationsQuery } from "./contain-queries.ts";
import { CareTag, IsolationTag } from "./isolation/state-tag.tsx";
import { SparesInUse } from "./spare/spares-in-use.tsx";
import { WatchSection } from "./watch/watch-section.tsx";

/** What is cut off in an incident, what stands in for it, and who looks how often. */
export function ContainmentPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const resting =
    useMatch({ from: "/in/incidents/$incident/containment/", shouldThrow: false }) !== undefined;
  const { data: incident } = useQuery(incidentQuery(id));
  return (
    <Side panel={resting ? null : <Outlet />}>
      <div className="containment">
        <IsolationSection id={id} open={isOpen(incident)} resting={resting} />
        <SparesInUse incident={id} open={isOpen(incident)} />
        <WatchSection incident={id} open={isOpen(incident)} />
      </div>
    </Side>
  );
}

function isOpen(incident: Incident | undefined): boolean {
  return incident?.status === "reported" || incident?.status === "declared";
}

function IsolationSection({
  id,
  open,
  resting,
}: {
  readonly id: string;
  readonly open: boolean;
  readonly resting: boolean;
}) {
  const answer = useQuery(isolationsQuery(id));
  const navigate = useNavigate();
  const items = answer.data ?? [];
  useListKeys(items.length, (at) => {
    const item = items[at];
    if (item === undefined) return;
    void navigate({
      to: "/incidents/$incident/containment/$isolation",
      params: { incident: id, isolation: item.id },
    });
  });
  const request = open ? (
    <Link
      to="/incidents/$incident/containment/request"
      params={{ incident: id }}
      className={buttonLooks({ weight: resting ? "primary" : "quiet" })}
    >
      Cut something off
    </Link>
  ) : null;
  return (
    <section aria-label="Isolations">
      <div className="containment-head">
        <h2>Isolations</h2>
        {items.length > 0 ? request : null}
      </div>
      <Load answer={answer} label="the isolations" rows={3}>
        {(isolations) =>
          isolations.length === 0 ? (
            <EmptyState title="Nothing is cut off" verb={request}>
              Cut off a host, a segment or an account as soon as harm spreads; nobody has to be sure first. Or
              from the shell: <code>jumpkit isolation request</code>
            </EmptyState>
          ) : (
            <ul className="isolation-list">
              {isolations.map((isolation) => (
                <li key={isolation.id}>
                  <IsolationRow isolation={isolation} />
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </section>
  );
}

function IsolationRow({ isolation }: { readonly isolation: Isolation }) {
  const { id, incident, target, state, care, ownerName, reviewAt } = isolation;
  return (
    <Link
      to="/incidents/$incident/containment/$isolation"
      params={{ incident, isolation: id }}
      className="isolation-row"
    >
      <span>
        <bdi className="mono">{target.name}</bdi> <span className="meta">{target.kind}</span>
      </span>
      <span className="tags">
        <CareTag care={care} />
        <IsolationTag state={state} />
      </span>
      <span className="meta">
        {care === "not_needed" ? (
          isolation.why
        ) : (
          <>
            {ownerName} · to be looked at again by {reviewAt ? <Moment at={reviewAt} /> : "nobody knows when"}
          </>
        )}
      </span>
    </Link>
  );
}

/** What stands at the right while nothing is open. */
export function NoIsolation() {
  return null;
}
