import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { matrixQuery } from "./recovery-queries.ts";
import { hasEnded, isBack, isSettled } from "./recovery-rows.ts";

/** How far the hosts of an incident are on their way back, in two lines. */
export function RecoverySummary({ incident }: { readonly incident: string }) {
  const { data } = useQuery(matrixQuery(incident));
  if (data === undefined) return null;
  const { items } = data;
  const cells = items.filter((row) => !hasEnded(row)).flatMap((row) => row.cells);
  const ready = items.filter(({ stage }) => stage === "gates_passed").length;
  return (
    <section className="panel-section" aria-label="Recovery">
      <div className="panel-section-head">
        <h3>Recovery</h3>
        <Link to="/incidents/$incident/recovery" params={{ incident }}>
          {items.length === 0 ? "Take hosts over" : "Matrix"}
        </Link>
      </div>
      {items.length === 0 ? (
        <p className="quiet">No host is on its way back.</p>
      ) : (
        <p>
          {items.filter(isBack).length} of {items.length} {items.length === 1 ? "host" : "hosts"} back
          {cells.length > 0 ? `, ${cells.filter(isSettled).length} of ${cells.length} gates settled` : ""}
          {ready > 0 ? `; ${ready} ready to be reconnected` : ""}.
        </p>
      )}
    </section>
  );
}
