import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  type CheckOutcome,
  checkMasterCopy,
  compareManifests,
  countEntries,
  examineManifest,
  fileSha256,
  ManifestRefused,
  planOf,
  readEnvelope,
  readPublicKey,
  reportJson,
  reportLines,
  unmetDemands,
  verdictOf,
} from "@jumpkit/host";
import { envelopePlace } from "./sign.ts";
import { toolName } from "./tool-name.ts";
import { watched } from "./watched.ts";

/** What was typed after `jumpkit master-copy check FILE [ROOT]`. */
export interface CheckOptions {
  readonly preparer?: string;
  readonly approver?: string;
  readonly allowExpired: boolean;
  readonly atLeastVersion: string;
  readonly packages: boolean;
  readonly all: boolean;
  readonly json: boolean;
  readonly workers?: string;
  readonly send: boolean;
  readonly url?: string;
  readonly tokenFile?: string;
}

/** Where a command writes. */
interface Output {
  write(text: string): unknown;
}

const ROWS_MAX = 40;
const EXIT_CODES = { same: 0, explained: 0, different: 1, unseen: 2 } as const;

/**
 * `jumpkit master-copy check FILE [ROOT]`.
 *
 * @returns the exit code: 0 nothing differs that is not explained, 1 something does, 2 something could not be seen
 */
export async function check(
  file: string,
  root: string | undefined,
  options: CheckOptions,
  out: Output,
  say: (sentence: string) => void,
): Promise<number> {
  for (const sentence of await signedBy(file, options)) say(sentence);
  const { header } = await examineManifest(file);
  const outcome = await watched(
    options.workers,
    () => countEntries(planOf(header, root)),
    (settings) => checkMasterCopy({ manifest: file, root, usePackages: options.packages }, settings),
  );
  write(outcome, options, out);
  const code = EXIT_CODES[verdictOf(outcome)];
  if (!options.send) return code;
  const { sendCheck } = await import("./register.ts");
  const sha256 = createHash("sha256")
    .update(JSON.stringify(reportJson(outcome)))
    .digest("hex");
  return Math.max(code, await sendCheck(file, { outcome, sha256, tool: toolName() }, options, say));
}

/**
 * `jumpkit master-copy diff OLD NEW`.
 *
 * @returns the exit code: 0 nothing differs, 1 something does, 2 something could not be compared
 */
export async function diff(
  older: string,
  newer: string,
  options: Pick<CheckOptions, "all" | "json">,
  out: Output,
): Promise<number> {
  const outcome = await compareManifests(older, newer);
  write(outcome, options, out);
  return EXIT_CODES[verdictOf(outcome)];
}

function write(outcome: CheckOutcome, { all, json }: Pick<CheckOptions, "all" | "json">, out: Output): void {
  const rowsMax = all ? Number.POSITIVE_INFINITY : ROWS_MAX;
  out.write(
    json
      ? `${JSON.stringify(reportJson(outcome), null, 2)}\n`
      : `${reportLines(outcome, rowsMax).join("\n")}\n`,
  );
}

/** Says by whom the manifest is signed. @throws ManifestRefused when it is not signed as was asked for */
async function signedBy(file: string, options: CheckOptions): Promise<string[]> {
  const place = envelopePlace(file);
  const text = await readFile(place, "utf8").catch(() => undefined);
  const versionMin = Number(options.atLeastVersion);
  if (!Number.isInteger(versionMin)) throw new ManifestRefused("--at-least-version takes a number.");
  const knowsSigners = options.preparer !== undefined || options.approver !== undefined;
  if (text === undefined) {
    if (knowsSigners || versionMin > 0) throw new ManifestRefused(`It is not signed: there is no ${place}.`);
    return [`It is not signed: there is no ${place}. Nothing shows who made it, and when.`];
  }
  const envelope = readEnvelope(text, place);
  const unmet = unmetDemands(envelope, {
    manifestSha256: await fileSha256(file),
    preparer: await publicKey(options.preparer),
    approver: await publicKey(options.approver),
    today: new Date().toISOString().slice(0, 10),
    allowExpired: options.allowExpired,
    versionMin,
  });
  if (unmet.length > 0) throw new ManifestRefused(unmet.join("\n"));
  if (knowsSigners) return [];
  return ["Its signatures were not checked: give the keys with --preparer and --approver."];
}

async function publicKey(place: string | undefined): Promise<ReturnType<typeof readPublicKey> | undefined> {
  return place === undefined ? undefined : readPublicKey(await readFile(place, "utf8"), place);
}
