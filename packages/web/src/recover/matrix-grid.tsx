// biome-ignore-all lint/a11y/useSemanticElements: rows in sight are placed by transform, which a table's rows cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its current cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys act on the grid, whose current cell it is
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useEffect, useId, useRef, useState } from "react";
import { utcText } from "../ui/moment-text.ts";
import { Shape } from "../ui/shape.tsx";
import { type Cursor, moved } from "./matrix-cursor.ts";
import type { MatrixGate, MatrixRow } from "./recovery-queries.ts";
import { hasEnded } from "./recovery-rows.ts";
import { CELL_LOOKS, lockedText, lookOf, STAGE_WORDS } from "./recovery-words.ts";

const ROW_PX = 36;
const STEP_WORDS = ["vulnerability mitigated", "malware removed", "persistence removed"];

/**
 * What somebody wants of a cell, or of its column from the host `from` on where rows are marked; `gate` is absent
 * where it is about the whole host.
 */
export type CellVerb = (row: MatrixRow, gate: MatrixGate | undefined, from?: string) => void;

/**
 * Hosts × gates, of any number of hosts. One cell is current: arrows move, Space says that one works on it, Enter
 * opens its proof, W waives; with Shift, arrows and clicks mark rows from here on, and the verb is for all of them.
 * Only the rows in sight are in the page.
 */
