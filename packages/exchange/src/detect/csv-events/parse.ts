import type { SourceReading } from "@jumpkit/core";
import { CsvError, parse } from "csv-parse/sync";
import { delimiterOf } from "../../prepare/table.ts";
import type { JsonMap } from "../json.ts";
import { readMapped } from "../mapped.ts";
import { bad, type Read, textOf } from "../record.ts";

/** Reads one row of a table as the source's mapping says. */
export function readCsvEvent(record: Uint8Array, source: SourceReading, header: string | null): Read {
  const text = textOf(record);
  if (text === undefined) return bad("is not UTF-8");
  if (header === null) return bad("has no first row that names the columns");
  const delimiter = delimiterOf(header);
  const names = cellsOf(header, delimiter);
  const cells = cellsOf(text, delimiter);
  if (typeof names === "string") return bad(`stands below a first row that ${names}`);
  if (typeof cells === "string") return bad(cells);
  if (new Set(names).size !== names.length) return bad("stands below a first row that names a column twice");
  if (cells.length !== names.length) return bad(`has ${cells.length} cells where ${names.length} are due`);
  const map: JsonMap = {};
  for (const [at, name] of names.entries()) {
    Object.defineProperty(map, name, {
      value: cells[at] ?? "",
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return readMapped(map, source);
}

/** The cells of one row, or what is wrong with it. */
function cellsOf(row: string, delimiter: string): string[] | string {
  // Most rows quote nothing; a parser for each of them would cost fifty times as much.
  if (!row.includes('"')) return row.split(delimiter);
  try {
    const [cells = []] = parse(row, { delimiter, relax_column_count: true, bom: true }) as string[][];
    return cells;
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    return PROBLEMS[fault.code] ?? "is no row of a table";
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "opens a quotation mark and never closes it",
  INVALID_OPENING_QUOTE: "has a quotation mark inside a cell that does not begin with one",
  CSV_INVALID_CLOSING_QUOTE: "has something behind a closing quotation mark",
};
