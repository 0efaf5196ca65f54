import {
  type Configuration,
  type Row,
  SECTION_NAMES,
  SECTIONS,
  type Section,
  type SectionName,
} from "./configuration.ts";

/** A fact of a host that is not as it was. */
export interface ConfigurationFinding {
  readonly section: SectionName;
  readonly change: "added" | "removed" | "changed";
  readonly before?: Row | undefined;
  readonly after?: Row | undefined;
}

/** What differs between two configurations, and what could not be compared. */
export interface ConfigurationOutcome {
  /** In the order of the sections, then of the rows' keys. */
  readonly findings: readonly ConfigurationFinding[];
  /** A sentence for each section that one of the two did not see. */
  readonly limits: readonly string[];
}

/** Compares by meaning: no order counts, and rows that name the same thing are one thing that changed. */
export function compareConfigurations(before: Configuration, after: Configuration): ConfigurationOutcome {
  const findings: ConfigurationFinding[] = [];
  const limits: string[] = [];
  for (const section of SECTION_NAMES) {
    const [was, is] = [before[section], after[section]];
    const why = absence(was) ?? absence(is);
    if (was !== undefined && is !== undefined && "rows" in was && "rows" in is) {
      findings.push(...sectionFindings(section, was.rows, is.rows));
    } else if ((was !== undefined && "rows" in was) || (is !== undefined && "rows" in is)) {
      limits.push(
        `${SECTIONS[section].title} were not compared: ${why ?? "one of the two does not tell of them"}.`,
      );
    }
  }
  return { findings, limits };
}

function absence(section: Section | undefined): string | undefined {
  return section !== undefined && "absent" in section ? section.absent : undefined;
}

function sectionFindings(
  section: SectionName,
  before: readonly Row[],
  after: readonly Row[],
): ConfigurationFinding[] {
  const [was, is] = [byKey(section, before), byKey(section, after)];
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
  return keys.flatMap((key): ConfigurationFinding[] => {
    const [one, other] = [was.get(key), is.get(key)];
    if (one === undefined) return [{ section, change: "added", after: other }];
    if (other === undefined) return [{ section, change: "removed", before: one }];
    return isSame(one, other) ? [] : [{ section, change: "changed", before: one, after: other }];
  });
}

/** Rows by what they are about; several about the same thing stand beside each other. */
function byKey(section: SectionName, rows: readonly Row[]): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const row of [...rows].sort((one, other) => (canonical(one) < canonical(other) ? -1 : 1))) {
    const key = JSON.stringify(SECTIONS[section].key.map((field) => row[field] ?? ""));
    const before = found.get(key);
    found.set(key, before === undefined || isSame(before, row) ? row : joined(before, row));
  }
  return found;
}

function joined(one: Row, other: Row): Row {
  const fields = Object.entries({ ...one, ...other });
  return Object.fromEntries(
    fields.map(([name, value]) => {
      const first = one[name] ?? "";
      return [name, first === value || first === "" ? value : `${first}; ${value}`];
    }),
  );
}

function isSame(one: Row, other: Row): boolean {
  return canonical(one) === canonical(other);
}

function canonical(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A finding as one line for people: what it is about, and each field that differs. */
export function configurationLine({ section, change, before, after }: ConfigurationFinding): string {
  const row = after ?? before ?? {};
  const key: readonly string[] = SECTIONS[section].key;
  const name = key
    .map((field) => row[field] ?? "")
    .filter((value) => value !== "")
    .join(" ");
  const others = Object.keys({ ...before, ...after }).filter((field) => !key.includes(field));
  if (change !== "changed") {
    const rest = others.filter((field) => row[field] !== "").map((field) => `${field} ${row[field]}`);
    return `${change === "added" ? "+" : "-"} ${[name, ...rest].join(", ")}`;
  }
  const differing = others.filter((field) => before?.[field] !== after?.[field]);
  const parts = differing.map(
    (field) => `${field} ${before?.[field] || "none"} → ${after?.[field] || "none"}`,
  );
  return `~ ${name}: ${parts.join(", ")}`;
}
