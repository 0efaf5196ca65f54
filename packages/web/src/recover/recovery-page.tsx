import "./recovery-page.css";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatch, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { incidentQuery } from "../api/queries.ts";
import { useChange } from "../api/use-change.ts";
import { useKey } from "../shell/keyboard.ts";
import { Load } from "../shell/load.tsx";
import { buttonLooks } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PlainSelect } from "../ui/plain-select.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";
import { TextField } from "../ui/text-field.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { HostCards } from "./host-cards.tsx";
import { type CellVerb, MatrixGrid } from "./matrix-grid.tsx";
import { phasesOf, type RecoverySearch, rowsShown } from "./recovery-filter.ts";
import { type Matrix, matrixQuery } from "./recovery-queries.ts";
import { hasEnded, isBack, isSettled, openBetween } from "./recovery-rows.ts";

/** The hosts of an incident on their way back: hosts × gates at the left, the host or form at the right. */
export function RecoveryPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident/recovery" });
  const answer = useQuery(matrixQuery(id));
  const incident = useQuery(incidentQuery(id));
  const resting = useMatch({ from: "/in/incidents/$incident/recovery/", shouldThrow: false }) !== undefined;
  const open = incident.data?.status === "reported" || incident.data?.status === "declared";
  return (
    <div className={resting ? "recovery" : "recovery open"}>
      <section className="recovery-main" aria-label="Recovery">
        <Load answer={answer} label="the recovery matrix" rows={12}>
          {(matrix) =>
            matrix.items.length === 0 ? (
              <EmptyState
                title="No host is on its way back"
                verb={
                  open && resting ? (
                    <Link
                      to="/incidents/$incident/recovery/take-over"
                      params={{ incident: id }}
                      className={buttonLooks({ weight: "primary" })}
                    >
                      Take affected hosts over
                    </Link>
                  ) : undefined
                }
              >
                Take the affected hosts over: each gets the twelve gates that stand between it and the
                network.
              </EmptyState>
            ) : (
              <Desk incident={id} matrix={matrix} open={open} resting={resting} />
            )
          }
        </Load>
      </section>
      {resting ? null : (
        <div className="recovery-panel">
          <Outlet />
        </div>
      )}
    </div>
  );
}

function Desk({
  incident,
  matrix,
  open,
  resting,
}: {
  readonly incident: string;
  readonly matrix: Matrix;
  readonly open: boolean;
  readonly resting: boolean;
}) {
  const navigate = useNavigate();
  const search = useSearch({ from: "/in/incidents/$incident/recovery" });
  const chosen = useMatch({ from: "/in/incidents/$incident/recovery/$host", shouldThrow: false })?.params
    .host;
  const begin = useChange("gate.begin", "incident");
  const rows = useMemo(() => rowsShown(matrix, search), [matrix, search]);
  const show: (act: RecoverySearch["act"]) => CellVerb = (act) => (row, gate, from) =>
    void navigate({
      to: "/incidents/$incident/recovery/$host",
      params: { incident, host: row.id },
      search: { ...search, proof: gate?.id, from, act: gate === undefined ? undefined : act },
    });
  const onBegin: CellVerb = (row, gate, from) => {
    if (gate === undefined || !open) return;
    const together = openBetween(rows, matrix.gates, { from, to: row.id, gate: gate.id }).map(({ id }) => id);
    begin.mutate({ incident, hosts: together.length === 0 ? [row.id] : together, gate: gate.id });
  };
  return (
    <>
      <RecoveryHead incident={incident} matrix={matrix} open={open} resting={resting} />
      <Filters matrix={matrix} search={search} />
      <RefusalNotice fault={begin.error} />
      {rows.length === 0 ? (
        <EmptyState
          title="No host fits these filters"
          verb={
            <Link to="/incidents/$incident/recovery" params={{ incident }} className={buttonLooks({})}>
              Show all hosts
            </Link>
          }
        />
      ) : (
        <>
          <MatrixGrid
            rows={rows}
            gates={matrix.gates}
            chosen={chosen}
            gate={search.proof}
            onOpen={show(undefined)}
            onBegin={onBegin}
            onWaive={show("waive")}
          />
          <HostCards incident={incident} matrix={matrix} rows={rows} search={search} />
        </>
      )}
      <p className="matrix-keys meta">
        Arrows move, <kbd>Space</kbd> you work on it, <kbd>Enter</kbd> proof, <kbd>W</kbd> waive;{" "}
        <kbd>Shift</kbd> marks several hosts
      </p>
    </>
  );
}

function RecoveryHead({
  incident,
  matrix,
  open,
  resting,
}: {
  readonly incident: string;
  readonly matrix: Matrix;
  readonly open: boolean;
  readonly resting: boolean;
}) {
  const { items } = matrix;
  const cells = items.filter((row) => !hasEnded(row)).flatMap((row) => row.cells);
  const back = items.filter(isBack).length;
  return (
    <div className="recovery-head">
      <div>
        <h2>Recovery</h2>
        <p className="meta">
          {back} of {items.length} {items.length === 1 ? "host" : "hosts"} back
          {cells.length > 0 ? ` · ${cells.filter(isSettled).length} of ${cells.length} gates settled` : ""}
        </p>
      </div>
      {open ? (
        <div className="recovery-verbs">
          <Link to="/incidents/$incident/credentials" params={{ incident }} className={buttonLooks({})}>
            Data and passwords
          </Link>
          <Link to="/incidents/$incident/recovery/gates" params={{ incident }} className={buttonLooks({})}>
            Gates
          </Link>
          <Link
            to="/incidents/$incident/recovery/take-over"
            params={{ incident }}
            className={buttonLooks({ weight: resting ? "primary" : "quiet" })}
          >
            Take hosts over
          </Link>
        </div>
      ) : null}
    </div>
  );
}

function Filters({ matrix, search }: { readonly matrix: Matrix; readonly search: RecoverySearch }) {
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.text ?? "");
  useKey("/", () => field.current?.focus());
  useEffect(() => {
    if (document.activeElement !== field.current) setText(search.text ?? "");
  }, [search.text]);
  const look = (part: RecoverySearch) =>
    void navigate({ to: ".", search: { ...search, ...part }, replace: true });
  const phases = phasesOf(matrix.items);
  return (
    <search className="recovery-filters">
      <TextField
        ref={field}
        aria-label="Search hosts"
        placeholder="Host"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          look({ text: event.currentTarget.value || undefined });
        }}
      />
      <Toggle
        on={search.open === "yes"}
        onPress={() => look({ open: search.open === "yes" ? undefined : "yes" })}
      >
        Open only
      </Toggle>
      <PlainSelect
        label="Gate that is open"
        hidden
        empty="Any gate"
        choices={matrix.gates.map(({ id, title }) => ({ value: id, label: `${title} open` }))}
        value={search.gate}
        onChange={(gate) => look({ gate })}
      />
      {phases.length > 1 ? (
        <nav className="filter-row" aria-label="Phases">
          {phases.map(({ key, name, back, hosts, targetOn }) => (
            <Toggle
              key={key}
              on={search.phase === key}
              onPress={() => look({ phase: search.phase === key ? undefined : key })}
            >
              {`${key === "none" ? "" : `${key}. `}${name} ${back}/${hosts}${targetOn === "" ? "" : `, by ${targetOn}`}`}
            </Toggle>
          ))}
        </nav>
      ) : null}
    </search>
  );
}
