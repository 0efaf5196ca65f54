import { useState } from "react";
import { exerciseIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { Tag } from "../../ui/tag.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import type { Exercise } from "./exercise-queries.ts";
import { VERDICTS } from "./exercise-words.tsx";

/** The objectives, with what the evaluators noted on each. */
export function ObjectiveList({ exercise }: { readonly exercise: Exercise }) {
  const { objectives, judgements, part, state } = exercise;
  const [noting, setNoting] = useState<number>();
  const may = part !== null && part !== "player" && (state === "running" || state === "ended");
  return (
    <section aria-label="Objectives">
      <h2>Objectives</h2>
      <ol className="inject-list">
        {objectives.map((each, place) => {
          const objective = place + 1;
          return (
            <li key={each}>
              <span className="inject-time">{objective}</span>
              <div>
                <p>{each}</p>
                {judgements
                  .filter((judged) => judged.objective === objective)
                  .map((judged) => (
                    <p key={judged.by} className="judgement">
                      <VerdictTag verdict={judged.verdict} /> {judged.words}{" "}
                      <span className="meta">{judged.by}</span>
                    </p>
                  ))}
                {noting === objective ? (
                  <JudgeForm id={exercise.id} objective={objective} onDone={() => setNoting(undefined)} />
                ) : null}
              </div>
              <span className="inject-state">
                {may && noting !== objective ? (
                  <Button
                    weight="plain"
                    aria-label={`Note on objective ${objective}`}
                    onClick={() => setNoting(objective)}
                  >
                    Note
                  </Button>
                ) : null}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function VerdictTag({ verdict }: { readonly verdict: (typeof VERDICTS)[number]["value"] }) {
  if (verdict === "met") {
    return (
      <Tag tone="ok" shape="check">
        met
      </Tag>
    );
  }
  return verdict === "partly" ? (
    <Tag tone="warn" shape="half">
      partly
    </Tag>
  ) : (
    <Tag tone="warn" shape="ring">
      not met
    </Tag>
  );
}

function JudgeForm({
  id,
  objective,
  onDone,
}: {
  readonly id: string;
  readonly objective: number;
  readonly onDone: () => void;
}) {
  const [verdict, setVerdict] = useState<(typeof VERDICTS)[number]["value"]>();
  const [words, setWords] = useState("");
  const judge = useChange("exercise.judge", "exercise", onDone);
  return (
    <Form
      verb="Note it"
      ready={verdict !== undefined}
      pending={judge.isPending}
      fault={judge.error}
      onCancel={onDone}
      onSubmit={() => verdict && judge.mutate({ exercise: exerciseIdOf(id), objective, verdict, words })}
    >
      <ChoiceField label="How far was it reached?" choices={VERDICTS} value={verdict} onChange={setVerdict} />
      <TextArea
        label="What you saw"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </Form>
  );
}
