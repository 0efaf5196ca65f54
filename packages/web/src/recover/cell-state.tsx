import { Shape } from "../ui/shape.tsx";
import type { HostCell } from "./recovery-queries.ts";
import { CELL_LOOKS } from "./recovery-words.ts";

/** How a gate of one host stands, as a word with its shape. */
export function CellState({ cell }: { readonly cell: HostCell }) {
  const look = cell.ended ? "ended" : cell.state;
  const { shape, word } = CELL_LOOKS[look];
  return (
    <span className={`state ${look}`}>
      <Shape of={shape} />
      {word}
      {cell.told && look !== "left_out" ? (
        <span className="meta"> {cell.told.asked?.name ?? cell.told.by.name}</span>
      ) : null}
    </span>
  );
}
