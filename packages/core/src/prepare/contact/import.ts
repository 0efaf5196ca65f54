import type { Fact } from "../../document/log/entry.ts";
import type { ContactId } from "../../kernel/id.ts";
import type { Stamp } from "../../kernel/time.ts";
import { foldName } from "../register/address.ts";
import { fieldsThatDiffer, type ImportedRow } from "../register/import.ts";
import { type CONTACT_ENTRIES, type Contact, ContactDetails } from "./contact.ts";

/** What a file says of one contact: only the fields that it speaks of, not yet checked. */
export interface ContactRecord {
  readonly line: number;
  readonly said: Readonly<Record<string, unknown>>;
}

/**
 * What a file of contacts would add and change, with the entries for it: one a contact.
 *
 * A contact is known again by name and organisation. Fields that the file does not speak of stay as they are.
 * A record that cannot be used is refused with its reason and the others go on. The same file twice changes
 * nothing.
 *
 * @param known  active contacts that bear one of the names
 */
export function importContacts(
  records: readonly ContactRecord[],
  known: readonly Contact[],
  happened: Stamp,
  newId: () => ContactId,
): { readonly rows: readonly ImportedRow[]; readonly facts: readonly Fact<typeof CONTACT_ENTRIES>[] } {
  const before = new Map(known.map((contact) => [contactKey(contact), contact]));
  const seen = new Set<string>();
  const facts: Fact<typeof CONTACT_ENTRIES>[] = [];
  const rows = records.map(({ line, said }): ImportedRow => {
    const name = String(said["name"] ?? "");
    const key = contactKey({ name, organisation: String(said["organisation"] ?? "") });
    const old = before.get(key);
    const row = (outcome: ImportedRow["outcome"], problem = "", fields: readonly string[] = []) => ({
      line,
      name,
      outcome,
      problem,
      fields,
    });
    const was = old === undefined ? undefined : detailsOf(old);
    const parsed = ContactDetails.safeParse({ ...was, ...said, ...(was ? { name: was.name } : {}) });
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return row("refused", `${issue?.path.map(String).join(" ")}: ${issue?.message}`);
    }
    if (seen.has(key)) return row("refused", "stands in the file twice");
    seen.add(key);
    if (old === undefined || was === undefined) {
      const body = { contact: newId(), ...parsed.data };
      facts.push({ type: "contact.added", incident: null, happened, body });
      return row("added");
    }
    const fields = fieldsThatDiffer(was, parsed.data);
    if (fields.length === 0) return row("unchanged");
    facts.push({
      type: "contact.changed",
      incident: null,
      happened,
      body: { contact: old.id, ...parsed.data },
    });
    return row("changed", "", fields);
  });
  return { rows, facts };
}

/** By what two contacts are told apart. */
export function contactKey({ name, organisation }: Pick<ContactDetails, "name" | "organisation">): string {
  return `${foldName(organisation)}\n${foldName(name)}`;
}

function detailsOf({ id: _, status: _s, changedSeq: _c, verified: _v, ...details }: Contact): ContactDetails {
  return ContactDetails.parse(details);
}
