import { useNavigate } from "@tanstack/react-router";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { ImportPanel } from "./import-panel.tsx";

const HELP =
  "The first line names the columns: name, and any of kind, other names, addresses, segment, constituent, owner, criticality, production, purpose, dependents, notes. Several values in a cell are separated by semicolons.";

/** Shows what a CSV file would add and change, and does it when told to. */
export function ImportAssetsPanel() {
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/hosts" });
  useKey("escape", leave);
  const look = useChange("asset.import", undefined);
  const bring = useChange("asset.import", undefined);
  return (
    <ImportPanel
      title="Import a CSV file"
      help={HELP}
      accepts=".csv,.tsv,text/csv,text/plain"
      noun={["row", "rows"]}
      look={look}
      bring={bring}
      onLook={(csv) => look.mutate({ csv, apply: false })}
      onBring={(csv) => bring.mutate({ csv, apply: true })}
      onClose={leave}
    />
  );
}
