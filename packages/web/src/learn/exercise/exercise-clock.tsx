import { pausedSince, playedMinute } from "@jumpkit/core";
import { useState } from "react";
import { exerciseIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { useNow } from "../../shell/now.ts";
import { Button } from "../../ui/button.tsx";
import { LineForm } from "../../ui/line-form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { Exercise } from "./exercise-queries.ts";
import { clockText } from "./exercise-words.tsx";

/** The exercise's own clock, and the ways to let it stand still and to stop it. */
export function ExerciseClock({
  exercise,
  directs,
}: {
  readonly exercise: Exercise;
  readonly directs: boolean;
}) {
  const minute = playedMinute(exercise, useNow());
  const { state, minutes, factor, injects, injectsInAll } = exercise;
  const fired = injects.filter((each) => each.fired !== null).length;
  return (
    <section aria-label="Clock" className="exercise-clock">
      <p>
        <strong>{clockText(minute)}</strong>
        <span>
          of {clockText(minutes)} on the exercise’s clock
          {factor === 1 ? "" : `, ${factor} times as fast as ours`}
        </span>
        <span className="meta">
          {fired} of {injectsInAll} injects fired
        </span>
      </p>
      <PausedNote exercise={exercise} />
      {directs && state === "running" ? <ClockVerbs exercise={exercise} /> : null}
    </section>
  );
}

function PausedNote({ exercise }: { readonly exercise: Exercise }) {
  const last = exercise.pauses.at(-1);
  if (last === undefined || pausedSince(exercise) === null) return null;
  return (
    <p role="status">
      Paused by {last.by}: {last.reason} <Moment at={last.from} />
    </p>
  );
}

function ClockVerbs({ exercise }: { readonly exercise: Exercise }) {
  const id = exerciseIdOf(exercise.id);
  const [pausing, setPausing] = useState(false);
  const end = useChange("exercise.end", "exercise");
  const resume = useChange("exercise.resume", "exercise");
  if (pausing) return <PauseForm id={id} onDone={() => setPausing(false)} />;
  return (
    <>
      <Verbs>
        {pausedSince(exercise) === null ? (
          <Button onClick={() => setPausing(true)}>Pause play</Button>
        ) : (
          <Button
            weight="primary"
            disabled={resume.isPending}
            onClick={() => resume.mutate({ exercise: id })}
          >
            Let play go on
          </Button>
        )}
        <Button disabled={end.isPending} onClick={() => end.mutate({ exercise: id })}>
          End play
        </Button>
      </Verbs>
      <RefusalNotice fault={end.error ?? resume.error} />
    </>
  );
}

function PauseForm({
  id,
  onDone,
}: {
  readonly id: ReturnType<typeof exerciseIdOf>;
  readonly onDone: () => void;
}) {
  const pause = useChange("exercise.pause", "exercise", onDone);
  return (
    <LineForm
      verb="Pause play"
      says="The players see that, and why. No minute passes meanwhile."
      step={pause}
      onCancel={onDone}
      onLine={(reason) => pause.mutate({ exercise: id, reason })}
    />
  );
}
