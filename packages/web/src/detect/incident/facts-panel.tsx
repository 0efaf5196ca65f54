import { useNavigate, useParams } from "@tanstack/react-router";
import { useKey } from "../../shell/keyboard.ts";
import { IncidentFacts } from "./incident-facts.tsx";

/** The same facts at an address of their own, for a narrow screen. */
export function FactsPanel() {
  const { incident } = useParams({ from: "/in/incidents/$incident/log/facts" });
  const navigate = useNavigate();
  const close = () => void navigate({ to: "/incidents/$incident", params: { incident } });
  useKey("escape", close);
  return <IncidentFacts id={incident} onClose={close} />;
}
