import "./host-panel.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { incidentQuery } from "../api/queries.ts";
import { useKey } from "../shell/keyboard.ts";
import { Load } from "../shell/load.tsx";
import { buttonLooks } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Tag } from "../ui/tag.tsx";
import { CellState } from "./cell-state.tsx";
import { GateSection } from "./gate-section.tsx";
import { MoreOfHost } from "./more-of-host.tsx";
import type { RecoverySearch } from "./recovery-filter.ts";
import { type RecoveringHost, recoveringHostQuery } from "./recovery-queries.ts";
import { STAGE_WORDS, stageTone } from "./recovery-words.ts";
import { StepsSection } from "./steps-section.tsx";
import { WaySection } from "./way-section.tsx";

/** One host on its way back: what is missing, the gate that is open in the address, its steps and all its gates. */
export function HostPanel() {
  const { incident: id, host: hostId } = useParams({ from: "/in/incidents/$incident/recovery/$host" });
  const search = useSearch({ from: "/in/incidents/$incident/recovery" });
  const navigate = useNavigate();
  const answer = useQuery(recoveringHostQuery(id, hostId));
  const incident = useQuery(incidentQuery(id));
  const leave = () =>
    void navigate({
      to: "/incidents/$incident/recovery",
      params: { incident: id },
      search: { ...search, proof: undefined, act: undefined },
    });
  useKey("escape", leave);
  const open = incident.data?.status === "reported" || incident.data?.status === "declared";
  return (
    <Load answer={answer} label="the host">
      {(host) => {
        const cell = host.cells.find(({ gate }) => gate.id === search.proof);
        const workable = open && host.end === null;
        return (
          <Panel title={host.name} onClose={leave}>
            <div className="host-top">
              <Tag tone={stageTone(host.stage)}>{STAGE_WORDS[host.stage]}</Tag>
              {host.round > 1 ? <span className="meta">affected {host.round} times</span> : null}
              {host.phase ? (
                <span className="meta">
                  phase {host.phase.order}, {host.phase.name}
                </span>
              ) : null}
              {host.targetOn ? <span className="meta">back by {host.targetOn}</span> : null}
            </div>
            {cell ? (
              <GateSection
                key={`${host.id} ${cell.gate.id}`}
                host={host}
                cell={cell}
                open={workable}
                waiving={search.act === "waive"}
              />
            ) : null}
            <WaySection host={host} open={open} />
            <StepsSection host={host} open={workable} />
            <GateList incident={id} host={host} search={search} />
            <MoreOfHost host={host} open={open} />
            <Link
              to="/incidents/$incident/recovery/$host/sheet"
              params={{ incident: id, host: host.id }}
              className={buttonLooks({})}
            >
              Sheet to print
            </Link>
          </Panel>
        );
      }}
    </Load>
  );
}

function GateList({
  incident,
  host,
  search,
}: {
  readonly incident: string;
  readonly host: RecoveringHost;
  readonly search: RecoverySearch;
}) {
  const settled = host.cells.filter(({ state }) => !["open", "working", "asked"].includes(state)).length;
  return (
    <section className="panel-section" aria-label="Gates">
      <div className="panel-section-head">
        <h3>Gates</h3>
        <span className="meta">
          {settled} of {host.cells.length} settled
        </span>
      </div>
      <ul className="gate-list">
        {host.cells.map((cell) => (
          <li key={cell.gate.id}>
            <Link
              to="/incidents/$incident/recovery/$host"
              params={{ incident, host: host.id }}
              search={{ ...search, proof: cell.gate.id, act: undefined }}
              className={cell.gate.id === search.proof ? "active" : ""}
              activeProps={{}}
              aria-current={cell.gate.id === search.proof ? "true" : undefined}
            >
              <span>{cell.gate.title}</span>
              <CellState cell={cell} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
