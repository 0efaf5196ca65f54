import "../../document/evidence/custody-page.css";
import "./exercise.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Load } from "../../shell/load.tsx";
import { PrintMarking } from "../../shell/print-marking.tsx";
import { Button } from "../../ui/button.tsx";
import { Printer } from "../../ui/icons.ts";
import { utcText } from "../../ui/moment-text.ts";
import { usePageTitle } from "../../ui/page-title.ts";
import { type Exercise, exerciseQuery, scenariosQuery } from "./exercise-queries.ts";
import { clockText, wayText } from "./exercise-words.tsx";

const TITLES = { players: "Participants’ packet", facilitator: "Facilitator’s guide" } as const;

/** An exercise on paper: what the players get, or what its facilitator leads by. */
export function PaperPage() {
  const { exercise: id } = useParams({ from: "/in/exercises/$exercise/paper" });
  const { for: reader } = useSearch({ from: "/in/exercises/$exercise/paper" });
  const answer = useQuery(exerciseQuery(id));
  const title = TITLES[reader];
  usePageTitle(`EXERCISE ${title}`);
  return (
    <Load answer={answer} label="the exercise">
      {(exercise) => (
        <div className="custody-page">
          <PrintMarking tlp="TLP:AMBER" title={`EXERCISE ${exercise.title}: ${title}`} />
          <div className="custody-bar no-print">
            <Link to="/exercises/$exercise" params={{ exercise: id }}>
              Back to the exercise
            </Link>
            <Button weight="primary" icon={Printer} onClick={() => window.print()}>
              Print
            </Button>
          </div>
          <article className="custody-sheet exercise-paper">
            <p className="meta">EXERCISE · {title}</p>
            <h1>{exercise.title}</h1>
            <p>
              {utcText(exercise.plannedFor)}, {exercise.minutes} minutes on the exercise’s clock
              {exercise.factor === 1 ? "" : `, which runs ${exercise.factor} times as fast as ours`}.
            </p>
            {reader === "players" ? <Packet exercise={exercise} /> : <Guide exercise={exercise} />}
          </article>
        </div>
      )}
    </Load>
  );
}

function Packet({ exercise }: { readonly exercise: Exercise }) {
  return (
    <>
      <h2>How it is played</h2>
      <ul>
        <li>Work on the same pages as in a real incident. A striped band says that it is an exercise.</li>
        <li>
          Say and write “exercise, exercise, exercise” first, whenever you speak to somebody outside the room.
        </li>
        <li>Nothing leaves the house: mail stays in the exercise, and connectors are not let loose.</li>
        <li>If something real happens, say “no exercise” aloud. It is then handled first.</li>
        <li>Whoever you would call is played by the controller. Nobody is judged; our plans are.</li>
      </ul>
      <h2>Situation</h2>
      <p className="lessons-said">{exercise.situation}</p>
      <h2>What we want to find out</h2>
      <ol>
        {exercise.objectives.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ol>
      <People exercise={exercise} />
    </>
  );
}

function Guide({ exercise }: { readonly exercise: Exercise }) {
  const library = useQuery(scenariosQuery);
  return (
    <>
      <h2>Situation</h2>
      <p className="lessons-said">{exercise.situation}</p>
      <People exercise={exercise} />
      <h2>Injects</h2>
      <table className="custody-table exercise-injects">
        <thead>
          <tr>
            <th scope="col">Planned</th>
            <th scope="col">What they are told</th>
            <th scope="col">What is expected</th>
            <th scope="col">Told at</th>
          </tr>
        </thead>
        <tbody>
          {exercise.injects.map((each) => (
            <tr key={each.number}>
              <td>{clockText(each.minute)}</td>
              <td>
                {wayText(each.way)}: {each.text}
                {each.raw === "" ? null : <pre>{each.raw}</pre>}
              </td>
              <td>{each.expected}</td>
              <td>{each.fired === null ? "" : clockText(each.fired.minute)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Objectives</h2>
      <table className="custody-table">
        <thead>
          <tr>
            <th scope="col">Objective</th>
            <th scope="col">Met, partly or not, and what you saw</th>
          </tr>
        </thead>
        <tbody>
          {exercise.objectives.map((each) => (
            <tr key={each} className="exercise-room">
              <td>{each}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Questions</h2>
      <ul>
        {exercise.questions.map((each) => (
          <li key={each}>{each}</li>
        ))}
        {library.data?.questions
          .flatMap(({ asks }) => asks)
          .map((each) => (
            <li key={each}>{each}</li>
          ))}
      </ul>
      <h2>Hot wash, directly afterwards</h2>
      <p>Twenty minutes, before anybody goes. What went well? What did not? What had nobody expected?</p>
    </>
  );
}

function People({ exercise }: { readonly exercise: Exercise }) {
  return (
    <>
      <h2>Who takes part</h2>
      <ul>
        {exercise.people.map(({ person, name, role }) => (
          <li key={person}>
            {name}, {role}
          </li>
        ))}
      </ul>
    </>
  );
}
