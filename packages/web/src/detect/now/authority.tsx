import "./authority.css";
import { Link } from "@tanstack/react-router";
import type { May } from "../../api/contract.ts";
import { rolesText } from "../../prepare/people/role-words.ts";
import { GrantTag } from "../../prepare/policy/grant-tag.tsx";

const ORDER = { permitted: 0, approval: 1, forbidden: 2 } as const;

/** What this person may do, with whose consent, and what not; each row leads to its clause. */
export function Authority({ may, inForce }: { readonly may: readonly May[]; readonly inForce: boolean }) {
  const rows = may
    .filter((row) => inForce || row.effect === "permitted")
    .sort((a, b) => Number(a.performed) - Number(b.performed) || ORDER[a.effect] - ORDER[b.effect]);
  return (
    <section aria-label="What you may do">
      <h2>What you may do</h2>
      <div className="authority-list">
        {rows.map((row) => (
          <Link key={row.action} to="/policy" search={{ clause: row.action }} className="authority-row">
            <span>{row.title}</span>
            <GrantTag effect={row.effect} />
            {row.effect === "permitted" ? null : <span className="meta">{whoDecides(row)}</span>}
          </Link>
        ))}
      </div>
    </section>
  );
}

/** Whom to ask, or that nobody can say yes. */
export function whoDecides(row: May): string {
  if (row.effect === "approval") return `Ask for the consent of a ${rolesText(row.approvers).toLowerCase()}`;
  if (row.whoMay.length > 0) return `Ask a ${rolesText(row.whoMay).toLowerCase()} to do it`;
  return "Forbidden to everyone";
}
