import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useKey } from "../../shell/keyboard.ts";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { utcText } from "../../ui/moment-text.ts";
import type { AsItStood, Place } from "./travel-queries.ts";

/** How long the slider rests before the incident is looked at there. */
const REST_MS = 150;

/** Which moment is shown, and the ways to another: entry by entry, by the slider, by the clock, back to now. */
export function PastBar({ id, stood }: { readonly id: string; readonly stood: AsItStood }) {
  const { entry, count } = stood;
  const navigate = useNavigate();
  const seq = entry?.incidentSeq ?? 0;
  const go = (at: Place) =>
    void navigate({ to: "/incidents/$incident", params: { incident: id }, search: { at }, replace: true });
  const step = (to: number) => {
    if (to >= 1 && to <= count && to !== seq) go(to);
  };
  useKey("arrowleft", () => step(seq - 1));
  useKey("arrowright", () => step(seq + 1));
  useKey("home", () => step(1));
  useKey("end", () => step(count));
  useKey("escape", () => void navigate({ to: "/incidents/$incident", params: { incident: id } }));
  return (
    <section className="past-bar" aria-label="The moment shown">
      <div className="past-when" role="status">
        <h2>
          As it stood {entry === null ? "before anything was recorded" : <Moment at={entry.recordedAt} />}
        </h2>
        <p>
          {entry === null ? "" : `After entry ${seq} of ${count}. `}What was recorded by then counts, not what
          happened by then.
        </p>
      </div>
      <div className="past-steps">
        <Button disabled={seq <= 1} onClick={() => step(seq - 1)}>
          Earlier
        </Button>
        <Slider seq={seq} count={count} onRest={step} />
        <Button disabled={seq >= count} onClick={() => step(seq + 1)}>
          Later
        </Button>
        <ByClock stood={stood} onPick={go} />
        <Link
          to="/incidents/$incident"
          params={{ incident: id }}
          className={buttonLooks({ weight: "primary" })}
        >
          Back to now
        </Link>
      </div>
    </section>
  );
}

function Slider({
  seq,
  count,
  onRest,
}: {
  readonly seq: number;
  readonly count: number;
  readonly onRest: (seq: number) => void;
}) {
  const [moved, setMoved] = useState<number>();
  useEffect(() => {
    if (moved === undefined) return;
    const timer = setTimeout(() => {
      setMoved(undefined);
      onRest(moved);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [moved, onRest]);
  return (
    <input
      type="range"
      aria-label="Entry of the log"
      min={1}
      max={Math.max(1, count)}
      value={moved ?? Math.max(1, seq)}
      aria-valuetext={`entry ${moved ?? seq} of ${count}`}
      onChange={(event) => setMoved(Number(event.currentTarget.value))}
    />
  );
}

function ByClock({ stood, onPick }: { readonly stood: AsItStood; readonly onPick: (at: Place) => void }) {
  const clock = (at: string) => utcText(at).replace(" ", "T").replace("Z", "");
  const shown = clock(stood.entry?.recordedAt ?? stood.firstAt);
  return (
    <label className="past-moment">
      Recorded by, UTC
      <input
        key={shown}
        type="datetime-local"
        step={1}
        min={clock(stood.firstAt)}
        defaultValue={shown}
        onBlur={({ currentTarget: { value } }) => {
          if (value !== "" && value !== shown) onPick(momentOf(value));
        }}
        onKeyDown={({ key, currentTarget: { value } }) => {
          if (key === "Enter" && value !== "") onPick(momentOf(value));
        }}
      />
    </label>
  );
}

/** The end of the second that was picked: what was recorded within it counts. */
function momentOf(clock: string): string {
  return `${clock.length === 16 ? `${clock}:59` : clock.slice(0, 19)}.999Z`;
}
