import { Link } from "@tanstack/react-router";
import { Shape } from "../ui/shape.tsx";
import { Tag } from "../ui/tag.tsx";
import type { RecoverySearch } from "./recovery-filter.ts";
import type { Matrix, MatrixRow } from "./recovery-queries.ts";
import { isSettled } from "./recovery-rows.ts";
import { CELL_LOOKS, lookOf, STAGE_WORDS, stageTone } from "./recovery-words.ts";

/** The same hosts on a narrow screen: one after the other, each with its gates as a row of small signs. */
export function HostCards({
  incident,
  matrix,
  rows,
  search,
}: {
  readonly incident: string;
  readonly matrix: Matrix;
  readonly rows: readonly MatrixRow[];
  readonly search: RecoverySearch;
}) {
  return (
    <ul className="host-cards" aria-label="Hosts on their way back">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/incidents/$incident/recovery/$host" params={{ incident, host: row.id }} search={search}>
            <span className="host-card-head">
              <bdi className="mono">{row.name}</bdi>
              <Tag tone={stageTone(row.stage)}>{STAGE_WORDS[row.stage]}</Tag>
            </span>
            <span className="host-card-cells" aria-hidden="true">
              {row.cells.map((cell, at) => (
                <span key={matrix.gates[at]?.id} className={`state ${lookOf(cell)}`}>
                  <Shape of={CELL_LOOKS[lookOf(cell)].shape} />
                </span>
              ))}
            </span>
            <span className="meta">
              {row.cells.filter(isSettled).length} of {row.cells.length} gates settled
              {row.missing.length > 0 ? ` · ${row.missing.length} missing` : ""}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
