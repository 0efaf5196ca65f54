import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "@tanstack/react-router";
import { itemQuery } from "../../api/queries.ts";
import { Load } from "../../shell/load.tsx";

/** Leads from an item's own address, as on a label or in a mail, to the item inside its incident. */
export function FindItem() {
  const { item: id } = useParams({ from: "/in/evidence/$item" });
  const answer = useQuery(itemQuery(id));
  return (
    <Load answer={answer} label="the item">
      {({ incident }) => (
        <Navigate to="/incidents/$incident/evidence/$item" params={{ incident, item: id }} replace />
      )}
    </Load>
  );
}