export function MatrixGrid({
  rows,
  gates,
  chosen,
  gate: chosenGate,
  onOpen,
  onBegin,
  onWaive,
}: {
  readonly rows: readonly MatrixRow[];
  readonly gates: readonly MatrixGate[];
  /** The host that is open beside the grid. */
  readonly chosen: string | undefined;
  /** Its gate whose proof is open. */
  readonly gate: MatrixGate["id"] | undefined;
  readonly onOpen: CellVerb;
  readonly onBegin: CellVerb;
  readonly onWaive: CellVerb;
}) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [{ cursor, anchor }, setMarked] = useState<Marked>(NOTHING_MARKED);
  const at = { row: Math.min(cursor.row, Math.max(0, rows.length - 1)), column: cursor.column };
  // The columns are the host, imaged, the steps of eradication, the other gates, and the way back.
  const columns = gates.length + 3;
  const chosenRow = rows.findIndex((row) => row.id === chosen);
  const chosenColumn = columnOf(gates, chosenGate);
  useEffect(() => {
    if (chosenRow < 0) return;
    setMarked((before) => ({
      anchor: before.anchor,
      cursor: { row: chosenRow, column: chosenColumn ?? before.cursor.column },
    }));
  }, [chosenRow, chosenColumn]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollPaddingStart: 56,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  useEffect(() => {
    virtual.scrollToIndex(at.row, { align: "auto" });
    scroller.current
      ?.querySelector(`[data-column="${at.column}"]`)
      ?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [at.row, at.column, virtual]);
  const act = (verb: CellVerb, { row, column }: Cursor): void => {
    const host = rows[row];
    if (host !== undefined) verb(host, gateAt(gates, column), anchor === null ? undefined : rows[anchor]?.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(at, event.key, rows.length, columns, event.ctrlKey);
    const verbs: Readonly<Record<string, CellVerb>> = { " ": onBegin, Enter: onOpen, w: onWaive, W: onWaive };
    const verb = event.ctrlKey || event.metaKey || event.altKey ? undefined : verbs[event.key];
    if (next !== undefined) setMarked(marked(event.shiftKey, next));
    else if (verb !== undefined) act(verb, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      className="matrix"
      role="grid"
      aria-label="Recovery matrix"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns}
      aria-multiselectable
      aria-activedescendant={`${id}-${at.row}-${at.column}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <MatrixHead gates={gates} current={at.column} />
      <div role="rowgroup" className="matrix-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <HostRow
              key={row.id}
              id={`${id}-${index}`}
              row={row}
              gates={gates}
              index={index}
              top={start}
              chosen={row.id === chosen}
              current={index === at.row ? at.column : -1}
              marked={isMarked(index, at.row, anchor) ? at.column : -1}
              onPick={(column, shift) => {
                setMarked(marked(shift, { row: index, column }));
                const host = rows[index];
                if (!shift && host !== undefined) onOpen(host, gateAt(gates, column));
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The current cell, and the row that marking began at; `null` while nothing is marked. */
interface Marked {
  readonly cursor: Cursor;
  readonly anchor: number | null;
}

const NOTHING_MARKED: Marked = { cursor: { row: 0, column: 1 }, anchor: null };

/** What is marked after a move: with Shift the rows between in the column at hand, without it nothing. */
function marked(shift: boolean, next: Cursor): (before: Marked) => Marked {
  return ({ cursor, anchor }) =>
    shift
      ? { cursor: { row: next.row, column: cursor.column }, anchor: anchor ?? cursor.row }
      : { cursor: next, anchor: null };
}

function isMarked(index: number, row: number, anchor: number | null): boolean {
  return anchor !== null && index >= Math.min(row, anchor) && index <= Math.max(row, anchor);
}

/** The gate of a column; `undefined` for the host's name, its steps of eradication and its way back. */
function gateAt(gates: readonly MatrixGate[], column: number): MatrixGate | undefined {
  if (column === 1) return gates[0];
  return column >= 3 ? gates[column - 2] : undefined;
}

function columnOf(gates: readonly MatrixGate[], gate: MatrixGate["id"] | undefined): number | undefined {
  const place = gates.findIndex(({ id }) => id === gate);
  if (place < 0) return undefined;
  return place === 0 ? 1 : place + 2;
}

function MatrixHead({ gates, current }: { readonly gates: readonly MatrixGate[]; readonly current: number }) {
  const [imaged, ...others] = gates;
  const titles = ["Host", imaged?.title ?? "", "Eradicated", ...others.map(({ title }) => title), "Network"];
  return (
    <div role="rowgroup" className="matrix-head">
      <div role="row" className="matrix-row" aria-rowindex={1}>
        {titles.map((title, column) => (
          <div
            key={title}
            role="columnheader"
            aria-colindex={column + 1}
            data-column={column}
            className={column === current ? "current" : ""}
            title={gateAt(gates, column)?.needs}
          >
            {title}
          </div>
        ))}
      </div>
    </div>
  );
}

const HostRow = memo(
  function HostRow({
    id,
    row,
    gates,
    index,
    top,
    chosen,
    current,
    marked,
    onPick,
  }: {
    readonly id: string;
    readonly row: MatrixRow;
    readonly gates: readonly MatrixGate[];
    readonly index: number;
    readonly top: number;
    readonly chosen: boolean;
    /** The current column, or -1 when another row is current. */
    readonly current: number;
    /** The marked column, or -1 when the row is not marked. */
    readonly marked: number;
    readonly onPick: (column: number, shift: boolean) => void;
  }) {
    const [imaged, ...others] = row.cells;
    const cell = (column: number, words: string) => ({
      id: `${id}-${column}`,
      role: "gridcell",
      "aria-colindex": column + 1,
      "aria-selected": column === current || column === marked,
      "aria-label": words,
      className: ["cell", column === current ? "current" : "", column === marked ? "marked" : ""].join(" "),
      onClick: ({ shiftKey }: { readonly shiftKey: boolean }) => onPick(column, shiftKey),
    });
    const done = row.steps.filter((step) => step).length;
    const missingSteps = STEP_WORDS.filter((_, at) => row.steps[at] !== true);
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        className={["matrix-row host", chosen ? "chosen" : "", hasEnded(row) ? "ended" : ""].join(" ")}
        style={{ transform: `translateY(${top}px)` }}
      >
        <div {...cell(0, `${row.name}, ${STAGE_WORDS[row.stage]}`)} role="rowheader" title={row.name}>
          <bdi className="mono cut">{row.name}</bdi>
          <span className="meta">{STAGE_WORDS[row.stage]}</span>
        </div>
        {imaged ? <GateCell of={imaged} looks={cell(1, cellWords(gates[0], imaged))} /> : null}
        <div
          {...cell(2, `Eradicated: ${done} of ${row.steps.length} steps`)}
          title={missingSteps.length > 0 ? `Missing: ${missingSteps.join(", ")}` : "Every step is done"}
        >
          <span className={done === row.steps.length ? "state proven" : "state open"}>
            <Shape of={done === row.steps.length ? "check" : "ring"} />
            {done} of {row.steps.length}
          </span>
        </div>
        {others.map((each, at) => {
          const gate = gates[at + 1];
          return <GateCell key={gate?.id} of={each} looks={cell(at + 3, cellWords(gate, each))} />;
        })}
        <div {...cell(gates.length + 2, networkWords(row))} title={networkWords(row)}>
          <NetworkState row={row} />
        </div>
      </div>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.top === after.top &&
    before.chosen === after.chosen &&
    before.current === after.current &&
    before.marked === after.marked &&
    before.gates === after.gates,
);

function GateCell({
  of: cell,
  looks,
}: {
  readonly of: MatrixRow["cells"][number];
  readonly looks: {
    readonly "aria-label": string;
    readonly onClick: (event: { readonly shiftKey: boolean }) => void;
  };
}) {
  const look = lookOf(cell);
  const { shape, word } = CELL_LOOKS[look];
  return (
    <div {...looks} title={looks["aria-label"]}>
      <span className={`state ${look}`}>
        <Shape of={shape} />
        {word}
      </span>
    </div>
  );
}

function NetworkState({ row }: { readonly row: MatrixRow }) {
  if (hasEnded(row)) return <span className="state left_out">{STAGE_WORDS[row.stage]}</span>;
  if (row.connected !== "none") {
    return (
      <span className={row.missing.length > 0 ? "state ended" : "state proven"}>
        <Shape of={row.missing.length > 0 ? "triangle" : "check"} />
        {row.connected}
      </span>
    );
  }
  return row.missing.length === 0 ? (
    <span className="reconnect ready">Reconnect</span>
  ) : (
    <span className="reconnect locked">{row.missing.length} missing</span>
  );
}

function networkWords(row: MatrixRow): string {
  if (hasEnded(row)) return STAGE_WORDS[row.stage];
  const { missing, connected } = row;
  if (connected !== "none")
    return missing.length > 0 ? `Connected ${connected}. ${lockedText(row)}` : `Connected ${connected}`;
  return missing.length > 0
    ? `Locked, ${missing.length} missing. ${lockedText(row)}`
    : "Reconnect: no gate is open";
}

function cellWords(gate: MatrixGate | undefined, cell: MatrixRow["cells"][number]): string {
  const { word } = CELL_LOOKS[lookOf(cell)];
  const by = cell.by === "" ? "" : `, ${cell.by}`;
  const until = cell.until === "" ? "" : `, until ${utcText(cell.until)}`;
  return `${gate?.title ?? ""}: ${word}${by}${until}`;
}
