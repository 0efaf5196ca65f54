import "../../contain/containment-page.css";
import "./exercise.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useKey } from "../../shell/keyboard.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { type ExerciseRow, exercisesQuery, type Scenario, scenariosQuery } from "./exercise-queries.ts";
import { StateOfExercise, scoreText } from "./exercise-words.tsx";

/** The exercises of the house, and the library of scenarios that the next one can begin with. */
export function ExercisesPage() {
  const answer = useQuery(exercisesQuery);
  const navigate = useNavigate();
  const exercises = answer.data ?? [];
  const chosen = useListKeys(exercises.length, (at) => {
    const exercise = exercises[at]?.id;
    if (exercise) void navigate({ to: "/exercises/$exercise", params: { exercise } });
  });
  useKey("n", () => void navigate({ to: "/exercises/plan" }));
  const plan = (
    <Link to="/exercises/plan" className={buttonLooks({ weight: "primary" })}>
      Plan an exercise
    </Link>
  );
  return (
    <>
      <PageHead
        title="Exercises"
        under="Played on the same screens as a real incident, and marked on every page."
      >
        {exercises.length > 0 ? plan : null}
      </PageHead>
      <div className="containment">
        <section aria-label="Exercises">
          <Load answer={answer} label="the exercises" rows={3}>
            {(rows) =>
              rows.length === 0 ? (
                <EmptyState title="Nothing was practised yet" verb={plan}>
                  Take a scenario, say who plays and who watches, and choose a day. Three to five injects in
                  90 minutes, with a hot wash directly afterwards, teach more than a long day.
                </EmptyState>
              ) : (
                <ul className="isolation-list">
                  {rows.map((each, at) => (
                    <li key={each.id}>
                      <Row exercise={each} active={at === chosen} />
                    </li>
                  ))}
                </ul>
              )
            }
          </Load>
        </section>
        <Library />
      </div>
    </>
  );
}

function Row({ exercise, active }: { readonly exercise: ExerciseRow; readonly active: boolean }) {
  const { id, title, state, plannedFor, beganAt, minutes, factor, part, score } = exercise;
  return (
    <Link
      to="/exercises/$exercise"
      params={{ exercise: id }}
      className={active ? "isolation-row active" : "isolation-row"}
    >
      <strong>{title}</strong>
      <span className="tags">
        <StateOfExercise of={exercise} />
      </span>
      <span className="meta">
        <Moment at={beganAt ?? plannedFor} /> · {minutes} min
        {factor === 1 ? "" : ` at ${factor}×`}
        {part === null ? "" : ` · you are ${part}`}
        {score === null || state === "planned" ? "" : ` · ${scoreText(score)}`}
      </span>
    </Link>
  );
}

function Library() {
  const answer = useQuery(scenariosQuery);
  return (
    <section aria-label="Library of scenarios">
      <h2>Library of scenarios</h2>
      <Load answer={answer} label="the scenarios" rows={6}>
        {({ items }) => (
          <ul className="scenario-list">
            {items.map((each) => (
              <li key={each.key}>
                <ScenarioCard scenario={each} />
              </li>
            ))}
          </ul>
        )}
      </Load>
    </section>
  );
}

function ScenarioCard({ scenario }: { readonly scenario: Scenario }) {
  const { key, title, about, situation, minutes, injects, objectives, questions, variations } = scenario;
  return (
    <article className="scenario-card" aria-label={title}>
      <h3>{title}</h3>
      <p>{about}</p>
      <details>
        <summary>
          {minutes} minutes, {injects.length} injects, {objectives.length} objectives
        </summary>
        <p>{situation}</p>
        <ul>
          {objectives.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <p className="meta">Asked on the way: {questions.join(" ")}</p>
        <p className="meta">Another time: {variations.join(" ")}</p>
      </details>
      <Link
        to="/exercises/plan"
        search={{ scenario: key }}
        className={buttonLooks({})}
        aria-label={`Plan with it: ${title}`}
      >
        Plan with it
      </Link>
    </article>
  );
}
