import { Link } from "@tanstack/react-router";
import type { Item } from "../../api/contract.ts";
import { StateTag } from "./state-tag.tsx";

/** One item in a list: its number, what it is, in whose hands and where. */
export function ItemRow({ item }: { readonly item: Item }) {
  return (
    <Link
      to="/incidents/$incident/evidence/$item"
      params={{ incident: item.incident, item: item.id }}
      className="evidence-item-row"
      activeProps={{ className: "active" }}
      activeOptions={{ includeSearch: false }}
    >
      <span className="number">{item.number}</span>
      <span className="what cut">{item.identification.what}</span>
      <StateTag state={item.state} />
      <span className="meta cut">
        {item.custodian.name} · {item.place}
      </span>
    </Link>
  );
}
