import { pausedSince, playedMinute } from "@jumpkit/core";
import { exerciseIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { useNow } from "../../shell/now.ts";
import { Button } from "../../ui/button.tsx";
import { Keys } from "../../ui/keys.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { Exercise } from "./exercise-queries.ts";
import { clockText, wayText } from "./exercise-words.tsx";

/** The injects with when they were planned and when they were fired; the next one is fired by one key. */
export function InjectList({
  exercise,
  directs,
}: {
  readonly exercise: Exercise;
  readonly directs: boolean;
}) {
  const { id, state, injects, part } = exercise;
  const minute = playedMinute(exercise, useNow());
  const fire = useChange("exercise.inject", "exercise");
  const next = injects.find((each) => each.fired === null);
  const goesOn = state === "running" && pausedSince(exercise) === null;
  const may = directs && goesOn && next !== undefined && !fire.isPending;
  const fireNext = (inject: number) => fire.mutate({ exercise: exerciseIdOf(id), inject });
  useKey("f", may ? () => fireNext(next.number) : undefined);
  return (
    <section aria-label="Injects">
      <h2>{part === null || part === "player" ? "What you were told" : "Injects"}</h2>
      <RefusalNotice fault={fire.error} />
      {injects.length === 0 ? (
        <p className="quiet">
          {state === "planned" ? "They stay secret until it begins." : "Nothing was told yet."}
        </p>
      ) : (
        <ol className="inject-list">
          {injects.map((each) => (
            <li key={each.number} className={each === next && state === "running" ? "next" : ""}>
              <span className="inject-time">{clockText(each.minute)}</span>
              <div>
                <p>
                  <span className="meta">{wayText(each.way)}</span> {each.text}
                </p>
                {each.raw === "" ? null : <pre className="connector-answer">{each.raw}</pre>}
                {each.expected === "" ? null : <p className="meta">Expected: {each.expected}</p>}
              </div>
              <span className="inject-state">
                <FiredTag inject={each} due={state === "running" && each.minute <= minute} />
                {directs && goesOn && each.fired === null ? (
                  <Button
                    weight={each === next ? "primary" : "plain"}
                    disabled={fire.isPending}
                    aria-label={`Fire inject ${each.number}`}
                    onClick={() => fireNext(each.number)}
                  >
                    Fire
                  </Button>
                ) : null}
                {directs && each === next && goesOn ? <Keys of="F" /> : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function FiredTag({ inject, due }: { readonly inject: Exercise["injects"][number]; readonly due: boolean }) {
  if (inject.fired !== null) {
    return (
      <Tag tone="ok" shape="check">
        {`told at ${clockText(inject.fired.minute)}`}
      </Tag>
    );
  }
  return due ? (
    <Tag tone="warn" shape="triangle">
      due
    </Tag>
  ) : null;
}
