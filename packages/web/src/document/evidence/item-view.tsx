import "./item-view.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { itemQuery, useNowAnswer } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Chain } from "./chain.tsx";
import { ItemCard } from "./item-card.tsx";
import { ItemDialog } from "./item-dialog.tsx";
import { verbsFor } from "./item-verbs.ts";

/** One item: the card like the paper form, its chain of custody, and the verb that was chosen. */
export function ItemView() {
  const { incident, item: id } = useParams({ from: "/in/incidents/$incident/evidence/$item" });
  const { do: verb } = useSearch({ from: "/in/incidents/$incident/evidence/$item" });
  const navigate = useNavigate();
  const answer = useQuery(itemQuery(id));
  const choose = (next: typeof verb) =>
    void navigate({
      to: "/incidents/$incident/evidence/$item",
      params: { incident, item: id },
      search: next === undefined ? {} : { do: next },
    });
  const { person } = useNowAnswer();
  const mayHandOver = answer.data !== undefined && verbsFor(answer.data, person.id).includes("hand-over");
  useKey("h", mayHandOver ? () => choose("hand-over") : undefined);
  useKey("escape", () => void navigate({ to: "/incidents/$incident/evidence", params: { incident } }));
  return (
    <Load answer={answer} label="the item" rows={10}>
      {(item) => (
        <div className="item-view">
          <ItemCard item={item} onVerb={choose} />
          <Chain item={item} />
          {verb ? <ItemDialog item={item} verb={verb} onClose={() => choose(undefined)} /> : null}
        </div>
      )}
    </Load>
  );
}
