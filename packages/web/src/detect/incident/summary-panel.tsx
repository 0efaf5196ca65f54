import { useParams } from "@tanstack/react-router";
import { IncidentFacts } from "./incident-facts.tsx";

/** What stands beside the log while nothing else does; on a narrow screen the log has the room alone. */
export function SummaryPanel() {
  const { incident } = useParams({ from: "/in/incidents/$incident/log/" });
  return <IncidentFacts id={incident} />;
}
