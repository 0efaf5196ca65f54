import { accept, type Result, refuse, unmarked } from "@jumpkit/core";
import { CsvError, parse } from "csv-parse/sync";

/** One line of a table: where it began in the file, and its cells by column name. */
export interface TableRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** Why a table cannot be read at all: the line, and what is wrong there. */
export interface Unreadable {
  readonly line: number;
  readonly problem: string;
}

const CELL_MAX_CHARACTERS = 32_768;

/**
 * Reads a comma-, semicolon- or tab-separated table whose first line names its columns.
 *
 * Column names are compared in small letters, blanks and underscores alike. Cells keep every character, except
 * for the mark that `writeTable` puts before what a spreadsheet would run. Empty lines are left out.
 *
 * @returns the rows in the order of the file, or the first thing that keeps it from being a table
 * @source  RFC 4180
 */
export function readTable(text: string, maxRows: number): Result<readonly TableRow[], Unreadable> {
  let found: { record: string[]; info: { lines: number } }[];
  try {
    found = parse(text, {
      bom: true,
      delimiter: [delimiterOf(text)],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: CELL_MAX_CHARACTERS * 4,
      to: maxRows + 2,
    }) as unknown as typeof found;
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    return refuse({ line: Number(fault["lines"] ?? 1), problem: PROBLEMS[fault.code] ?? "is not a table" });
  }
  const [head, ...body] = found;
  if (head === undefined) return refuse({ line: 1, problem: "is empty" });
  const columns = head.record.map(columnName);
  const twice = columns.find((column, at) => column !== "" && columns.indexOf(column) !== at);
  if (twice !== undefined) return refuse({ line: 1, problem: `names the column “${twice}” twice` });
  if (body.length > maxRows) return refuse({ line: 1, problem: `has more than ${maxRows} rows` });
  return accept(
    body.map(({ record, info }) => ({
      line: info.lines,
      cells: new Map(
        columns.flatMap((column, at) => (column === "" ? [] : [[column, unmarked(record[at] ?? "")]])),
      ),
    })),
  );
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark is opened and never closed",
  INVALID_OPENING_QUOTE: "a quotation mark stands inside a cell that does not begin with one",
  CSV_INVALID_CLOSING_QUOTE: "something follows a closing quotation mark",
  CSV_MAX_RECORD_SIZE: "a row is too long",
};

function columnName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ");
}

/** The separator that the first line has most of. */
export function delimiterOf(text: string): string {
  const head = text.slice(0, 4096).split(/\r?\n/, 1)[0] ?? "";
  const count = (char: string): number => head.split(char).length;
  return [",", ";", "\t"].reduce((best, char) => (count(char) > count(best) ? char : best));
}
