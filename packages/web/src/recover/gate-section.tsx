import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useNowAnswer } from "../api/queries.ts";
import { useChange } from "../api/use-change.ts";
import { useWhyNot } from "../shell/authority-actions.ts";
import { Button } from "../ui/button.tsx";
import { Facts } from "../ui/facts.tsx";
import { Moment } from "../ui/moment.tsx";
import { RefusalNotice } from "../ui/refusal-notice.tsx";
import { Verbs } from "../ui/verbs.tsx";
import { CellState } from "./cell-state.tsx";
import { ProveForm } from "./prove-form.tsx";
import { ReasonForm } from "./reason-form.tsx";
import type { HostCell, RecoveringHost } from "./recovery-queries.ts";
import { isSettled } from "./recovery-rows.ts";
import { WaiveForm } from "./waive-form.tsx";

type Doing = "prove" | "waive" | "withdraw" | "leave_out" | undefined;

/** One gate of one host: what it asks for, how it stands, and what can be done about it. */
export function GateSection({
  host,
  cell,
  open,
  waiving,
}: {
  readonly host: RecoveringHost;
  readonly cell: HostCell;
  readonly open: boolean;
  readonly waiving: boolean;
}) {
  const canBeProved = cell.state !== "proven" && cell.state !== "left_out";
  const first = canBeProved && cell.state !== "asked" && cell.state !== "waived" ? "prove" : undefined;
  const [doing, setDoing] = useState<Doing>(waiving && canBeProved ? "waive" : first);
  const done = () => setDoing(undefined);
  const { gate } = cell;
  return (
    <section className="gate-section panel-section" aria-label={gate.title}>
      <div className="panel-section-head">
        <h3>{gate.title}</h3>
        <CellState cell={cell} />
      </div>
      <p>{gate.needs}</p>
      <Told host={host} cell={cell} />
      {open ? (
        <>
          <Answer host={host} cell={cell} />
          {doing === "prove" ? <ProveForm host={host} cell={cell} onDone={done} /> : null}
          {doing === "waive" ? <WaiveForm host={host} cell={cell} onDone={done} /> : null}
          {doing === "withdraw" ? <Withdraw host={host} cell={cell} onDone={done} /> : null}
          {doing === "leave_out" ? <LeaveOut host={host} cell={cell} onDone={done} /> : null}
          <GateVerbs cell={cell} host={host} doing={doing} onDo={setDoing} />
        </>
      ) : null}
    </section>
  );
}

type Of = { readonly host: RecoveringHost; readonly cell: HostCell };

function Told({ host, cell: { told, gate, state, ended } }: Of) {
  if (state === "left_out") return <p className="quiet">Left out: {gate.reason}</p>;
  if (told === null) return null;
  const who = state === "asked" ? "Says that it is done" : "By";
  return (
    <Facts
      of={[
        [who, told.by.name],
        ["Asked to look", told.asked?.name ?? ""],
        [ended || state === "waived" ? "Reason" : "Proof", told.what],
        [gate.names ?? "Names", told.names],
        ["Note", told.note],
        [ended ? "Ended" : "Until", told.until ? <Moment key="u" at={told.until} /> : ""],
        [
          "Recorded",
          <span key="r">
            <Moment at={told.at} utcOnly />{" "}
            <Link
              to="/incidents/$incident/entries/$entry"
              params={{ incident: host.incident, entry: String(told.seq) }}
            >
              entry {told.seq}
            </Link>
          </span>,
        ],
      ]}
    />
  );
}

/** The answer of the colleague who was asked to look. */
function Answer({ host, cell }: Of) {
  const { person } = useNowAnswer();
  const confirm = useChange("gate.confirm", "incident");
  if (cell.state !== "asked" || cell.told?.asked?.id !== person.id) return null;
  return (
    <div className="gate-answer">
      <p>{cell.told.by.name} asks you to look for yourself. Confirm only what you saw.</p>
      <RefusalNotice fault={confirm.error} />
      <Button
        weight="primary"
        disabled={confirm.isPending}
        onClick={() => confirm.mutate({ incident: host.incident, hosts: [host.id], gate: cell.gate.id })}
      >
        I looked: {cell.gate.title.toLowerCase()} is met
      </Button>
    </div>
  );
}

function GateVerbs({
  host,
  cell,
  doing,
  onDo,
}: Of & { readonly doing: Doing; readonly onDo: (next: Doing) => void }) {
  const begin = useChange("gate.begin", "incident");
  const require = useChange("gate.require", "incident");
  const whyNot = useWhyNot();
  const { gate, state } = cell;
  if (state === "left_out") {
    return (
      <>
        <RefusalNotice fault={require.error} />
        <Button
          disabled={require.isPending}
          onClick={() =>
            require.mutate({
              incident: host.incident,
              host: host.id,
              gates: [gate.id],
              reason: "It applies to this host after all",
            })
          }
        >
          Ask for it after all
        </Button>
      </>
    );
  }
  const offers: readonly { readonly does: Doing; readonly word: string; readonly when: boolean }[] = [
    { does: "prove", word: "Prove it", when: state !== "proven" },
    { does: "waive", word: "Waive it", when: state !== "proven" },
    { does: "leave_out", word: "Leave it out", when: !isSettled(cell) },
    {
      does: "withdraw",
      word: state === "proven" ? "Withdraw the proof" : "Open it again",
      when: cell.told !== null,
    },
  ];
  return (
    <>
      <RefusalNotice fault={begin.error} />
      <Verbs>
        {state === "open" ? (
          <Button
            disabled={begin.isPending}
            onClick={() => begin.mutate({ incident: host.incident, hosts: [host.id], gate: gate.id })}
          >
            I work on it
          </Button>
        ) : null}
        {offers
          .filter(({ does, when }) => when && does !== doing)
          .map(({ does, word }) => (
            <Button key={word} weight="plain" onClick={() => onDo(does)}>
              {word}
            </Button>
          ))}
      </Verbs>
      {doing === "waive" || doing === "leave_out" ? (
        <p className="meta">{whyNot("gate.waive") ?? "You may waive gates and leave them out."}</p>
      ) : null}
    </>
  );
}

type FormOf = Of & { readonly onDone: () => void };

function Withdraw({ host, cell, onDone }: FormOf) {
  const withdraw = useChange("gate.withdraw", "incident", onDone);
  return (
    <ReasonForm
      verb={`Open ${cell.gate.title.toLowerCase()} again`}
      label="Why?"
      draft={`withdraw.${host.id}.${cell.gate.id}`}
      pending={withdraw.isPending}
      fault={withdraw.error}
      onCancel={onDone}
      onSubmit={(reason) =>
        withdraw.mutate({ incident: host.incident, hosts: [host.id], gate: cell.gate.id, reason })
      }
    />
  );
}

function LeaveOut({ host, cell, onDone }: FormOf) {
  const leaveOut = useChange("gate.leave_out", "incident", onDone);
  return (
    <ReasonForm
      verb="Leave it out for this host"
      label="Why does it not apply?"
      draft={`leave-out.${host.id}.${cell.gate.id}`}
      pending={leaveOut.isPending}
      fault={leaveOut.error}
      onCancel={onDone}
      onSubmit={(reason) =>
        leaveOut.mutate({ incident: host.incident, host: host.id, gates: [cell.gate.id], reason })
      }
    />
  );
}
