import "./exercise-band.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { incidentQuery, useNowAnswer } from "../../api/queries.ts";
import { exerciseQuery } from "./exercise-queries.ts";

/** Across the window, on every page of a made-up organisation. */
export function DemonstrationBand() {
  if (!useNowAnswer().demonstration) return null;
  return (
    <div className="exercise-band" role="status">
      <p>
        <b>DEMONSTRATION</b>{" "}
        <span className="exercise-band-more">Made up, and nothing of it leaves the house.</span>
      </p>
    </div>
  );
}

/** Across the window, on every page of what is played: that nothing of it has happened, and nothing leaves. */
export function ExerciseBand() {
  const { incident, exercise: shown } = useParams({ strict: false });
  const { exercise: declaredIn } = useSearch({ strict: false });
  const exercise = shown ?? declaredIn;
  if (incident !== undefined) return <BandOfIncident incident={incident} />;
  return exercise === undefined ? null : <Band exercise={exercise} />;
}

/** The band where the incident is played, on screen and on paper; nothing where it is real. */
export function BandOfIncident({ incident }: { readonly incident: string }) {
  const { data } = useQuery(incidentQuery(incident));
  return data?.exercise ? <Band exercise={data.exercise} /> : null;
}

function Band({ exercise }: { readonly exercise: string }) {
  const { data } = useQuery(exerciseQuery(exercise));
  return (
    <div className="exercise-band" role="status">
      <p>
        <b>EXERCISE</b>{" "}
        <Link to="/exercises/$exercise" params={{ exercise }}>
          {data?.title ?? "to the exercise"}
        </Link>
        <span className="exercise-band-more"> Nothing of it leaves the house, and nothing of it counts.</span>
      </p>
    </div>
  );
}
