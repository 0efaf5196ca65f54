import "../../ui/table.css";
import "./policy-page.css";
import { Link } from "@tanstack/react-router";
import type { Grant, PolicyAnswer, PolicyDocument, PolicyRow } from "../../api/contract.ts";
import { Shape } from "../../ui/shape.tsx";
import { ROLE_ORDER, ROLE_WORDS, rolesText } from "../people/role-words.ts";

type Action = PolicyAnswer["actions"][number];

/** The policy as managers read it: actions down, roles across, each cell leading to its clause. */
export function PolicyTable({
  document,
  actions,
  chosen,
}: {
  readonly document: PolicyDocument;
  readonly actions: readonly Action[];
  readonly chosen: string | undefined;
}) {
  return (
    <div className="table-wrap">
      <table className="table policy-table">
        <thead>
          <tr>
            <th scope="col">Action</th>
            {ROLE_ORDER.map((role) => (
              <th scope="col" className="role" key={role}>
                {ROLE_WORDS[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Part title="Done by people, recorded here" />
          {actions
            .filter((action) => !action.performed)
            .map((action) => (
              <Row key={action.id} action={action} row={rowOf(document, action)} chosen={chosen} />
            ))}
          <Part title="Done in Jumpkit" />
          {actions
            .filter((action) => action.performed)
            .map((action) => (
              <Row key={action.id} action={action} row={rowOf(document, action)} chosen={chosen} />
            ))}
        </tbody>
      </table>
    </div>
  );
}

function rowOf(document: PolicyDocument, action: Action): PolicyRow | undefined {
  return document.rows.find((row) => row.action === action.id);
}

function Part({ title }: { readonly title: string }) {
  return (
    <tr className="policy-part">
      <td colSpan={ROLE_ORDER.length + 1}>{title}</td>
    </tr>
  );
}

function Row({
  action,
  row,
  chosen,
}: {
  readonly action: Action;
  readonly row: PolicyRow | undefined;
  readonly chosen: string | undefined;
}) {
  if (row === undefined) return null;
  return (
    <tr className={action.id === chosen ? "chosen" : ""}>
      <td>
        <Link to="/policy" search={{ clause: action.id }} className="policy-action">
          {action.title}
        </Link>
      </td>
      {ROLE_ORDER.map((role) => {
        const grant = row.grants[role];
        return (
          <td key={role} className="cell">
            <Link
              to="/policy"
              search={{ clause: action.id }}
              className={`policy-cell ${grant.effect}`}
              title={grantText(grant)}
            >
              <span className="mark" aria-hidden="true">
                <GrantMark grant={grant} />
              </span>
              <span className="unseen">
                {ROLE_WORDS[role]}: {grantText(grant)}
              </span>
            </Link>
          </td>
        );
      })}
    </tr>
  );
}

/** A cell in words. */
export function grantText(grant: Grant): string {
  if (grant.effect === "permitted") return "permitted";
  if (grant.effect === "forbidden") return "forbidden";
  const roles = rolesText(grant.by).toLowerCase();
  return grant.persons === 2
    ? `with the consent of two people, each a ${roles}`
    : `with the consent of a ${roles}`;
}

function GrantMark({ grant }: { readonly grant: Grant }) {
  if (grant.effect === "permitted") return <Shape of="check" />;
  if (grant.effect === "forbidden") return <Shape of="cross" />;
  return (
    <>
      <Shape of="half" />
      {grant.by.map((role) => role.slice(0, 1).toUpperCase()).join("")}
    </>
  );
}
