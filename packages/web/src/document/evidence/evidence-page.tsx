import "../../ui/table.css";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { read } from "../../api/call.ts";
import type { Item, QueryOutput } from "../../api/contract.ts";
import { incidentsQuery } from "../../detect/incident/incidents-query.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { kindWord } from "./item-words.ts";
import { StateTag } from "./state-tag.tsx";

type ItemPage = QueryOutput<"evidence.list">;

/** Every evidence item of every incident one may see: what, whose hands, where. */
export function EvidencePage() {
  const navigate = useNavigate();
  const { data: incidents } = useQuery(incidentsQuery({}));
  const answer = useInfiniteQuery({
    queryKey: ["evidence", "all"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read<ItemPage>(`/v1/evidence?after=${encodeURIComponent(pageParam)}`, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const codeOf = (item: Item) => incidents?.items.find(({ id }) => id === item.incident)?.code ?? "incident";
  const chosen = useListKeys(items.length, (at) => {
    const item = items[at];
    if (item) void navigate({ to: "/evidence/$item", params: { item: item.id } });
  });
  return (
    <>
      <PageHead title="Evidence" under="Every item has one custodian and one place at every moment." />
      <Load answer={answer} label="evidence" rows={10}>
        {() =>
          items.length === 0 ? (
            <EmptyState title="No evidence yet">
              Evidence is taken inside an incident: open one and press E.
            </EmptyState>
          ) : (
            <div className="table-wrap cards">
              <table className="table tall">
                <thead>
                  <tr>
                    <th scope="col">Item</th>
                    <th scope="col">What</th>
                    <th scope="col">Kind</th>
                    <th scope="col">State</th>
                    <th scope="col">In the hands of</th>
                    <th scope="col">Kept at</th>
                    <th scope="col">Taken</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item, at) => (
                    <tr key={item.id} aria-selected={at === chosen}>
                      <td className="mono nowrap">
                        {codeOf(item)}/{item.number}
                      </td>
                      <td>
                        <Link to="/evidence/$item" params={{ item: item.id }}>
                          {item.identification.what}
                        </Link>
                      </td>
                      <td>{kindWord(item.identification.kind)}</td>
                      <td>
                        <StateTag state={item.state} />
                      </td>
                      <td>{item.custodian.name}</td>
                      <td>{item.place}</td>
                      <td>{item.chain[0] ? <Moment at={item.chain[0].at} utcOnly /> : ""}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Load>
      <MoreRows answer={answer} />
    </>
  );
}
