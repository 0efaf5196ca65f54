import "../../contain/containment-page.css";
import "../../learn/learn.css";
import "./exercise.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { exerciseIdOf } from "../../api/ids.ts";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { ImprovementSection } from "../improvement-section.tsx";
import { AfterPlay } from "./after-play.tsx";
import { CancelButton } from "./cancel-button.tsx";
import { ExerciseClock } from "./exercise-clock.tsx";
import { type Exercise, exerciseQuery } from "./exercise-queries.ts";
import { StateOfExercise } from "./exercise-words.tsx";
import { InjectList } from "./inject-list.tsx";
import { ObjectiveList } from "./objective-list.tsx";
import { OutboxSection } from "./outbox-section.tsx";

/** One exercise: its clock and injects for who directs it, what was fired for who plays, and what it taught. */
export function ExercisePage() {
  const { exercise: id } = useParams({ from: "/in/exercises/$exercise" });
  const answer = useQuery(exerciseQuery(id));
  return (
    <Load answer={answer} label="the exercise" rows={10}>
      {(exercise) => <Shown exercise={exercise} />}
    </Load>
  );
}

function Shown({ exercise }: { readonly exercise: Exercise }) {
  const { id, title, state, plannedFor, minutes, factor, part, situation, people, opened } = exercise;
  const directs = part === "facilitator" || part === "controller";
  return (
    <>
      <PageHead
        title={title}
        under={
          <>
            <StateOfExercise of={exercise} /> <Moment at={plannedFor} /> · {minutes} minutes
            {factor === 1 ? "" : `, clock at ${factor}×`}
            {part === null ? "" : ` · you are ${part}`}
          </>
        }
      >
        <Link
          to="/exercises/$exercise/paper"
          params={{ exercise: id }}
          search={{ for: "players" }}
          className={buttonLooks({ weight: "plain" })}
        >
          Participants’ packet
        </Link>
        {part === null || part === "player" ? null : (
          <Link
            to="/exercises/$exercise/paper"
            params={{ exercise: id }}
            search={{ for: "facilitator" }}
            className={buttonLooks({ weight: "plain" })}
          >
            Facilitator’s guide
          </Link>
        )}
        {directs && state === "planned" ? <BeforePlay id={id} /> : null}
      </PageHead>
      <div className="exercise">
        <div className="containment">
          {state === "running" || state === "ended" ? (
            <ExerciseClock exercise={exercise} directs={directs} />
          ) : null}
          {directs || part === "evaluator" ? <AfterPlay exercise={exercise} directs={directs} /> : null}
          <InjectList exercise={exercise} directs={directs} />
          <ObjectiveList exercise={exercise} />
          {opened === null || state === "running" ? null : <ImprovementSection incident={opened} />}
          {opened === null ? null : <OutboxSection id={id} />}
        </div>
        <aside className="exercise-beside" aria-label="About this exercise">
          <Incidents exercise={exercise} />
          <section aria-label="Opening situation">
            <h2>Opening situation</h2>
            <p className="lessons-said">{situation}</p>
          </section>
          <section aria-label="Who takes part">
            <h2>Who takes part</h2>
            <ul className="exercise-people">
              {people.map(({ person, name, role }) => (
                <li key={person}>
                  {name} <span className="meta">{role}</span>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </>
  );
}

function BeforePlay({ id }: { readonly id: string }) {
  const begin = useChange("exercise.begin", "exercise");
  return (
    <>
      <CancelButton id={id} />
      <Link to="/exercises/$exercise/change" params={{ exercise: id }} className={buttonLooks({})}>
        Plan it anew
      </Link>
      <Button
        weight="primary"
        disabled={begin.isPending}
        onClick={() => begin.mutate({ exercise: exerciseIdOf(id) })}
      >
        Begin
      </Button>
      <RefusalNotice fault={begin.error} />
    </>
  );
}

function Incidents({ exercise: { id, incidents, state } }: { readonly exercise: Exercise }) {
  if (incidents.length === 0) return null;
  return (
    <section aria-label="Incidents of this exercise">
      <h2>Played in</h2>
      <ul className="exercise-people">
        {incidents.map((each) => (
          <li key={each.id}>
            <Link to="/incidents/$incident" params={{ incident: each.id }}>
              {each.code}
            </Link>{" "}
            {each.title} <span className="meta">{each.status}</span>
          </li>
        ))}
      </ul>
      {state === "running" ? (
        <Link to="/declare" search={{ exercise: id }} className={buttonLooks({})}>
          Declare another in this exercise
        </Link>
      ) : null}
    </section>
  );
}
