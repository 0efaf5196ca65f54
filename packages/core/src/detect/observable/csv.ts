import { writeTable } from "../../kernel/table.ts";
import type { Observable } from "./confirm.ts";
import { defang } from "./defang.ts";

const COLUMNS = ["kind", "value", "role", "tlp", "pap", "confirmed_at", "confirmed_by", "note"] as const;

/**
 * Confirmed values as a table that a spreadsheet opens without running anything.
 *
 * @param defanged  whether addresses are written so that nobody follows them by a slip
 * @source          {@link writeTable}
 */
export function observablesCsv(
  observables: readonly Omit<Observable, "incident" | "confirmed" | "reason" | "entry" | "offset">[],
  { defanged }: { readonly defanged: boolean },
): string {
  const rows = observables.map(({ kind, value, role, tlp, pap, at, by, note }) => [
    kind,
    defanged ? defang({ kind, value }) : value,
    ...[role, tlp, pap, at, by, note],
  ]);
  return writeTable(COLUMNS, rows);
}
