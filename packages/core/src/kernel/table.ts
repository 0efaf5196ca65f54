/** What a spreadsheet would take for a formula when it opens the file, also behind marks of ours. */
const FORMULA = /^'*[=+\-@\t\r]/;

/**
 * A table as text that spreadsheets open without running anything in it: a line of column names, then the rows, each
 * ended by CR LF. A cell that would be taken for a formula gets an apostrophe in front.
 *
 * @source RFC 4180; OWASP, *CSV injection*
 */
export function writeTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows.map((row) => row.map(mark))]
    .map((row) => `${row.map(quoted).join(",")}\r\n`)
    .join("");
}

/** The cell as it was before {@link writeTable} marked it. */
export function unmarked(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function mark(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$|^$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
