import "./log-page.css";
import { Outlet, useMatch, useParams } from "@tanstack/react-router";
import { LogStream } from "./log-stream.tsx";

/** The handling log over the full height, and the panel beside it. */
export function LogPage() {
  const { incident } = useParams({ from: "/in/incidents/$incident" });
  const resting = useMatch({ from: "/in/incidents/$incident/log/", shouldThrow: false }) !== undefined;
  return (
    <div className="log-page">
      <LogStream key={incident} incident={incident} />
      <div className={resting ? "log-side resting" : "log-side"}>
        <Outlet />
      </div>
    </div>
  );
}
