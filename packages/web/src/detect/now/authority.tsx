import "./authority.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { May } from "../../api/contract.ts";
import { peopleQuery } from "../../api/queries.ts";
import { whomToAsk } from "../../prepare/people/whom-to-ask.ts";
import { GrantTag } from "../../prepare/policy/grant-tag.tsx";

const ORDER = { permitted: 0, approval: 1, forbidden: 2 } as const;

/** What this person may do, with whose consent, and what not; each row leads to its clause. */
export function Authority({ may, inForce }: { readonly may: readonly May[]; readonly inForce: boolean }) {
  const rows = may
    .filter((row) => inForce || row.effect === "permitted")
    .sort((a, b) => ORDER[a.effect] - ORDER[b.effect]);
  const outside = rows.filter((row) => !row.performed);
  const here = rows.filter((row) => row.performed);
  return (
    <section aria-label="What you may do">
      <h2>What you may do</h2>
      {outside.length > 0 ? <Rows rows={outside} /> : null}
      {here.length > 0 ? (
        <details className="authority-here" open={outside.length === 0}>
          <summary>
            In Jumpkit: {here.filter((row) => row.effect === "permitted").length} of {here.length} permitted
          </summary>
          <Rows rows={here} />
        </details>
      ) : null}
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly May[] }) {
  const { data: people } = useQuery(peopleQuery);
  return (
    <div className="authority-list">
      {rows.map((row) => (
        <Link key={row.action} to="/policy" search={{ clause: row.action }} className="authority-row">
          <span>{row.title}</span>
          <GrantTag effect={row.effect} />
          {row.effect === "permitted" ? null : <span className="meta">{whomToAsk(row, people ?? [])}</span>}
        </Link>
      ))}
    </div>
  );
}
