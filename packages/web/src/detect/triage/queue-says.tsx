import { Link } from "@tanstack/react-router";
import { Button } from "../../ui/button.tsx";
import { utcClock } from "../../ui/moment-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { COUNTED_MAX_TEXT } from "./rail-count.tsx";
import { doneWord } from "./triage-words.ts";
import type { Problem, useDecisions } from "./use-decisions.ts";

/** The line between the filters and the queue: what was just done and how to take it back, or how the queue stands. */
export function QueueSays({ decisions, state, selected, onClear }: Says) {
  const { problem, forget } = decisions;
  return (
    <div className="queue-says">
      {problem ? <ProblemNotice problem={problem} onClose={forget} /> : null}
      <p role="status" className="queue-line">
        <Line decisions={decisions} state={state} selected={selected} onClear={onClear} />
      </p>
    </div>
  );
}

type Says = {
  readonly decisions: ReturnType<typeof useDecisions>;
  readonly state: { readonly waiting: number; readonly grown: number } | undefined;
  readonly selected: number;
  readonly onClear: () => void;
};

function Line({ decisions: { last, undo }, state, selected, onClear }: Says) {
  if (selected > 0) {
    return (
      <>
        <span>
          {selected} selected: <kbd>A</kbd> <kbd>M</kbd> <kbd>D</kbd> <kbd>S</kbd> act on all
        </span>
        <Button weight="plain" onClick={onClear}>
          Clear <kbd>Esc</kbd>
        </Button>
      </>
    );
  }
  if (last !== undefined) {
    const { into, signs, verb } = last;
    return (
      <>
        <span>
          {doneWord(verb)} {signs.length === 1 ? "one sign" : `${signs.length} signs`}
          {into ? (
            <>
              {verb === "accept" ? " as " : " to "}
              <Link to="/incidents/$incident" params={{ incident: into.id }}>
                {into.code}
              </Link>
            </>
          ) : null}
        </span>
        <Button weight="plain" onClick={() => void undo()}>
          Undo <kbd>U</kbd>
        </Button>
      </>
    );
  }
  return (
    <>
      <span className="meta">
        {state === undefined ? "" : `${waitingText(state.waiting)} waiting`}
        {state && state.grown > 0 ? (
          <>
            {" · "}
            <Link to="/triage" search={{ status: "dismissed" }}>
              {state.grown} dismissed {state.grown === 1 ? "one has" : "ones have"} grown since
            </Link>
          </>
        ) : null}
      </span>
      <span className="queue-ways">
        <Link to="/reports">Reports</Link>
        <Link to="/triage/sources">Sources</Link>
      </span>
    </>
  );
}

function waitingText(count: number): string {
  return count >= 10_000 ? COUNTED_MAX_TEXT : count.toLocaleString("en");
}

function ProblemNotice({ problem, onClose }: { readonly problem: Problem; readonly onClose: () => void }) {
  const close = <Button onClick={onClose}>Seen</Button>;
  if (problem.refusal !== undefined) {
    const { by, at, status } = problem.refusal.details;
    return (
      <RefusalNotice fault={problem.refusal} verb={close}>
        {typeof by === "string" ? <WhoDid by={by} at={String(at)} status={String(status)} /> : null}
        {typeof problem.refusal.details["why"] === "string" ? (
          <p>Because {problem.refusal.details["why"]}.</p>
        ) : null}
      </RefusalNotice>
    );
  }
  return (
    <Notice
      tone="warn"
      title={`${problem.refused.length} were taken by somebody else meanwhile`}
      verb={close}
    >
      {problem.refused.slice(0, 5).map(({ sign, by, at, status }) => (
        <WhoDid key={sign} by={by ?? "somebody"} at={at ?? ""} status={status} />
      ))}
    </Notice>
  );
}

function WhoDid({ by, at, status }: { readonly by: string; readonly at: string; readonly status: string }) {
  return (
    <p>
      {by}: {status}
      {at === "" ? "" : `, ${utcClock(at)}`}
    </p>
  );
}
