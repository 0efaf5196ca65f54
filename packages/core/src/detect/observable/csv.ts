import type { Observable } from "./confirm.ts";
import { defang } from "./defang.ts";

const COLUMNS = ["kind", "value", "role", "tlp", "pap", "confirmed_at", "confirmed_by", "note"] as const;

/**
 * Confirmed values as a table that a spreadsheet opens without running anything.
 *
 * @param defanged  whether addresses are written so that nobody follows them by a slip
 * @source          RFC 4180; OWASP, *CSV injection*: a cell that begins like a formula gets an apostrophe
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
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
