/** A place in the grid: a host's row, and a gate's column. */
export type Cursor = { readonly row: number; readonly column: number };

const PAGE_ROWS = 10;

/** Where a key leads from here in a grid of that size; `undefined` for a key that moves nothing. */
export function moved(
  { row, column }: Cursor,
  key: string,
  rows: number,
  columns: number,
  toEnd = false,
): Cursor | undefined {
  const to = (nextRow: number, nextColumn: number): Cursor => ({
    row: Math.max(0, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  });
  const ways: Readonly<Record<string, Cursor>> = {
    ArrowUp: to(row - 1, column),
    ArrowDown: to(row + 1, column),
    ArrowLeft: to(row, column - 1),
    ArrowRight: to(row, column + 1),
    PageUp: to(row - PAGE_ROWS, column),
    PageDown: to(row + PAGE_ROWS, column),
    Home: to(toEnd ? 0 : row, 0),
    End: to(toEnd ? rows - 1 : row, columns - 1),
  };
  return rows === 0 ? undefined : ways[key];
}
