/** Names and fixed texts of a case file, which is a BagIt bag (RFC 8493). */

/** The bag declaration, word for word. */
export const BAG_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/** The second half of the line that says what a seal is for; the log's origin stands before it. */
const SEAL_PURPOSE = "/case-file";

/** Where the parts of the entry with this number in the incident's log stand. */
export function entryPaths(incidentSeq: number) {
  const stem = `data/entries/${String(incidentSeq).padStart(6, "0")}`;
  return { leaf: `${stem}.json`, disclosures: `${stem}.disclosures`, proof: `${stem}.tlog-proof` };
}

/** Where the blob with this digest stands. */
export function evidencePath(sha256: string): string {
  return `data/evidence/${sha256}`;
}

/**
 * What the seal signs: which incident this is, and the digests of the two files that lead to all others.
 *
 * @param origin  the log's origin, which is also the name of its key
 */
export function sealText(
  origin: string,
  code: string,
  manifestSha256: string,
  bagInfoSha256: string,
): string {
  return `${origin}${SEAL_PURPOSE}\n${code}\n${manifestSha256}\n${bagInfoSha256}\n`;
}

/** One line of a manifest. */
export function manifestLine(sha256: string, path: string): string {
  return `${sha256}  ${path}\n`;
}

/** What `bag-info.txt` says. */
export interface BagInfo {
  readonly organisation: string;
  readonly code: string;
  readonly now: string;
  readonly payloadBytes: number;
  readonly payloadFiles: number;
}

/**
 * The text of `bag-info.txt`.
 *
 * @source RFC 8493 §2.2.2
 */
export function bagInfoText(info: BagInfo): string {
  const lines = [
    ["Source-Organization", oneLine(info.organisation)],
    ["External-Identifier", info.code],
    ["External-Description", `Case file of incident ${info.code}`],
    ["Bagging-Date", info.now.slice(0, 10)],
    ["Payload-Oxum", `${info.payloadBytes}.${info.payloadFiles}`],
    ["Bag-Software-Agent", "Jumpkit"],
  ];
  return lines.map(([label, value]) => `${label}: ${value}\n`).join("");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
