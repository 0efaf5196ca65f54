import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { Shape } from "../../ui/shape.tsx";
import { advisoriesQuery } from "./advisory-queries.ts";

/** Advisories that wait to be approved or sent; nothing while there is none. */
export function AdvisoriesOnNow() {
  const reads = useMay("contact.read");
  const { data: advisories = [] } = useQuery({ ...advisoriesQuery, enabled: reads });
  const waiting = advisories.filter(({ state }) => state === "draft" || state === "approved");
  if (waiting.length === 0) return null;
  return (
    <section aria-label="Advisories that wait">
      <h2>Advisories that wait</h2>
      <ul className="now-waits">
        {waiting.slice(0, 5).map(({ id, title, state, by }) => (
          <li key={id}>
            <Shape of={state === "draft" ? "ring" : "half"} />
            <span>
              <Link to="/advisories/$advisory" params={{ advisory: id }}>
                {title}
              </Link>
              {state === "draft"
                ? `: written by ${by}, waits for a second person`
                : ": approved, not sent yet"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
