import {
  type AnyEntry,
  ENTRIES,
  type EntryType,
  type IncidentId,
  type Instant,
  parseInstant,
  RESERVED_FIELDS,
} from "@jumpkit/core";
import { readDisclosure } from "@jumpkit/tlog";

/** An entry's row as the database keeps it. */
export interface EntryRow {
  readonly seq: string;
  readonly type: string;
  readonly v: number;
  readonly incident: string | null;
  readonly incident_seq: number | null;
  readonly leaf: Buffer;
  readonly disclosures: readonly string[];
}

/** The columns of {@link EntryRow}, from `log_entry e JOIN log_disclosure d`. */
export const ENTRY_COLUMNS = "e.seq, e.type, e.v, e.incident, e.incident_seq, e.leaf, d.disclosures";

/** The tables that {@link ENTRY_COLUMNS} reads. */
export const ENTRY_TABLES =
  "log_entry e JOIN log_disclosure d ON d.organisation = e.organisation AND d.seq = e.seq";

const RESERVED: ReadonlySet<string> = new Set(RESERVED_FIELDS);

/**
 * The entry that a row holds, as rules and pages read it.
 *
 * The fields come from the disclosures that are still there; the header from the leaf's own bytes. A field
 * whose disclosure was withheld, or no longer has the shape its schema gives, is absent.
 */
export function readEntry(row: EntryRow): AnyEntry {
  const header = JSON.parse(row.leaf.toString()) as { readonly at: string; readonly rx: string };
  const fields = new Map<string, unknown>();
  for (const disclosure of row.disclosures) {
    const read = readDisclosure(disclosure);
    if (read.ok) fields.set(read.value.name, read.value.value);
  }
  return {
    type: row.type,
    v: row.v,
    seq: Number(row.seq),
    incident: row.incident as IncidentId | null,
    incidentSeq: row.incident_seq,
    happenedAt: header.at,
    zone: fields.get("zone"),
    recordedAt: (parseInstant(header.rx) ?? header.rx) as Instant,
    actor: fields.get("actor"),
    authority: fields.get("authority"),
    body: bodyOf(row.type, fields),
  } as AnyEntry;
}

function bodyOf(type: string, fields: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const shape = type in ENTRIES ? ENTRIES[type as EntryType].shape : undefined;
  const body: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    if (RESERVED.has(name)) continue;
    const field = shape?.[name as keyof typeof shape] as
      | { safeParse(value: unknown): { success: boolean } }
      | undefined;
    if (field === undefined || field.safeParse(value).success) body[name] = value;
  }
  return body;
}
