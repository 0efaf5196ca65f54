import { accept, foldName, IMPORT_MAX_ROWS, importAssets, prose, refuse } from "@jumpkit/core";
import { readTable, type TableRow } from "@jumpkit/exchange";
import * as z from "zod";
import { stampOf } from "../../happened.ts";
import { ImportedRows } from "../../imported-rows.ts";
import { operation } from "../../operation.ts";
import { MANAGED } from "./fields.ts";

export const assetImport = operation({
  name: "asset.import",
  ...MANAGED,
  summary: "Add and change assets from a CSV file, or see first what it would do",
  input: z.strictObject({
    csv: prose(900_000).describe("The file; its first line names the columns"),
    apply: z.boolean().default(false).describe("false shows what would happen and changes nothing"),
  }),
  output: ImportedRows,
  load: async ({ csv }, records) => {
    const table = readTable(csv, IMPORT_MAX_ROWS);
    const known = await records.register.namedBy(table.ok ? namesIn(table.value) : NO_NAMES);
    return { table, known };
  },
  decide: ({ table, known }, { apply }, act) => {
    if (!table.ok) return refuse({ code: "import.unreadable", ...table.refusal });
    const { rows, facts } = importAssets(table.value, known, stampOf(undefined, act), () => act.newId("ast"));
    return accept({ facts: apply ? facts : [], output: { rows: [...rows], applied: apply } });
  },
});

const NO_NAMES = { assets: [], segments: [], constituents: [] };

/** The names in a table that have to be looked up, as they are compared. */
function namesIn(rows: readonly TableRow[]) {
  const column = (name: string): string[] => [
    ...new Set(rows.flatMap(({ cells }) => cells.get(name) ?? []).map(foldName)),
  ];
  return { assets: column("name"), segments: column("segment"), constituents: column("constituent") };
}
