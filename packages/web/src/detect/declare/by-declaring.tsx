import { useQuery } from "@tanstack/react-query";
import type { May, Person } from "../../api/contract.ts";
import { peopleQuery } from "../../api/queries.ts";

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
            <span className="ok" aria-hidden="true">
              ✓
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
                <span className="warn" aria-hidden="true">
                  ◐
                </span>
                <span>
                  {row.title} <span className="meta">· ask {namesOf(row, people ?? [])}</span>
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
                <span aria-hidden="true">✕</span>
                {row.title}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </aside>
  );
}

/** The active people who can consent, three at most; the roles where nobody holds them. */
function namesOf(row: May, people: readonly Person[]): string {
  const names = people
    .filter(
      (person) => person.status === "active" && person.roles.some((role) => row.approvers.includes(role)),
    )
    .map((person) => person.name);
  if (names.length === 0) return `a ${row.approvers.join(" or ")}`;
  return names.length > 3
    ? `${names.slice(0, 3).join(", ")} or ${names.length - 3} more`
    : names.join(" or ");
}
