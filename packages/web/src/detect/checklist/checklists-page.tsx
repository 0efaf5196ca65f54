import "./checklists-page.css";
import { GATE_TEXTS } from "@jumpkit/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { incidentQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { STEP_PHASE_WORDS } from "../../prepare/playbook/playbook-words.ts";
import { ReasonForm } from "../../recover/reason-form.tsx";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Shape } from "../../ui/shape.tsx";
import { Tag } from "../../ui/tag.tsx";
import { checklistsQuery } from "./checklist-queries.ts";
import { type Checklist, type Checklists, rowsOf, type StepRow } from "./checklist-rows.ts";

/** The checklists of an incident: J and K move, Space says done, S skips with a reason. */
export function ChecklistsPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident/checklists" });
  const answer = useQuery(checklistsQuery(id));
  const incident = useQuery(incidentQuery(id));
  const open = incident.data?.status === "reported" || incident.data?.status === "declared";
  return (
    <section className="checklists" aria-label="Checklists">
      <h2>Checklists</h2>
      <Load answer={answer} label="the checklists" rows={8}>
        {(checklists) => (
          <>
            {checklists.items.length === 0 && checklists.fitting.length === 0 ? <NoPlaybook /> : null}
            <Lists checklists={checklists} open={open} />
            {open && checklists.fitting.length > 0 ? (
              <Fitting incident={id} fitting={checklists.fitting} first={checklists.items.length === 0} />
            ) : null}
          </>
        )}
      </Load>
    </section>
  );
}

function NoPlaybook() {
  return (
    <EmptyState
      title="No playbook is in force"
      verb={
        <Link to="/playbooks" className={buttonLooks({ weight: "primary" })}>
          Open the library
        </Link>
      }
    >
      Adopt one, and it can be gone through here. It stands in nobody's way: what is skipped says why.
    </EmptyState>
  );
}

function Fitting({
  incident,
  fitting,
  first,
}: {
  readonly incident: string;
  readonly fitting: Checklists["fitting"];
  readonly first: boolean;
}) {
  const start = useChange("checklist.start", "incident");
  const [all, setAll] = useState(false);
  const suggested = fitting.filter((each) => each.suggested);
  const shown = all || suggested.length === 0 ? fitting : suggested;
  return (
    <div className="fitting">
      <RefusalNotice fault={start.error} />
      <ul>
        {shown.map(({ id, title, summary }, at) => (
          <li key={id}>
            <div>
              <b>{title}</b>
              <p className="meta">{summary}</p>
            </div>
            <Button
              weight={first && at === 0 ? "primary" : "quiet"}
              disabled={start.isPending}
              onClick={() => start.mutate({ incident, playbook: id })}
            >
              Go through it
            </Button>
          </li>
        ))}
      </ul>
      {shown.length < fitting.length ? (
        <Button weight="plain" onClick={() => setAll(true)}>
          Show the {fitting.length - shown.length} that suit other vectors
        </Button>
      ) : null}
    </div>
  );
}

interface Place {
  readonly list: Checklist;
  readonly row: StepRow;
}

