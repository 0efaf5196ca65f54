import "./log-page.css";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatch, useParams } from "@tanstack/react-router";
import { incidentQuery } from "../../api/queries.ts";
import { ItemNumbers, useNumbersOfItems } from "./item-numbers.ts";
import { LogStream } from "./log-stream.tsx";

/** The handling log over the full height, and the panel beside it. */
export function LogPage() {
  const { incident } = useParams({ from: "/in/incidents/$incident" });
  const resting = useMatch({ from: "/in/incidents/$incident/log/", shouldThrow: false }) !== undefined;
  const numberOf = useNumbersOfItems(incident);
  const { data: shown } = useQuery(incidentQuery(incident));
  return (
    <ItemNumbers value={numberOf}>
      <div className="log-page">
        <LogStream key={incident} incident={incident} count={shown?.entryCount ?? 0} />
        <div className={resting ? "log-side resting" : "log-side"}>
          <Outlet />
        </div>
      </div>
    </ItemNumbers>
  );
}
