import { useQuery } from "@tanstack/react-query";
import type { PolicyAnswer, PolicyRow, Role } from "../../api/contract.ts";
import { peopleQuery } from "../../api/queries.ts";
import { Panel } from "../../ui/panel.tsx";
import { ROLE_ORDER, ROLE_WORDS } from "../people/role-words.ts";
import { grantText } from "./policy-table.tsx";

/** The clause that managers signed, what it grants each role, and the people who hold those roles now. */
export function ClausePanel({
  row,
  action,
  version,
  onClose,
}: {
  readonly row: PolicyRow;
  readonly action: PolicyAnswer["actions"][number];
  readonly version: number | undefined;
  readonly onClose: () => void;
}) {
  const { data: people } = useQuery(peopleQuery);
  const holders = (role: Role): string =>
    (people ?? [])
      .filter((person) => person.status === "active" && person.roles.includes(role))
      .map((person) => person.name)
      .join(", ");
  return (
    <Panel title={action.title} onClose={onClose}>
      <blockquote className="clause">{row.clause}</blockquote>
      {action.absolute ? <p>No policy can permit this to anyone.</p> : null}
      <section className="panel-section" aria-label="Who may">
        <h3>Who may</h3>
        <ul className="policy-grants">
          {ROLE_ORDER.map((role) => (
            <li key={role}>
              <span className={row.grants[role].effect === "forbidden" ? "quiet" : ""}>
                {ROLE_WORDS[role]}
              </span>
              <span>
                <span className={row.grants[role].effect === "forbidden" ? "quiet" : ""}>
                  {grantText(row.grants[role])}
                </span>
                {row.grants[role].effect === "forbidden" || holders(role) === "" ? null : (
                  <span className="meta"> · {holders(role)}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <p className="meta">
        {version === undefined ? "Not in force" : `Version ${version}, in force today`} ·{" "}
        <code>{action.id}</code>
      </p>
    </Panel>
  );
}
