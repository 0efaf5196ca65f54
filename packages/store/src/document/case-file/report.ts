import { personField, type ReportEntry, shown, shownTimes, textField } from "./report-entry.ts";
import { evidenceSection } from "./report-evidence.ts";

/** What a report is made from. */
export interface Report {
  readonly code: string;
  readonly organisation: string;
  /** When it is written, as UTC text. */
  readonly now: string;
  /** All entries of the incident, oldest first. */
  readonly entries: readonly ReportEntry[];
}

/** Said elsewhere in a line of the log, or only of use to machines. */
const NOT_REPEATED = new Set(["incident", "actor", "zone", "said", "precision", "authority"]);

/** The words of these entries say it all; their other fields follow after it. */
const LEADING_FIELD: ReadonlyMap<string, string> = new Map([
  ["log.noted", "text"],
  ["log.corrected", "text"],
  ["incident.reported", "title"],
  ["evidence.collected", "what"],
]);

/**
 * The case report for people: what the incident is, its handling log, its evidence with the chain of custody.
 *
 * It says only what the entries disclose, so it holds nothing that the case file withholds. Types of entry it
 * does not know are printed with all their fields. Line ends and control characters in what people typed are
 * made visible. Ends with a newline.
 */
export function renderReport(report: Report): string {
  const lines = [
    ...title(`Case report ${report.code}`, "="),
    ...headerBlock(report),
    "",
    ...title("Handling log", "-"),
    "Each line: number, when it happened (when it was recorded), type, who, what.",
    "",
    ...report.entries.map(logLine),
    "",
    ...title("Evidence", "-"),
    ...evidenceSection(report.entries),
  ];
  return `${lines.join("\n")}\n`;
}

function headerBlock({ code, organisation, now, entries }: Report): string[] {
  const rows: readonly (readonly [string, string])[] = [
    ["Incident", code],
    ["Title", latest(entries, "title")],
    ["Marking", latest(entries, "tlp")],
    ["Organisation", shown(organisation)],
    ["Attack vector", latest(entries, "vector")],
    ["Origin", latest(entries, "origin")],
    ["Priority", latest(entries, "priority")],
    ["Functional impact", latest(entries, "functionalImpact")],
    ["Information impact", latest(entries, "informationImpact")],
    ["Recoverability", latest(entries, "recoverability")],
    ["Reported", momentOf(entries, "incident.reported")],
    ["Declared", momentOf(entries, "incident.declared")],
    ["Closed", momentOf(entries, "incident.closed")],
    ["Entries", String(entries.length)],
    ["Report written", shown(now)],
  ];
  const filled = rows.filter(([, value]) => value !== "");
  return filled.map(([label, value]) => `${`${label}:`.padEnd(20)}${value}`);
}

/** The value an incident's entry gave to this field last; empty when none disclosed it. */
function latest(entries: readonly ReportEntry[], field: string): string {
  const entry = entries.findLast(({ type, fields }) => type.startsWith("incident.") && fields.has(field));
  return entry === undefined ? "" : textField(entry, field);
}

function momentOf(entries: readonly ReportEntry[], type: string): string {
  const entry = entries.findLast((one) => one.type === type);
  return entry === undefined ? "" : shownTimes(entry);
}

function logLine(entry: ReportEntry): string {
  const leading = LEADING_FIELD.get(entry.type);
  const words = leading === undefined ? [] : [textField(entry, leading)];
  const others = [...entry.fields]
    .filter(([name]) => name !== leading && !NOT_REPEATED.has(name))
    .map(([name, value]) => [name, shown(value)] as const)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${shown(name)}: ${value}`);
  const said = [...words, ...others].join("; ");
  const start = `${entry.incidentSeq}. ${shownTimes(entry)}  ${shown(entry.type)}  ${personField(entry, "actor")}`;
  return said === "" ? start : `${start}: ${said}`;
}

function title(text: string, line: string): string[] {
  return [text, line.repeat(text.length), ""];
}
