import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMay } from "../../api/queries.ts";
import { Shape } from "../../ui/shape.tsx";
import { type AdvisoryRow, advisoriesQuery } from "./advisory-queries.ts";

/** Advisories that wait to be approved or sent, or whose mail may not have left; nothing while there is none. */
export function AdvisoriesOnNow() {
  const reads = useMay("contact.read");
  const { data: advisories = [] } = useQuery({ ...advisoriesQuery, enabled: reads });
  const waiting = advisories.filter(({ state, failed }) => isWaiting(state) || failed > 0);
  if (waiting.length === 0) return null;
  return (
    <section aria-label="Advisories that wait">
      <h2>Advisories that wait</h2>
      <ul className="now-waits">
        {waiting.slice(0, 5).map((advisory) => (
          <li key={advisory.id}>
            <Shape of={advisory.state === "draft" ? "ring" : "half"} />
            <span>
              <Link to="/advisories/$advisory" params={{ advisory: advisory.id }}>
                {advisory.title}
              </Link>
              {`: ${waitsFor(advisory)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function isWaiting(state: AdvisoryRow["state"]): boolean {
  return state === "draft" || state === "approved";
}

function waitsFor({ state, by, failed }: AdvisoryRow): string {
  if (state === "draft") return `written by ${by}, waits for a second person`;
  if (state === "approved") return "approved, not sent yet";
  return failed === 1 ? "one mail may not have left" : `${failed} mails may not have left`;
}
