import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { release, type } from "node:os";
import { basename } from "node:path";
import {
  type CheckOutcome,
  checkMasterCopy,
  compareManifests,
  countEntries,
  examineManifest,
  fileSha256,
  ManifestRefused,
  planOf,
  programOnPath,
  readEnvelope,
  readPublicKey,
  readSecretKey,
  reportJson,
  reportLines,
  sealCheck,
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
  readonly bundle?: string;
  readonly key?: string;
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
  const signer = options.bundle === undefined ? undefined : await bundleKey(options);
  const startedAt = new Date().toISOString();
  const outcome = await watched(
    options.workers,
    () => countEntries(planOf(header, root)),
    (settings) => checkMasterCopy({ manifest: file, root, usePackages: options.packages }, settings),
  );
  write(outcome, options, out);
  const code = EXIT_CODES[verdictOf(outcome)];
  const sha256 = createHash("sha256")
    .update(JSON.stringify(reportJson(outcome)))
    .digest("hex");
  if (signer !== undefined && options.bundle !== undefined) {
    const facts = {
      ...{ manifestName: basename(file), manifestSha256: await fileSha256(file), root },
      ...{ startedAt, endedAt: new Date().toISOString(), tools: toolsUsed(), reportSha256: sha256 },
    };
    await writeFile(options.bundle, await sealCheck(outcome, facts, signer), { flag: "wx", mode: 0o600 });
    say(`Sealed in ${options.bundle}.`);
  }
  if (!options.send) return code;
  const { sendCheck } = await import("./send.ts");
  return Math.max(code, await sendCheck(file, { outcome, sha256, tool: toolName() }, options, say));
}

/** The key that seals the bundle; asked for before the walk, which may take long. @throws ManifestRefused */
async function bundleKey({ key, bundle }: CheckOptions): Promise<ReturnType<typeof readSecretKey>> {
  if (key === undefined) throw new ManifestRefused("--bundle takes a --key to seal it with.");
  if (bundle !== undefined && existsSync(bundle)) throw new ManifestRefused(`${bundle} exists already.`);
  return readSecretKey(await readFile(key, "utf8"), key);
}

/** Versions of what took part: this program, what runs it, and what reads extended attributes. */
function toolsUsed(): Record<string, string> {
  const getfattr = programOnPath("getfattr");
  const version =
    getfattr && spawnSync(getfattr, ["--version"], { encoding: "utf8", timeout: 10_000 }).stdout;
  return {
    jumpkit: toolName(),
    node: process.version,
    system: `${type()} ${release()}`.slice(0, 200),
    getfattr: version?.trim().slice(0, 200) ?? "not installed",
  };
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
