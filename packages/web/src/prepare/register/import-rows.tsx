import "./import-rows.css";
import { Tag } from "../../ui/tag.tsx";

/** A row of a file, and what an import does with it. */
export type ImportedRow = {
  readonly line: number;
  readonly name: string;
  readonly outcome: "added" | "changed" | "unchanged" | "refused";
  readonly problem: string;
  readonly fields: readonly string[];
};

/** How many rows are shown; the counts above them tell of all. */
const SHOWN = 200;

/** What a file would do, refused rows first: they are what somebody has to look at. */
export function ImportRows({ rows }: { readonly rows: readonly ImportedRow[] }) {
  const count = (outcome: ImportedRow["outcome"]): number =>
    rows.filter((row) => row.outcome === outcome).length;
  const worth = rows
    .filter((row) => row.outcome !== "unchanged")
    .sort((a, b) => Number(b.outcome === "refused") - Number(a.outcome === "refused"));
  return (
    <>
      <p>
        {count("added")} to add, {count("changed")} to change, {count("unchanged")} as they are,{" "}
        {count("refused")} refused.
      </p>
      <ul className="import-rows" aria-label="Rows of the file">
        {worth.slice(0, SHOWN).map((row) => (
          <li key={row.line}>
            <span className="meta mono">{row.line}</span>
            <span>
              <bdi className="mono">{row.name}</bdi>
              <span className="import-why">{row.problem || row.fields.join(", ")}</span>
            </span>
            <Tag tone={row.outcome === "refused" ? "warn" : "plain"}>{row.outcome}</Tag>
          </li>
        ))}
      </ul>
      {worth.length > SHOWN ? <p className="quiet">and {worth.length - SHOWN} more</p> : null}
    </>
  );
}
