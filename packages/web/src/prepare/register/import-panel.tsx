import "./import-rows.css";
import { useState } from "react";
import { Form } from "../../ui/form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type ImportedRow, ImportRows } from "./import-rows.tsx";

/** An import's two calls are one: it tells what a file would do, and does it when `apply` is given. */
type Import = {
  readonly data: { readonly rows: readonly ImportedRow[] } | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly reset: () => void;
};

/** Shows what a file would add and change in a register, and does it when told to. */
export function ImportPanel({
  title,
  help,
  accepts,
  noun,
  look,
  bring,
  onLook,
  onBring,
  onClose,
}: {
  readonly title: string;
  readonly help: string;
  readonly accepts: string;
  /** What a row is called, for one and for several. */
  readonly noun: readonly [one: string, several: string];
  readonly look: Import;
  readonly bring: Import;
  readonly onLook: (text: string) => void;
  readonly onBring: (text: string) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState("");
  const rows = bring.data?.rows ?? look.data?.rows;
  const work = rows?.filter((row) => row.outcome === "added" || row.outcome === "changed").length ?? 0;
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const read = await file.text();
    setText(read);
    bring.reset();
    onLook(read);
  };
  return (
    <Panel title={title} onClose={onClose}>
      <p className="quiet">{help}</p>
      <Form
        verb={work === 0 ? "Import" : `Import ${work} ${noun[work === 1 ? 0 : 1]}`}
        ready={work > 0 && bring.data === undefined}
        pending={look.isPending || bring.isPending}
        fault={look.error ?? bring.error}
        onSubmit={() => onBring(text)}
      >
        <label className="file-field">
          File
          <input
            type="file"
            accept={accepts}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        </label>
      </Form>
      {bring.data ? <p role="status">Imported. What was refused stands below.</p> : null}
      {rows ? <ImportRows rows={rows} /> : null}
    </Panel>
  );
}
