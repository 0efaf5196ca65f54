import "./break-glass.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../ui/icon.tsx";
import { TriangleAlert } from "../../ui/icons.ts";
import { breakGlassQuery } from "./break-glass-queries.ts";

/** On every page, to managers and to whoever did it: that the glass was broken, until it is reviewed. */
export function BrokenGlassBanner() {
  const { data } = useQuery(breakGlassQuery);
  const items = data?.items ?? [];
  const [first] = items;
  if (first === undefined) return null;
  const more = items.length > 1 ? ` and ${items.length - 1} more` : "";
  return (
    <div className="broken-glass" role="status">
      <Icon of={TriangleAlert} />
      <span>
        <b>Broken glass{more}:</b> {first.mine ? "you" : first.name} in {first.incidentCode}, “{first.title}”
      </span>
      <Link to="/break-glass">{first.mine ? "Look" : "Look and review"}</Link>
    </div>
  );
}
