import * as z from "zod";
import { Sha256 } from "../../kernel/digest.ts";
import type { EvidenceId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line } from "../../kernel/text.ts";
import { Instant } from "../../kernel/time.ts";
import { foldName } from "../register/address.ts";
import {
  type CopyCheck,
  CopyDifference,
  KEPT_DIFFERENCES,
  type MasterCopy,
  masterCopyState,
} from "./master-copy.ts";

/** Most characters of a sealed check, as its envelope stands in the file. */
export const SEALED_MAX_CHARACTERS = 900_000;
const ROWS_MAX = 5000;

/** What stands in the file of a sealed check, beside its signatures. */
export const SealedStatement = z.strictObject({
  _type: z.literal("https://in-toto.io/Statement/v1"),
  subject: z
    .array(z.strictObject({ name: z.string().max(1024), digest: z.strictObject({ sha256: Sha256 }) }))
    .length(1),
  predicateType: z.literal("urn:jumpkit:master-copy-check:1"),
  predicate: z.strictObject({
    host: line(253),
    base: line(4096),
    root: line(4096).nullable().describe("Where the tree was, when it was not in its own place"),
    startedAt: Instant,
    endedAt: Instant,
    tools: z
      .record(z.string().max(60), z.string().max(200))
      .describe("Version of each program that took part"),
    verdict: z.enum(["same", "explained", "different", "unseen"]),
    entryCount: z.int().min(0),
    readBytes: z.int().min(0),
    troubles: z.record(z.string().max(60), z.int().min(0)),
    explainedCount: z.int().min(0),
    explanations: z
      .array(z.strictObject({ because: z.string().max(300), count: z.int().min(1) }))
      .max(ROWS_MAX),
    openCount: z.int().min(0).describe("Differences that nothing explains"),
    findings: z.array(CopyDifference).max(ROWS_MAX).describe("Those, as many as the file has room for"),
    listening: z.array(line(300)).max(500).nullable(),
    limits: z.array(z.string().max(500)).max(100),
    reportSha256: Sha256,
    sealedBy: line(120).describe("Name of the key"),
  }),
});
export type SealedStatement = z.infer<typeof SealedStatement>;

export type SealedRefusal =
  | { readonly code: "mastercopy.seal_broken" }
  | { readonly code: "mastercopy.unknown_key" }
  | { readonly code: "mastercopy.seal_malformed"; readonly why: string };

/**
 * What a sealed check says, taken to be kept; `mastercopy.seal_malformed` where its numbers do not fit its rows.
 *
 * A verdict is never better than the rows below it.
 */
export function checkOfSealed({ subject, predicate }: SealedStatement): Result<CopyCheck, SealedRefusal> {
  const { verdict, findings, openCount, explainedCount, explanations } = predicate;
  const malformed = (why: string) => refuse({ code: "mastercopy.seal_malformed" as const, why });
  if (openCount < findings.length) return malformed("it counts fewer differences than it shows");
  if ((verdict === "same" || verdict === "explained") && openCount > 0) {
    return malformed("it says that all is explained, and counts what is not");
  }
  if (verdict === "same" && explainedCount > 0)
    return malformed("it says that nothing differs, and explains");
  const told = explanations.reduce((sum, { count }) => sum + count, 0);
  if (told !== explainedCount) return malformed("its explanations do not add up");
  if (predicate.endedAt < predicate.startedAt) return malformed("it ended before it began");
  const differences = findings.slice(0, KEPT_DIFFERENCES);
  return accept({
    verdict,
    manifestSha256: subject[0]?.digest.sha256 ?? "",
    reportSha256: predicate.reportSha256,
    tool: (predicate.tools["jumpkit"] ?? "unknown").slice(0, 120) || "unknown",
    explainedCount,
    differences,
    moreCount: openCount - differences.length,
    listening: predicate.listening,
  });
}

/** Why a master copy's last check does not show that its host is as it should be. */
export type NotProving =
  | "not_last"
  | "not_sealed"
  | "not_approved"
  | "expired"
  | "other_host"
  | "too_old"
  | "unseen"
  | "open";

/** The host that is to be proven sound. */
interface ProvenHost {
  readonly name: string;
  readonly asset: string | null;
  /** Since when what was seen of it counts. */
  readonly since: Instant;
}

/**
 * Why this item of evidence does not prove the integrity of a host; `undefined` when it does.
 *
 * It does as the sealed, last check against an approved master copy of that host, made after `since`, in which
 * nothing differs that is not explained or accepted, one by one.
 *
 * @source CERT/CC: restore only what is known to be sound; compare with the master copy before reconnecting
 */
export function whyNotSound(
  copy: MasterCopy,
  item: EvidenceId,
  host: ProvenHost,
  now: Instant,
): NotProving | undefined {
  const { lastCheck } = copy;
  if (lastCheck === null) return "not_last";
  if (lastCheck.seal === null) return "not_sealed";
  if (lastCheck.seal.item !== item) return "not_last";
  if (copy.status === "retired" || copy.approval === null) return "not_approved";
  if (copy.expiresAt <= now) return "expired";
  const isSameAsset = copy.asset !== null && copy.asset === host.asset;
  if (!isSameAsset && foldName(copy.name) !== foldName(host.name)) return "other_host";
  if (lastCheck.seal.endedAt < host.since) return "too_old";
  if (lastCheck.verdict === "unseen") return "unseen";
  return masterCopyState(copy, now).openCount > 0 ? "open" : undefined;
}
