import { accept, CONTACT_ROLES, type ContactRecord, partsOf, type Result, refuse } from "@jumpkit/core";
import { readTable, type Unreadable } from "../table.ts";

/** The columns of a file of contacts, in the order an export writes them, and the field that each one is. */
const COLUMNS: Readonly<Record<string, string>> = {
  name: "name",
  organisation: "organisation",
  organization: "organisation",
  phone: "phone",
  "second channel": "secondChannel",
  email: "email",
  "e mail": "email",
  mail: "email",
  "pgp fingerprint": "pgpFingerprint",
  zone: "homeZone",
  notes: "notes",
};

/**
 * The contacts of a CSV file, in the order of the file.
 *
 * Columns: name, organisation, roles, phone, second channel, email, PGP fingerprint, zone, languages, answers
 * for, escalation, notes. Several roles, languages and ranges in a cell are separated by semicolons.
 */
export function readContactTable(
  text: string,
  maxRows: number,
): Result<readonly ContactRecord[], Unreadable> {
  const table = readTable(text, maxRows);
  if (!table.ok) return table;
  if (table.value[0] !== undefined && !table.value[0].cells.has("name")) {
    return refuse({ line: 1, problem: "has no column “name”" });
  }
  return accept(
    table.value.map(({ line, cells }) => {
      const said: Record<string, unknown> = {};
      for (const [column, value] of cells) {
        const field = COLUMNS[column];
        if (field === "homeZone") said[field] = value.trim() === "" ? null : value.trim();
        else if (field !== undefined) said[field] = value;
        if (column === "languages") said["languages"] = partsOf(value);
        if (column === "answers for") said["answersFor"] = partsOf(value);
        if (column === "roles") said["roles"] = partsOf(value).map(roleOf);
        if (column === "escalation") said["escalation"] = value.trim() === "" ? 0 : Number(value);
      }
      return { line, said };
    }),
  );
}

/** The role that a word means; a word that means none is kept, so that the row is refused and says why. */
function roleOf(word: string): string {
  const said = word.toLowerCase().replaceAll(/[\s-]+/g, "_");
  return CONTACT_ROLES.find((role) => role === said) ?? word;
}