function Lists({ checklists, open }: { readonly checklists: Checklists; readonly open: boolean }) {
  const places: readonly Place[] = checklists.items.flatMap((list) =>
    rowsOf(list, checklists.hosts).map((row) => ({ list, row })),
  );
  const [at, setAt] = useState(0);
  const [skipping, setSkipping] = useState<string>();
  const done = useChange("checklist.do", "checklist");
  const skip = useChange("checklist.skip", "checklist", () => setSkipping(undefined));
  const reopen = useChange("checklist.reopen", "checklist");
  const here = places[Math.min(at, places.length - 1)];
  const toggle = ({ list, row }: Place): void => {
    const about = { checklist: list.id, step: row.step.id, host: row.host?.id ?? null };
    if (row.mark === undefined) done.mutate(about);
    else reopen.mutate(about);
  };
  const move = (by: number) => {
    const next = Math.max(0, Math.min(places.length - 1, at + by));
    setAt(next);
    document.getElementById(rowId(places[next]))?.scrollIntoView({ block: "nearest" });
  };
  useKey("j", places.length > 0 ? () => move(1) : undefined);
  useKey("k", places.length > 0 ? () => move(-1) : undefined);
  useKey(" ", open && here ? () => toggle(here) : undefined);
  useKey("s", open && here && here.row.mark === undefined ? () => setSkipping(rowId(here)) : undefined);
  return (
    <>
      <RefusalNotice fault={done.error ?? reopen.error} />
      {checklists.items.map((list) => (
        <section key={list.id} className="checklist" aria-label={list.title}>
          <ListHead list={list} rows={rowsOf(list, checklists.hosts)} />
          {checklists.hosts.length === 0 && list.steps.some(({ per }) => per === "host") ? (
            <p className="meta">
              Steps for each host appear once hosts are on their way back: take them over under Recovery.
            </p>
          ) : null}
          <ul>
            {places
              .filter((place) => place.list === list)
              .map((place, index, all) => (
                <li key={place.row.key}>
                  {all[index - 1]?.row.step.phase === place.row.step.phase ? null : (
                    <h4>{STEP_PHASE_WORDS[place.row.step.phase]}</h4>
                  )}
                  <Step
                    place={place}
                    current={place.row.key === here?.row.key && place.list.id === here.list.id}
                    open={open}
                    pending={done.isPending || reopen.isPending}
                    onToggle={() => {
                      setAt(places.indexOf(place));
                      toggle(place);
                    }}
                    onSkip={() => setSkipping(rowId(place))}
                  />
                  {skipping === rowId(place) ? (
                    <ReasonForm
                      verb="Skip this step"
                      label="Why is it skipped?"
                      draft={`skip.${rowId(place)}`}
                      pending={skip.isPending}
                      fault={skip.error}
                      onCancel={() => setSkipping(undefined)}
                      onSubmit={(reason) =>
                        skip.mutate({
                          checklist: list.id,
                          step: place.row.step.id,
                          host: place.row.host?.id ?? null,
                          reason,
                        })
                      }
                    />
                  ) : null}
                </li>
              ))}
          </ul>
        </section>
      ))}
      {places.length > 0 && open ? (
        <p className="meta">
          <kbd>J</kbd> <kbd>K</kbd> move, <kbd>Space</kbd> done or open again, <kbd>S</kbd> skip
        </p>
      ) : null}
    </>
  );
}

function rowId(place: Place | undefined): string {
  return place === undefined ? "" : `${place.list.id}-${place.row.key}`.replaceAll(" ", "-");
}

function ListHead({ list, rows }: { readonly list: Checklist; readonly rows: readonly StepRow[] }) {
  const settled = rows.filter(({ mark }) => mark !== undefined).length;
  return (
    <div className="checklist-head">
      <h3>
        {list.title} <span className="meta">version {list.version}</span>
      </h3>
      <span className="meta">
        {settled} of {rows.length}
      </span>
      <ProgressBar value={settled} max={Math.max(1, rows.length)} label={`${list.title}, steps settled`} />
    </div>
  );
}

function Step({
  place: { list, row },
  current,
  open,
  pending,
  onToggle,
  onSkip,
}: {
  readonly place: Place;
  readonly current: boolean;
  readonly open: boolean;
  readonly pending: boolean;
  readonly onToggle: () => void;
  readonly onSkip: () => void;
}) {
  const { step, host, mark } = row;
  return (
    <div
      id={rowId({ list, row })}
      className={current ? "check-row current" : "check-row"}
      aria-current={current ? "true" : undefined}
    >
      <label>
        <input
          type="checkbox"
          checked={mark?.state === "done"}
          disabled={!open || pending}
          onChange={onToggle}
        />
        <span>
          {step.text}
          {host ? <bdi className="mono"> {host.name}</bdi> : null}
        </span>
      </label>
      <span className="check-row-side">
        {step.gate ? (
          <span className="meta">
            <Shape of="shelf" /> gate “{GATE_TEXTS[step.gate].title}”
          </span>
        ) : null}
        {mark?.state === "skipped" ? <Tag shape="onward">{`Skipped: ${mark.words}`}</Tag> : null}
        {mark ? <span className="meta">{mark.by}</span> : null}
        {open && mark === undefined ? (
          <Button weight="plain" onClick={onSkip}>
            Skip
          </Button>
        ) : null}
        {open && mark?.state === "skipped" ? (
          <Button weight="plain" disabled={pending} onClick={onToggle}>
            Open again
          </Button>
        ) : null}
      </span>
    </div>
  );
}
