import "./import-rows.css";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ImportRows } from "./import-rows.tsx";

/** Shows what a CSV file would add and change, and does it when told to. */
export function ImportAssetsPanel() {
  const navigate = useNavigate();
  const leave = () => void navigate({ to: "/hosts" });
  useKey("escape", leave);
  const [csv, setCsv] = useState("");
  const look = useChange("asset.import", undefined);
  const bring = useChange("asset.import", undefined);
  const rows = bring.data?.rows ?? look.data?.rows;
  const work = rows?.filter((row) => row.outcome === "added" || row.outcome === "changed").length ?? 0;
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const text = await file.text();
    setCsv(text);
    bring.reset();
    look.mutate({ csv: text, apply: false });
  };
  return (
    <Panel title="Import a CSV file" onClose={leave}>
      <p className="quiet">
        The first line names the columns: name, and any of kind, other names, addresses, segment, constituent,
        owner, criticality, production, purpose, dependents, notes. Several values in a cell are separated by
        semicolons.
      </p>
      <Form
        verb={work === 0 ? "Import" : `Import ${work} ${work === 1 ? "row" : "rows"}`}
        ready={work > 0 && bring.data === undefined}
        pending={look.isPending || bring.isPending}
        fault={look.error ?? bring.error}
        onSubmit={() => bring.mutate({ csv, apply: true })}
      >
        <label className="file-field">
          File
          <input
            type="file"
            accept=".csv,.tsv,text/csv,text/plain"
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        </label>
      </Form>
      {bring.data ? <p role="status">Imported. What was refused stands below.</p> : null}
      {rows ? <ImportRows rows={rows} /> : null}
    </Panel>
  );
}
