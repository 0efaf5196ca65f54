import { personField, type ReportEntry, shown, shownTimes, textField, WITHHELD } from "./report-entry.ts";

/** The identifying fields of an item, in the order in which they are printed. */
const IDENTIFYING: readonly (readonly [field: string, label: string])[] = [
  ["kind", "Kind"],
  ["foundAt", "Found at"],
  ["serialNumber", "Serial number"],
  ["model", "Model"],
  ["hostname", "Host name"],
  ["macAddresses", "MAC addresses"],
  ["ipAddresses", "IP addresses"],
  ["changedByCollecting", "Changed by collecting"],
  ["remarks", "Remarks"],
];

/**
 * The evidence items with what identifies each and its chain of custody, in the order of collection.
 *
 * @source NIST SP 800-61r2 §3.3.2
 */
export function evidenceSection(entries: readonly ReportEntry[]): string[] {
  const collected = entries.filter((entry) => entry.type === "evidence.collected");
  if (collected.length === 0) return ["No evidence item is recorded."];
  return collected.flatMap((item) => [...itemLines(item), ...custodyLines(item, entries), ""]).slice(0, -1);
}

function itemLines(item: ReportEntry): string[] {
  const facts = IDENTIFYING.map(([field, label]) => [label, textField(item, field)] as const);
  return [
    `Item ${textField(item, "number")}: ${textField(item, "what")}`,
    ...facts.filter(([, value]) => value !== "").map(([label, value]) => `  ${label}: ${value}`),
    ...contentLines(item),
  ];
}

function contentLines(item: ReportEntry): string[] {
  const content = item.fields.get("content");
  if (content === undefined) return [`  Content: ${WITHHELD}`];
  if (typeof content !== "object" || content === null) return ["  Content: none, a physical item"];
  const { sha256, sizeBytes, name }: { sha256?: unknown; sizeBytes?: unknown; name?: unknown } = content;
  return [`  File: ${shown(name)}`, `  Size: ${shown(sizeBytes)} bytes`, `  SHA-256: ${shown(sha256)}`];
}

function custodyLines(item: ReportEntry, entries: readonly ReportEntry[]): string[] {
  const id = item.fields.get("item");
  const chain = id === undefined ? [item] : entries.filter((entry) => entry.fields.get("item") === id);
  return ["  Chain of custody:", ...chain.map((entry) => `    ${entry.incidentSeq}. ${custodyLine(entry)}`)];
}

function custodyLine(entry: ReportEntry): string {
  const act = `${shownTimes(entry)}  ${entry.type}  by ${personField(entry, "actor")}`;
  const facts = [
    person(entry, "from"),
    person(entry, "to"),
    fact(entry, "toName", "to"),
    fact(entry, "organisation", "of"),
    fact(entry, "place", "at"),
    fact(entry, "seal", "seal"),
    fact(entry, "condition", "condition"),
    fact(entry, "purpose", "for"),
    fact(entry, "reason", "because"),
    entry.type === "evidence.collected" ? "" : fact(entry, "remarks", "remarks"),
  ];
  return [act, ...facts.filter((text) => text !== "")].join("; ");
}

function person(entry: ReportEntry, name: string): string {
  return entry.fields.has(name) ? `${name} ${personField(entry, name)}` : "";
}

function fact(entry: ReportEntry, name: string, label: string): string {
  const value = shown(entry.fields.get(name));
  return value === "" ? "" : `${label} ${value}`;
}
