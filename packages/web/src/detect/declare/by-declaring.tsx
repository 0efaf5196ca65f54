import { useQuery } from "@tanstack/react-query";
import type { May } from "../../api/contract.ts";
import { peopleQuery } from "../../api/queries.ts";
import { nameList } from "../../prepare/people/whom-to-ask.ts";
import { Shape } from "../../ui/shape.tsx";

/** What authority one has from this moment on, and whom one has to ask for the rest. */
export function ByDeclaring({
  may,
  mayDeclare,
}: {
  readonly may: readonly May[];
  readonly mayDeclare: boolean;
}) {
  const { data: people } = useQuery(peopleQuery);
  const acts = may.filter((row) => !row.performed || row.action === "evidence.collect");
  const permitted = acts.filter((row) => row.effect === "permitted");
  const consent = acts.filter((row) => row.effect === "approval");
  const forbidden = acts.filter((row) => row.effect === "forbidden" && row.whoMay.length === 0);
  return (
    <aside className="declare-aside" aria-label="Your authority">
      <h2>{mayDeclare ? "By declaring you may" : "You may report. You may also"}</h2>
      <ul>
        {permitted.map((row) => (
          <li key={row.action}>
            <span className="ok">
              <Shape of="check" />
            </span>
            {row.title}
          </li>
        ))}
        {permitted.length === 0 ? <li className="quiet">Nothing until a policy is in force</li> : null}
      </ul>
      {consent.length > 0 ? (
        <>
          <h3>With somebody's consent</h3>
          <ul>
            {consent.map((row) => (
              <li key={row.action}>
                <span className="warn">
                  <Shape of="half" />
                </span>
                <span>
                  {row.title} <span className="meta">· ask {nameList(row.approvers, people ?? [])}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {forbidden.length > 0 ? (
        <>
          <h3>Never</h3>
          <ul>
            {forbidden.map((row) => (
              <li key={row.action}>
                <span>
                  <Shape of="cross" />
                </span>
                {row.title}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </aside>
  );
}
