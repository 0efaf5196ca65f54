import "./approval.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Approval } from "../../api/contract.ts";
import { useNow } from "../../shell/now.ts";
import { buttonLooks } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { askedQuery, toDecideQuery } from "./approval-queries.ts";
import { isOpenRequest } from "./approval-words.ts";
import { AskedRow } from "./asked.tsx";

/** For how long a request that has ended is still shown to whoever asked. */
const SHOWN_MS = 24 * 60 * 60_000;

/** What waits for this person's consent, loud, and what became of their own requests. Nothing when neither. */
export function ApprovalsOnNow() {
  const { data: waiting = [] } = useQuery(toDecideQuery);
  const { data: asked = [] } = useQuery(askedQuery);
  const now = useNow();
  const own = asked.filter(
    (each) => isOpenRequest(each) || now - Date.parse(each.ended?.at ?? each.expiresAt) < SHOWN_MS,
  );
  return (
    <>
      {waiting.length > 0 ? (
        <section className="now-wide" aria-label="Waits for your consent">
          <h2>Waits for your consent</h2>
          {waiting.map((approval) => (
            <ToDecide key={approval.id} approval={approval} />
          ))}
        </section>
      ) : null}
      {own.length > 0 ? (
        <section className="now-wide" aria-label="You asked for consent">
          <h2>You asked for consent</h2>
          <ul className="approval-asked">
            {own.slice(0, 10).map((approval) => (
              <AskedRow key={approval.id} approval={approval} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function ToDecide({ approval }: { readonly approval: Approval }) {
  return (
    <div className="now-offer approval-waits">
      <div>
        <p>
          <b>{approval.title}</b> · {approval.thing}
        </p>
        <p className="approval-reason">{approval.reason}</p>
        <p className="meta">
          asked by {approval.askerName}, to be decided until <Moment at={approval.expiresAt} />
        </p>
      </div>
      <Link
        to="/approvals/$approval"
        params={{ approval: approval.id }}
        className={buttonLooks({ weight: "primary" })}
      >
        Look and decide
      </Link>
    </div>
  );
}
