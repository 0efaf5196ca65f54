import type { Bag } from "./bag-file.ts";
import type { CheckedEntry } from "./check-entries.ts";
import type { Findings } from "./finding.ts";
import { blobDigestAt } from "./layout.ts";

/** What there is of collected files. */
export interface EvidenceFacts {
  readonly fileCount: number;
  readonly bytes: number;
}

/** Checks that the evidence is exactly what the entries say was collected, each file with its digest and size. */
export function checkEvidence(bag: Bag, entries: readonly CheckedEntry[], findings: Findings): EvidenceFacts {
  const claimed = new Set<string>();
  for (const entry of entries.filter(({ type }) => type === "evidence.collected")) {
    const content = entry.fields.get("content");
    // Withheld, or a physical item: then there is nothing to compare.
    if (content === undefined || content === null) continue;
    const claim = readClaim(content);
    if (claim === undefined) {
      findings.add(entry.path, "describes its content in a way that cannot be read");
      continue;
    }
    claimed.add(claim.sha256);
    const path = `data/evidence/${claim.sha256}`;
    const file = bag.files.get(path);
    if (file === undefined) findings.add(path, `is missing; ${entry.path} says that it was collected`);
    else if (file.sizeBytes !== claim.sizeBytes)
      findings.add(path, `has not the size that ${entry.path} says`);
  }
  let fileCount = 0;
  let bytes = 0;
  for (const file of bag.files.values()) {
    const digest = blobDigestAt(file.path);
    if (digest === undefined) continue;
    fileCount += 1;
    bytes += file.sizeBytes;
    if (file.sha256 !== digest) findings.add(file.path, "was changed; its SHA-256 is not its name");
    if (!claimed.has(digest)) findings.add(file.path, "was added; no entry says that it was collected");
  }
  return { fileCount, bytes };
}

function readClaim(content: unknown): { sha256: string; sizeBytes: number } | undefined {
  if (typeof content !== "object" || content === null) return undefined;
  const { sha256, sizeBytes }: { sha256?: unknown; sizeBytes?: unknown } = content;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256) || typeof sizeBytes !== "number")
    return undefined;
  return { sha256, sizeBytes };
}
