import { exerciseIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { useNow } from "../../shell/now.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import type { Exercise } from "./exercise-queries.ts";
import { clockText, minuteOf } from "./exercise-words.tsx";

/** The exercise's own clock, and the way to stop it. */
export function ExerciseClock({
  exercise,
  directs,
}: {
  readonly exercise: Exercise;
  readonly directs: boolean;
}) {
  const minute = minuteOf(exercise, useNow());
  const end = useChange("exercise.end", "exercise");
  const { id, state, minutes, factor, injects, injectsInAll } = exercise;
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
      {directs && state === "running" ? (
        <Button disabled={end.isPending} onClick={() => end.mutate({ exercise: exerciseIdOf(id) })}>
          End play
        </Button>
      ) : null}
      <RefusalNotice fault={end.error} />
    </section>
  );
}
