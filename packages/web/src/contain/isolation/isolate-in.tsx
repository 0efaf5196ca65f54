import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { read } from "../../api/call.ts";
import type { QueryOutput } from "../../api/contract.ts";
import { useNowAnswer } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";

const openIncidentsQuery = {
  queryKey: ["incidents", "open", 10],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
    (await read<QueryOutput<"incident.list">>("/v1/incident?status=reported,declared&limit=10", signal))
      .items,
};

/** The open incidents in which something of the register can be cut off; nothing for those who read none. */
export function IsolateIn({ asset, name }: { readonly asset: string; readonly name: string }) {
  const { may } = useNowAnswer();
  const reads = may.some((row) => row.action === "incident.read" && row.effect === "permitted");
  const { data: incidents } = useQuery({ ...openIncidentsQuery, enabled: reads });
  const first = useRef<HTMLAnchorElement>(null);
  useKey("i", () => first.current?.focus());
  if (!reads || incidents === undefined || incidents.length === 0) return null;
  return (
    <section className="panel-section" aria-label="Cut it off">
      <h3>Cut it off in</h3>
      <ul className="fact-items">
        {incidents.map((incident, at) => (
          <li key={incident.id}>
            <Link
              ref={at === 0 ? first : undefined}
              to="/incidents/$incident/containment/request"
              params={{ incident: incident.id }}
              search={{ asset, name }}
              className="cut"
            >
              {incident.code} · {incident.title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
