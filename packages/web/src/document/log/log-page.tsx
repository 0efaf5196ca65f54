import "./log-page.css";
import { Outlet, useMatch, useParams } from "@tanstack/react-router";
import { ItemNumbers, useNumbersOfItems } from "./item-numbers.ts";
import { LogStream } from "./log-stream.tsx";

/** The handling log over the full height, and the panel beside it. */
export function LogPage() {
  const { incident } = useParams({ from: "/in/incidents/$incident" });
  const resting = useMatch({ from: "/in/incidents/$incident/log/", shouldThrow: false }) !== undefined;
  const numberOf = useNumbersOfItems(incident);
  return (
    <ItemNumbers value={numberOf}>
      <div className="log-page">
        <LogStream key={incident} incident={incident} />
        <div className={resting ? "log-side resting" : "log-side"}>
          <Outlet />
        </div>
      </div>
    </ItemNumbers>
  );
}
